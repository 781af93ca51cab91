/// What the last steps of a search tell of the inverse of the second derivatives, in coordinates in which it is near the unit
/// matrix: products with it, of which each step corrects one direction. (Nocedal 1980, Math Comput 35:773.)
struct QuasiNewtonMemory {
  private struct Step {
    let step: [Double]
    /// By how much the gradient changed.
    let change: [Double]
    /// stepᵀ change.
    let curvature: Double
  }

  private var steps: [Step] = []
  private static let length = 20

  /// Adds a step; nothing where the gradient did not rise along it, as it does under any convex function.
  mutating func add(step: [Double], change: [Double]) {
    let curvature = dot(step, change)
    guard curvature > 1e-12 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
    if steps.count == Self.length { steps.removeFirst() }
    steps.append(Step(step: step, change: change, curvature: curvature))
  }

  /// The inverse times a gradient.
  func applied(to gradient: [Double]) -> [Double] {
    var vector = gradient
    var shares: [Double] = []
    for step in steps.reversed() {
      let share = dot(step.step, vector) / step.curvature
      shares.append(share)
      for index in vector.indices { vector[index] -= share * step.change[index] }
    }
    for (step, share) in zip(steps, shares.reversed()) {
      let correction = share - dot(step.change, vector) / step.curvature
      for index in vector.indices { vector[index] += correction * step.step[index] }
    }
    return vector
  }
}

/// Σ a b.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
