internal import Synchronization

/// Counts what is done on several threads, and reports the fraction of the whole.
final class ProgressCount: Sendable {
  private let total: Int
  private let done = Atomic(0)
  private let progress: (@Sendable (Double) -> Void)?

  init(of total: Int, _ progress: (@Sendable (Double) -> Void)?) {
    self.total = total
    self.progress = progress
  }

  func add() {
    let count = done.add(1, ordering: .relaxed).newValue
    progress?(Double(count) / Double(total))
  }
}
