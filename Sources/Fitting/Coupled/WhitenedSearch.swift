internal import SpikingFramework
internal import SpikingNumerics

/// The search of a smooth minimum in coordinates in which second derivatives are near the unit matrix,
/// so that a few steps suffice: z = Lᵀ w, where L Lᵀ are the second derivatives at the start.
///
/// Where they change much on the way, they are computed again, and the search goes on in new
/// coordinates.
struct WhitenedSearch {
  let minimizer: GradientMinimizer
  /// After how many steps second derivatives are computed again.
  private static let stepsPerFactor = 25

  func minimize(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>,
    secondDerivatives: SymmetricMatrix
  ) -> FitSolution {
    var factor = Self.factor(of: secondDerivatives)
    var position = objective.position
    var iterations = 0
    var hasStalled = false
    while true {
      var part = minimizer
      part.maximumIterations = min(
        Self.stepsPerFactor, minimizer.maximumIterations - iterations)
      let minimum = part.minimize(from: factor.whitened(position)) { point, gradient in
        var slopes = gradient
        let value = objective.value(at: factor.unwhitened(point), gradient: &slopes)
        gradient = factor.whitened(gradient: slopes)
        return value
      }
      iterations += minimum.iterations
      position = factor.unwhitened(minimum.position)
      let isOver =
        minimum.reason == .gradient || minimum.reason == .cancelled
        || iterations >= minimizer.maximumIterations
        || (minimum.reason == .noProgress && hasStalled)
      if isOver {
        return solution(objective, position, minimum, factor, iterations: iterations)
      }
      hasStalled = minimum.reason == .noProgress
      factor = Self.factor(of: objective.secondDerivatives(at: position))
    }
  }

  private func solution(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>, _ position: [Double],
    _ minimum: GradientMinimizer.Minimum, _ factor: CholeskyFactor, iterations: Int
  ) -> FitSolution {
    var slopes = position
    _ = objective.value(at: position, gradient: &slopes)
    let norm = slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return FitSolution(
      coefficients: objective.coefficients, logLikelihood: objective.logLikelihood,
      certificate: FitCertificate(
        gradientNorm: norm, excess: 0.5 * minimum.gradientNorm * minimum.gradientNorm,
        iterations: iterations, evaluations: objective.evaluations, reason: minimum.reason))
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
