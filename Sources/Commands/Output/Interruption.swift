internal import Dispatch
internal import Foundation
internal import Spiking
internal import Synchronization

/// SIGINT (control-C), SIGTERM and SIGHUP: the first of them cancels work that can be saved, and ends the
/// program where there is none; the second ends it at once.
final class Interruption: Sendable {
  /// That of the program that runs; nil in a test of a part of it.
  @TaskLocal static var current: Interruption?

  /// What a signal finds.
  private enum Stage {
    /// Nothing that could be saved.
    case idle
    /// Work that is about to begin, with whether a signal came meanwhile.
    case begins(isCancelled: Bool)
    case runs(cancel: @Sendable () -> Void)
    /// The program is about to end: nothing is begun any more.
    case over
  }

  private struct State {
    var stage = Stage.idle
    /// The folders in which hidden files of this program may be.
    var folders: [String] = []
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
    guard let current else { return try await body() }
    await current.begin()
    let task = Task { try await body() }
    current.run { task.cancel() }
    defer { current.state.withLock { $0.stage = .idle } }
    return try await task.value
  }

  /// Where a signal has hidden files removed that are not finished.
  static func clears(_ folder: String) {
    current?.state.withLock { $0.folders.append(folder) }
  }

  private func interrupt() {
    for number in numbers { signal(number, SIG_DFL) }
    let stage = state.withLock { state in
      switch state.stage {
      case .idle: state.stage = .over
      case .begins: state.stage = .begins(isCancelled: true)
      case .runs, .over: break
      }
      return state.stage
    }
    switch stage {
    case .runs(let cancel): cancel()
    case .idle, .begins: break
    case .over:
      removeHiddenFiles()
      Terminal.complain("interrupted: what is not finished is not saved")
      // A file that was just being made is there now.
      usleep(20_000)
      removeHiddenFiles()
      _exit(1)
    }
  }

  private func removeHiddenFiles() {
    for folder in state.withLock(\.folders) { TemporaryName.removeOwn(inFolder: folder) }
  }

  /// Returns where the program goes on; from then on a signal does not end it.
  private func begin() async {
    func hasBegun() -> Bool {
      state.withLock { state in
        if case .over = state.stage { return false }
        state.stage = .begins(isCancelled: false)
        return true
      }
    }
    while !hasBegun() { try? await Task.sleep(for: .seconds(1)) }
  }

  /// Has signals call `cancel`, now where one came since the work has begun.
  private func run(cancel: @escaping @Sendable () -> Void) {
    let isCancelled = state.withLock { state in
      defer { state.stage = .runs(cancel: cancel) }
      if case .begins(isCancelled: true) = state.stage { return true }
      return false
    }
    if isCancelled { cancel() }
  }
}
