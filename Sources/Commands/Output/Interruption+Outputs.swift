internal import Spiking

extension Interruption {
  /// Runs `body`, which makes a set of files in `folder` and which signals cancel before any of them is there.
  ///
  /// - Throws: `interrupted` then.
  static func leavesUnchanged<Result: Sendable>(
    _ folder: String, _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    do {
      return try await cancels(body)
    } catch {
      guard error is CancellationError || (error as? SpikingError)?.code == .interrupted else {
        throw error
      }
      throw SpikingError(.interrupted, folder, "stopped by a signal, nothing there has changed")
    }
  }
}
