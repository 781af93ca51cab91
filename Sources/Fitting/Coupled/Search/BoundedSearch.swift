internal import Foundation
internal import SpikingFramework
internal import SpikingNumerics

/// The search of a minimum at which the response of the own filter is at most a bound.
///
/// Where the free minimum is beyond it, the minimum lies on the bound, and minimises the objective and a
/// multiple of the response: Lagrange's multiplier, of which the response at the minimum is a falling
/// function. As both are convex, there is one such minimum.
struct BoundedSearch {
  let minimizer: GradientMinimizer
  let response: OwnResponse
  let bound: Double

  /// - Parameter free: the minimum without a bound.
  func minimize(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>, from free: FitSolution
  ) -> FitSolution {
    func excess(_ solution: FitSolution) -> Double { response.value(solution.coefficients) - bound }
    if excess(free) <= 0 { return free }
    func solution(logCost: Double) -> FitSolution {
      objective.response = (exp(logCost), response)
      return WhitenedSearch(minimizer: minimizer).minimize(
        objective, secondDerivatives: objective.secondDerivatives(at: objective.position))
    }
    // Each search begins where the last one ended.
    var (lower, upper) = (log(1e-12), log(1e-5))
    var kept = solution(logCost: upper)
    while excess(kept) > 0, upper < log(1e6) {
      (lower, upper) = (upper, upper + log(10))
      kept = solution(logCost: upper)
    }
    // Of those that keep to the bound the nearest.
    let limit = 1e-4 * bound
    _ = BrentRootFinder(tolerance: 1e-12, maximumIterations: 60).root(
      of: { logCost in
        let candidate = solution(logCost: logCost)
        let excess = excess(candidate)
        if excess <= 0, excess > self.response.value(kept.coefficients) - bound { kept = candidate }
        return excess
      }, in: lower...upper, isAccepted: { $0 <= 0 && $0 >= -limit })
    return kept
  }
}
