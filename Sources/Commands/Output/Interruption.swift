internal import Dispatch
internal import Foundation
internal import Spiking
internal import Synchronization

/// SIGINT (control-C), SIGTERM and SIGHUP: the first of them cancels work that can be saved, and ends the
/// program where there is none; the second ends it at once.
final class Interruption: Sendable {
  /// That of the program that runs; nil in a test of a part of it.
  @TaskLocal static var current: Interruption?

  private struct State: Sendable {
    var cancel: (@Sendable () -> Void)?
    /// The folders in which hidden files of this program may be.
    var folders: [String] = []
    /// Whether the program is about to end: nothing is begun any more.
    var isOver = false
  }

  private let state = Mutex(State())
  /// Those of the signals that the program was not told to ignore, as by nohup.
  private let numbers: [Int32]

  init() {
    numbers = [SIGINT, SIGTERM, SIGHUP].filter { number in
      let former = signal(number, SIG_DFL)
      let isIgnored = unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if isIgnored { signal(number, SIG_IGN) }
      return !isIgnored
    }
  }

  /// Watches the signals, from the return on, as long as the result is there.
  func watch() -> [any DispatchSourceSignal] {
    // Signals that come meanwhile wait, so that none is lost.
    var (watched, before) = (sigset_t(), sigset_t())
    sigemptyset(&watched)
    for number in numbers { sigaddset(&watched, number) }
    pthread_sigmask(SIG_BLOCK, &watched, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let isWatched = DispatchSemaphore(value: 0)
    let sources = numbers.map { number in
      // What happens by default, the end of the program, would come first.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { self.interrupt() }
      source.setRegistrationHandler { isWatched.signal() }
      source.resume()
      return source
    }
    for _ in sources { isWatched.wait() }
    return sources
  }

  /// Runs `body` as a task that the signals cancel.
  static func cancels<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task {
      await current?.waitIfOver()
      return try await body()
    }
    current?.state.withLock { state in
      if !state.isOver { state.cancel = { task.cancel() } }
    }
    defer { current?.state.withLock { $0.cancel = nil } }
    return try await task.value
  }

  /// Where a signal has hidden files removed that are not finished.
  static func clears(_ folder: String) {
    current?.state.withLock { $0.folders.append(folder) }
  }

  private func interrupt() {
    for number in numbers { signal(number, SIG_DFL) }
    let last: State = state.withLock { (current: inout State) -> State in
      current.isOver = current.cancel == nil
      return current
    }
    if let cancel = last.cancel { return cancel() }
    for folder in last.folders { TemporaryName.removeOwn(inFolder: folder) }
    Terminal.complain("interrupted: what is not finished is not saved")
    // A file that was just being made is there now.
    usleep(20_000)
    for folder in last.folders { TemporaryName.removeOwn(inFolder: folder) }
    _exit(1)
  }

  /// Returns where the program goes on.
  private func waitIfOver() async {
    while state.withLock(\.isOver) { try? await Task.sleep(for: .seconds(1)) }
  }
}
