internal import SpikingFramework
internal import SpikingNumerics

/// The search of a smooth minimum in coordinates in which second derivatives are near the unit matrix,
/// so that a few steps suffice: z = Lᵀ w, where L Lᵀ are the second derivatives at the start.
///
/// Quasi-Newton steps come first. Each costs one evaluation where it is good at once, as most are: the first of them, from a
/// constant rate, leads to the maximum of the quadratic approximation of the likelihood. (Zoltowski and Pillow 2018.) Where
/// steps bring little, second derivatives are computed again, and the search goes on in new coordinates. Where none is good,
/// GSL's line search goes on. Where values of the objective no longer tell one point from the next, which is at a gradient of
/// about the root of their rounding, Newton's steps end the search: they look at the gradient alone.
struct WhitenedSearch {
  let minimizer: GradientMinimizer
  /// The most steps with the same second derivatives.
  private static let stepsPerFactor = 25
  /// The most steps of Newton's at the end.
  private static let maximumNewtonSteps = 10

  func minimize(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>,
    secondDerivatives: SymmetricMatrix
  ) -> FitSolution {
    var factor = Self.factor(of: secondDerivatives)
    var position = objective.position
    var iterations = 0
    // Other methods are asked for to be seen.
    while minimizer.method == .bfgs {
      let steps = QuasiNewtonSteps(
        tolerance: minimizer.tolerance,
        maximumSteps: min(Self.stepsPerFactor, minimizer.maximumIterations - iterations),
        sufficientDecrease: objective.secondDerivativesAreCheap ? 0.2 : nil)
      let end = steps.run(objective, from: position, factor)
      iterations += end.steps
      position = end.position
      if end.reason == .noProgress { break }
      if end.reason != .maximumIterations || iterations >= minimizer.maximumIterations {
        return solution(objective, position, norm: end.norm, iterations, end.reason)
      }
      factor = Self.factor(of: objective.secondDerivatives(at: position))
    }
    return searched(objective, from: position, factor, iterations: iterations)
  }

  /// The search by GSL.
  private func searched(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>, from start: [Double],
    _ former: CholeskyFactor, iterations: Int
  ) -> FitSolution {
    var (position, factor, iterations) = (start, former, iterations)
    while true {
      var part = minimizer
      part.maximumIterations = min(Self.stepsPerFactor, minimizer.maximumIterations - iterations)
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
