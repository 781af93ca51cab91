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
///
/// `@unchecked`: the compiler does not see that memory of atomic numbers may be shared.
final class SpinBarrier: @unchecked Sendable {
  private let count: Int
  /// How often each member has arrived, on cache lines of their own: no member waits for a line that a
  /// third one is writing.
  private let arrivals: UnsafeMutablePointer<Atomic<Int>>

  /// 128 bytes, as processors fetch lines of 64 in pairs.
  private static let spacing = 16

  init(count: Int) {
    self.count = count
    arrivals = .allocate(capacity: count * Self.spacing)
    for index in 0..<count * Self.spacing { (arrivals + index).initialize(to: Atomic(0)) }
  }

  deinit {
    arrivals.deinitialize(count: count * Self.spacing)
    arrivals.deallocate()
  }

  func wait(_ member: Int) {
    guard count > 1 else { return }
    // Only the member itself changes its number.
    let current = arrivals[member * Self.spacing].load(ordering: .relaxed) + 1
    arrivals[member * Self.spacing].store(current, ordering: .releasing)
    for other in 0..<count where other != member {
      var looks = 0
      // Another one may be ahead by one, never by two.
      while arrivals[other * Self.spacing].load(ordering: .acquiring) < current {
        looks += 1
        if looks > 10_000 { sched_yield() }
      }
    }
  }
}
