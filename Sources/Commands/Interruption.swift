internal import Dispatch
internal import Foundation
internal import Synchronization

/// SIGINT (control-C), SIGTERM and SIGHUP: the first of them cancels work that can be saved, and ends the
/// program where there is none; the second ends it at once.
final class Interruption: Sendable {
  /// That of the program that runs; nil in a test of a part of it.
  @TaskLocal static var current: Interruption?

  private let cancel = Mutex<(@Sendable () -> Void)?>(nil)

  /// Runs `body` with the signals watched: from the first moment on, so that none ends the program
  /// without a word.
  static func watched(_ body: () async -> Void) async {
    let interruption = Interruption()
    let sources = [SIGINT, SIGTERM, SIGHUP].compactMap { interruption.source($0) }
    await $current.withValue(interruption, operation: body)
    for source in sources { source.cancel() }
  }

  /// Runs `body` as a task that the signals cancel.
  static func cancels<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await body() }
    current?.cancel.withLock { $0 = { task.cancel() } }
    defer { current?.cancel.withLock { $0 = nil } }
    return try await task.value
  }

  private func interrupt() {
    if let cancel = cancel.withLock(\.self) { return cancel() }
    Terminal.complain("interrupted: nothing is saved")
    _exit(1)
  }

  /// Calls `interrupt` at the first signal; nil where the program was told to ignore it, as by nohup.
  private func source(_ number: Int32) -> (any DispatchSourceSignal)? {
    // What happens by default, the end of the program, would come first.
    let former = signal(number, SIG_IGN)
    if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      signal(number, SIG_DFL)
      self.interrupt()
    }
    source.resume()
    return source
  }
}
