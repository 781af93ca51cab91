internal import Dispatch
internal import Foundation

/// SIGINT (control-C), SIGTERM and SIGHUP as cancellation, so that work can be saved before the program
/// ends. The second of them ends it at once.
enum Interruption {
  /// Runs `body` as a task that these signals cancel.
  static func cancels<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await body() }
    let sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      source(number) { task.cancel() }
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }

  /// Calls `handle` at the first signal; nil where the program was told to ignore it, as by nohup.
  private static func source(
    _ number: Int32, _ handle: @escaping @Sendable () -> Void
  ) -> (any DispatchSourceSignal)? {
    // What happens by default, the end of the program, would come first.
    let former = signal(number, SIG_IGN)
    if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      signal(number, SIG_DFL)
      handle()
    }
    source.resume()
    return source
  }
}
