internal import Synchronization

/// Counts what is done on several threads, and reports the fraction of the whole.
package final class ProgressCount: Sendable {
  private let total: Int
  private let done = Atomic(0)
  private let progress: (@Sendable (Double) -> Void)?

  package init(of total: Int, _ progress: (@Sendable (Double) -> Void)?) {
    self.total = total
    self.progress = progress
  }

  package func add(_ count: Int = 1) {
    let count = done.add(count, ordering: .relaxed).newValue
    progress?(Double(count) / Double(total))
  }
}
