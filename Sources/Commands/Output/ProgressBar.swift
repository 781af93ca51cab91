internal import Dispatch
internal import Foundation
internal import Synchronization

/// A bar, or a line, on a terminal's standard error for work that takes over a second; nothing when piped.
final class ProgressBar: Sendable {
  private struct State {
    var text: String
    /// The percentage of the text, where it is a bar.
    var percent = 0
    /// Whether the work has taken a second.
    var isVisible = false
    var isOver = false

    func draw() { if isVisible, !isOver { Terminal.write("\r\u{1B}[K\(text)") } }
  }

  private let state: Mutex<State>
  private static let width = 40

  /// A bar, or what else is shown at first.
  init(isQuiet: Bool, _ text: String = bar(0)) {
    state = Mutex(State(text: text))
    guard !isQuiet, isatty(2) == 1 else { return }
    // Work that begins with a long step has nothing to show for a while but that it has begun.
    DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [weak self] in
      self?.state.withLock { state in
        state.isVisible = true
        state.draw()
      }
    }
  }

  /// Shows a fraction from 0 to 1; called from any thread.
  func show(_ fraction: Double) {
    let percent = Int(100 * min(max(fraction, 0), 1))
    state.withLock { state in
      guard percent > state.percent else { return }
      state.percent = percent
      state.text = Self.bar(percent)
      state.draw()
    }
  }

  /// Shows a line of text instead of the bar; called from any thread.
  func show(_ line: String) {
    state.withLock { state in
      state.text = line
      state.draw()
    }
  }

  /// Takes the bar away.
  func finish() {
    state.withLock { state in
      if state.isVisible, !state.isOver { Terminal.write("\r\u{1B}[K") }
      state.isOver = true
    }
  }

  private static func bar(_ percent: Int) -> String {
    let filled = percent * width / 100
    return String(repeating: "━", count: filled) + String(repeating: " ", count: width - filled)
      + " \(percent) %"
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
