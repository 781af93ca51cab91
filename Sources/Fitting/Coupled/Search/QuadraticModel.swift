internal import SpikingNumerics

/// An approximation of a function near a point, f(c) + g·(w − c) + ½ (w − c)ᵀ H (w − c).
struct QuadraticModel {
  let matrix: SymmetricMatrix
  let gradient: [Double]
  let center: [Double]

  /// How much lower the approximation is at a point than at the center.
  func decrease(to point: [Double]) -> Double {
    let step = zip(point, center).map { $0 - $1 }
    var sum = 0.0
    for column in step.indices where step[column] != 0 {
      sum -= gradient[column] * step[column]
      for row in step.indices { sum -= 0.5 * step[column] * step[row] * matrix[row, column] }
    }
    return sum
  }

  /// The minimum of the approximation and the penalties of all groups, one group after the other until
  /// none changes.
  ///
  /// - Complexity: O(columns²) for each sweep.
  func minimum(_ groups: [PenalisedGroup]) -> [Double] {
    var position = center
    // The gradient of the approximation at the position.
    var slopes = gradient
    let order = matrix.order
    let steps = groups.map { 1 / max(bound(of: $0), 1e-300) }
    for _ in 0..<1000 {
      var largest = 0.0
      for (group, step) in zip(groups, steps) {
        // A group of several is minimised in a few steps that are short enough for all directions.
        for _ in 0..<(group.places.count == 1 ? 1 : 4) {
          let target = group.shrunk(
            group.places.map { position[$0] - step * slopes[$0] }, step: step)
          for (place, value) in zip(group.places, target) where value != position[place] {
            let change = value - position[place]
            position[place] = value
            for row in 0..<order { slopes[row] += change * matrix.entries[place * order + row] }
            largest = max(largest, change * change / step)
          }
        }
      }
      if largest <= 1e-18 { break }
    }
    return position
  }

  /// An upper bound of the second derivatives within a group: the largest sum of a row.
  private func bound(of group: PenalisedGroup) -> Double {
    group.places.map { row in
      group.places.reduce(0) { $0 + abs(matrix[row, $1]) }
    }.max() ?? 0
  }
}
