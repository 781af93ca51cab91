internal import Foundation
internal import Synchronization

/// A bar on a terminal's standard error for work that takes over a second; nothing when piped.
final class ProgressBar: Sendable {
  private struct State {
    var shown = -1
    var isVisible = false
  }

  private let state = Mutex(State())
  private let start = ContinuousClock.now
  private let isEnabled: Bool
  private static let width = 40

  init(isQuiet: Bool) {
    isEnabled = !isQuiet && isatty(2) == 1
  }

  /// Shows a fraction from 0 to 1; called from any thread.
  func show(_ fraction: Double) {
    guard isEnabled, ContinuousClock.now - start > .seconds(1) else { return }
    let percent = Int(100 * min(max(fraction, 0), 1))
    state.withLock { state in
      guard percent > state.shown else { return }
      state.shown = percent
      state.isVisible = true
      let filled = percent * Self.width / 100
      let bar =
        String(repeating: "━", count: filled)
        + String(repeating: " ", count: Self.width - filled)
      Terminal.write("\r\(bar) \(percent) %")
    }
  }

  /// Shows a line of text instead of the bar; called from any thread.
  func show(_ line: String) {
    guard isEnabled, ContinuousClock.now - start > .seconds(1) else { return }
    state.withLock { state in
      state.isVisible = true
      Terminal.write("\r\u{1B}[K\(line)")
    }
  }

  /// Takes the bar away.
  func finish() {
    state.withLock { state in
      if state.isVisible { Terminal.write("\r\u{1B}[K") }
      state.isVisible = false
    }
  }
}

extension ProgressBar {
  /// Runs `body` with a bar that is gone when it returns or throws.
  static func during<Result>(
    quiet: Bool, _ body: (@escaping @Sendable (Double) -> Void) async throws -> Result
  ) async throws -> Result {
    let bar = ProgressBar(isQuiet: quiet)
    defer { bar.finish() }
    return try await body { bar.show($0) }
  }
}
