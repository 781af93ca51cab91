internal import Dispatch
internal import Foundation
internal import Synchronization

/// Runs `body` for 0, 1, … `count` − 1 at the same time, each on a thread of its own, and returns when
/// all are done.
///
/// Members of a team wait for each other, so that all must really run: tasks, of which only as many
/// run as there are cores, would wait for ever.
func runTogether(_ count: Int, _ body: @escaping @Sendable (_ member: Int) -> Void) {
  let done = DispatchSemaphore(value: 0)
  for member in 1..<max(count, 1) {
    Thread.detachNewThread {
      body(member)
      done.signal()
    }
  }
  body(0)
  for _ in 1..<max(count, 1) { done.wait() }
}

/// Where the members of a team wait until all have arrived. What each wrote before, all can read after.
///
/// A wait of less than a bin is shorter than what it takes to put a thread to sleep and wake it: the
/// members look again and again, and let others run when it takes longer, as it does where there are
/// more of them than cores.
final class SpinBarrier: Sendable {
  private let count: Int
  private let arrived = Atomic(0)
  private let generation = Atomic(0)

  init(count: Int) { self.count = count }

  func wait() {
    guard count > 1 else { return }
    let current = generation.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      arrived.store(0, ordering: .relaxed)
      generation.store(current + 1, ordering: .releasing)
      return
    }
    var looks = 0
    while generation.load(ordering: .acquiring) == current {
      looks += 1
      if looks > 10_000 { sched_yield() }
    }
  }
}
