internal import SpikingFramework
internal import SpikingNumerics
internal import Synchronization

extension LikelihoodSearch {
  /// Where a round of a minimizer ended.
  struct Step: Sendable {
    let position: [Double]
    let iterations: Int
    let reason: StopReason
  }

  /// One round, from the origin of a frame.
  mutating func minimize(
    from origin: [Double], _ frame: SearchFrame, tolerance: Double, maximumIterations: Int
  ) async throws -> Step {
    let gradientMethod: GradientMinimizer.Method
    switch fitter.method {
    case .bfgs: gradientMethod = .bfgs
    case .conjugateGradient: gradientMethod = .conjugateGradient
    case .steepestDescent: gradientMethod = .steepestDescent
    case .simplex, .brent:
      return try await minimizePlain(
        from: origin, frame, tolerance: tolerance, maximumIterations: maximumIterations)
    }
    let minimizer = GradientMinimizer(
      method: gradientMethod, tolerance: tolerance, maximumIterations: maximumIterations)
    let latest = LatestGradient(count: origin.count)
    let minimum = try await solve { (x: [Double]) in
      let (loss, gradient) = try await loss(at: frame.position(x, from: origin))
      latest.set(frame.gradient(gradient))
      return loss
    } with: { function in
      minimizer.minimize(from: [Double](repeating: 0, count: origin.count)) { x, gradient in
        let loss = function(x)
        gradient = latest.value
        return loss
      }
    }
    return Step(
      position: frame.position(minimum.position, from: origin), iterations: minimum.iterations,
      reason: minimum.reason)
  }

  private mutating func minimizePlain(
    from origin: [Double], _ frame: SearchFrame, tolerance: Double, maximumIterations: Int
  ) async throws -> Step {
    let isSimplex = fitter.method == .simplex
    let zero = [Double](repeating: 0, count: origin.count)
    let minimum = try await solve { (x: [Double]) in
      try await plainLoss(at: frame.position(x, from: origin))
    } with: { (function) -> (x: [Double], iterations: Int, isDone: Bool) in
      if isSimplex {
        let found = SimplexMinimizer(tolerance: tolerance, maximumIterations: maximumIterations)
          .minimize(function, from: zero, steps: zero.map { _ in 0.5 })
        return found.map { ($0.position, $0.iterations, $0.hasConverged) } ?? (zero, 0, true)
      }
      let plain = { (x: Double) in function([x]) }
      guard let (bracket, guess) = bracket(of: plain),
        let found = BrentMinimizer(
          tolerance: 0.01 * tolerance, maximumIterations: maximumIterations
        ).minimize(plain, in: bracket, from: guess)
      else { return (zero, 0, true) }
      return ([found.position], found.iterations, found.hasConverged)
    }
    return Step(
      position: frame.position(minimum.x, from: origin), iterations: minimum.iterations,
      reason: minimum.isDone ? .noProgress : .maximumIterations)
  }
}

/// Three points downhill from 0, of which the middle one is lowest.
private func bracket(
  of function: (Double) -> Double
) -> (bracket: ClosedRange<Double>, guess: Double)? {
  var points = [-1.0, 0, 1]
  var values = points.map(function)
  for _ in 0..<100 {
    if values[0] > values[1], values[2] > values[1] { return (points[0]...points[2], points[1]) }
    let width = points[2] - points[0]
    if values[0] < values[2] {
      let next = points[0] - width
      points = [next, points[0], points[1]]
      values = [function(next), values[0], values[1]]
    } else {
      let next = points[2] + width
      points = [points[1], points[2], next]
      values = [values[1], values[2], function(next)]
    }
  }
  return nil
}

/// The gradient that belongs to the value a minimizer was told last.
private final class LatestGradient: Sendable {
  private let gradient: Mutex<[Double]>

  init(count: Int) { gradient = Mutex(Array(repeating: 0, count: count)) }

  var value: [Double] { gradient.withLock(\.self) }

  func set(_ gradient: [Double]) { self.gradient.withLock { $0 = gradient } }
}
