internal import Dispatch
internal import Foundation
internal import Synchronization

/// SIGINT (control-C), SIGTERM and SIGHUP: the first of them cancels work that can be saved, and ends the
/// program where there is none; the second ends it at once.
final class Interruption: Sendable {
  /// That of the program that runs; nil in a test of a part of it.
  @TaskLocal static var current: Interruption?

  private let cancel = Mutex<(@Sendable () -> Void)?>(nil)
  /// Those of the signals that the program was not told to ignore, as by nohup.
  private let numbers: [Int32]
  private let sources: [any DispatchSourceSignal]

  /// Watches the signals from here on.
  init() {
    numbers = [SIGINT, SIGTERM, SIGHUP].filter { number in
      let former = signal(number, SIG_DFL)
      let isIgnored = unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if isIgnored { signal(number, SIG_IGN) }
      return !isIgnored
    }
    sources = numbers.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
    let isWatched = DispatchSemaphore(value: 0)
    for (number, source) in zip(numbers, sources) {
      source.setEventHandler { [weak self] in self?.interrupt() }
      source.setRegistrationHandler {
        // What happens by default, the end of the program, would come first; before, a signal would be lost.
        signal(number, SIG_IGN)
        isWatched.signal()
      }
      source.resume()
    }
    for _ in numbers { isWatched.wait() }
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
    for number in numbers { signal(number, SIG_DFL) }
    if let cancel = cancel.withLock(\.self) { return cancel() }
    Terminal.complain("interrupted: what is not finished is not saved")
    _exit(1)
  }
}
