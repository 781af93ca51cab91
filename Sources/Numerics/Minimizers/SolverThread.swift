internal import Foundation
internal import Synchronization

/// Lets a solver, which calls a function and waits for its value, use one that is asynchronous.
///
/// The solver runs on a thread of its own, as waiting is not allowed on those that tasks share. Where
/// the function throws, or the task is cancelled, the solver is given NaN until it ends, and the error
/// is thrown.
///
/// - Parameters:
///   - function: runs in the calling task.
///   - solver: the solver, given the function that waits.
package func solve<Argument: Sendable, Result: Sendable>(
  _ function: (Argument) async throws -> Double,
  with solver: @escaping @Sendable (_ function: @escaping (Argument) -> Double) -> Result
) async throws -> Result {
  let (questions, asking) = AsyncStream<Argument>.makeStream()
  let exchange = Exchange<Result>()
  Thread.detachNewThread {
    let result = solver { argument in exchange.ask { asking.yield(argument) } }
    exchange.finish(with: result)
    asking.finish()
  }
  // Whatever ends the loop, the solver must not wait for ever.
  defer { exchange.close() }
  for await argument in questions { exchange.answer(try await function(argument)) }
  try Task.checkCancellation()
  guard let result = exchange.result else { throw CancellationError() }
  return result
}

/// Questions and answers between two threads, one at a time.
private final class Exchange<Result: Sendable>: Sendable {
  private struct State {
    var isClosed = false
    var isWaiting = false
    var answer = Double.nan
    var result: Result?
  }

  private let state = Mutex(State())
  private let answered = DispatchSemaphore(value: 0)

  var result: Result? { state.withLock(\.result) }

  /// Asks for a value and waits for it; NaN once there is no answer any more.
  func ask(_ question: () -> Void) -> Double {
    let isClosed = state.withLock { state in
      state.isWaiting = !state.isClosed
      return state.isClosed
    }
    if isClosed { return .nan }
    question()
    answered.wait()
    return state.withLock(\.answer)
  }

  func answer(_ value: Double) {
    let isWaiting = state.withLock { state in
      defer { state.isWaiting = false }
      state.answer = value
      return state.isWaiting
    }
    if isWaiting { answered.signal() }
  }

  func finish(with result: Result) { state.withLock { $0.result = result } }

  func close() {
    state.withLock { $0.isClosed = true }
    answer(.nan)
  }
}
