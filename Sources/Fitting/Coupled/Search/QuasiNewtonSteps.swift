internal import SpikingFramework
internal import SpikingNumerics

/// Steps towards a smooth minimum in whitened coordinates, in which the gradient is nearly Newton's step.
struct QuasiNewtonSteps {
  /// The norm of the whitened gradient that is small enough.
  let tolerance: Double
  let maximumSteps: Int
  /// By what factor a step has to make the gradient smaller for the steps to go on; nil for any.
  let sufficientDecrease: Double?

  /// How many points along a direction are tried.
  private static let maximumTries = 6

  /// Where the steps ended.
  struct End {
    var position: [Double]
    /// That of the whitened gradient.
    var norm: Double
    var steps: Int
    /// `maximumIterations` where other coordinates may help.
    var reason: StopReason
  }

  private struct Point {
    var position: [Double]
    var value: Double
    /// In whitened coordinates.
    var gradient: [Double]

    var norm: Double { dot(gradient, gradient).squareRoot() }
  }

  func run(
    _ objective: PenalisedObjective<some Nonlinearity, some Emission>, from start: [Double],
    _ factor: CholeskyFactor
  ) -> End {
    var slopes = start
    func point(at position: [Double]) -> Point {
      let value = objective.value(at: position, gradient: &slopes)
      return Point(
        position: position, value: value, gradient: factor.whitened(gradient: slopes))
    }
    var memory = QuasiNewtonMemory()
    var current = point(at: start)
    var steps = 0
    func end(_ reason: StopReason) -> End {
      End(position: current.position, norm: current.norm, steps: steps, reason: reason)
    }
    guard current.value.isFinite else { return end(.noProgress) }
    while current.norm > tolerance {
      if Task.isCancelled { return end(.cancelled) }
      if steps >= maximumSteps { return end(.maximumIterations) }
      let direction = memory.applied(to: current.gradient)
      guard
        let (next, length) = descend(
          from: current, direction, unwhitened: factor.unwhitened(direction), point)
      else { return end(.noProgress) }
      memory.add(
        step: direction.map { -length * $0 },
        change: zip(next.gradient, current.gradient).map { $0 - $1 })
      let decrease = next.norm / current.norm
      current = next
      steps += 1
      if let sufficientDecrease, decrease > sufficientDecrease, current.norm > tolerance {
        return end(.maximumIterations)
      }
    }
    return end(.gradient)
  }

  /// A point against a direction at which the objective is lower by a part of what its slope promises: the full step, or
  /// shorter ones by the parabola through what is known; nil where there is none. (Armijo 1966, Pac J Math 16:1.)
  private func descend(
    from current: Point, _ direction: [Double], unwhitened: [Double],
    _ point: (_ position: [Double]) -> Point
  ) -> (point: Point, length: Double)? {
    let slope = dot(current.gradient, direction)
    guard slope > 0, slope.isFinite else { return nil }
    let rounding = 8 * current.value.magnitude.ulp
    var length = 1.0
    for _ in 0..<Self.maximumTries {
      let next = point(zip(current.position, unwhitened).map { $0 - length * $1 })
      if next.value <= current.value - 1e-4 * length * slope { return (next, length) }
      // Where values are the same to their rounding, the gradient decides.
      if next.value <= current.value + rounding, next.norm < current.norm { return (next, length) }
      let excess = next.value - current.value + length * slope
      let best = excess.isFinite ? 0.5 * length * length * slope / excess : 0
      length = min(max(best, 0.1 * length), 0.5 * length)
    }
    return nil
  }
}
