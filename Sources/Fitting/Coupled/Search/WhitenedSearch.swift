internal import SpikingFramework
internal import SpikingNumerics

/// The search of a smooth minimum in coordinates in which second derivatives are near the unit matrix,
/// so that a few steps suffice: z = Lᵀ w, where L Lᵀ are the second derivatives at the start.
///
/// Where they change much on the way, they are computed again, and the search goes on in new
/// coordinates. Where values of the objective no longer tell one point from the next, which is at a
/// gradient of about the root of their rounding, Newton's steps end the search: they look at the gradient
/// alone.
struct WhitenedSearch {
  let minimizer: GradientMinimizer
  /// After how many steps second derivatives are computed again. Those of few terms are cheap, and they change much where rates
  /// do, as those of place cells.
  private static func stepsPerFactor(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>
  ) -> Int {
    objective.objective.data.terms.count > 0 && objective.active.count <= 128 ? 5 : 25
  }
  /// The most steps of Newton's.
  private static let maximumNewtonSteps = 10

  func minimize(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>,
    secondDerivatives: SymmetricMatrix
  ) -> FitSolution {
    var factor = Self.factor(of: secondDerivatives)
    var position = objective.position
    var iterations = 0
    while true {
      var part = minimizer
      part.maximumIterations = min(
        Self.stepsPerFactor(objective), minimizer.maximumIterations - iterations)
      let minimum = part.minimize(from: factor.whitened(position)) { point, gradient in
        var slopes = gradient
        let value = objective.value(at: factor.unwhitened(point), gradient: &slopes)
        gradient = factor.whitened(gradient: slopes)
        return value
      }
      iterations += minimum.iterations
      position = factor.unwhitened(minimum.position)
      if minimum.reason == .noProgress {
        return polished(objective, position, iterations: iterations)
      }
      if minimum.reason != .maximumIterations || iterations >= minimizer.maximumIterations {
        return solution(
          objective, position, norm: minimum.gradientNorm, iterations, minimum.reason)
      }
      factor = Self.factor(of: objective.secondDerivatives(at: position))
    }
  }

  /// Newton's steps, as long as they make the gradient smaller.
  private func polished(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>, _ start: [Double],
    iterations: Int
  ) -> FitSolution {
    let factor = Self.factor(of: objective.secondDerivatives(at: start))
    var slopes = start
    func gradient(at position: [Double]) -> [Double] {
      _ = objective.value(at: position, gradient: &slopes)
      return factor.whitened(gradient: slopes)
    }
    func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    var (position, steps) = (start, 0)
    var whitened = gradient(at: start)
    while norm(whitened) > minimizer.tolerance, steps < Self.maximumNewtonSteps {
      let step = factor.unwhitened(whitened)
      let next = zip(position, step).map { $0 - $1 }
      let candidate = gradient(at: next)
      guard norm(candidate) < norm(whitened) else { break }
      (position, whitened) = (next, candidate)
      steps += 1
    }
    return solution(
      objective, position, norm: norm(whitened), iterations + steps,
      norm(whitened) <= minimizer.tolerance ? .gradient : .noProgress)
  }

  private func solution(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>, _ position: [Double],
    norm whitened: Double, _ iterations: Int, _ reason: StopReason
  ) -> FitSolution {
    var slopes = position
    _ = objective.value(at: position, gradient: &slopes)
    return FitSolution(
      coefficients: objective.coefficients, logLikelihood: objective.logLikelihood,
      certificate: FitCertificate(
        gradientNorm: slopes.reduce(0) { $0 + $1 * $1 }.squareRoot(),
        excess: 0.5 * whitened * whitened, iterations: iterations,
        evaluations: objective.evaluations, reason: reason))
  }

  /// The factor of a matrix; where that is singular, as it is where rates are 0, of one with a little
  /// more on its diagonal.
  private static func factor(of matrix: SymmetricMatrix) -> CholeskyFactor {
    let diagonal = matrix.diagonal
    let largest = diagonal.max() ?? 0
    var (matrix, addition) = (matrix, 1e-12)
    while true {
      if let factor = CholeskyFactor(matrix) { return factor }
      for (index, entry) in diagonal.enumerated() {
        let entry = entry.isFinite ? entry : 0
        matrix[index, index] = entry * (1 + addition) + max(addition * largest, 1e-300)
      }
      addition *= 100
      if addition > 1 { return .unit(order: matrix.order) }
    }
  }
}
