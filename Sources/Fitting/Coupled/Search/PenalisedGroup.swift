/// Coefficients that a penalty sees together, lasso ‖w‖₁ + length ‖w‖, and the sign that they must have.
struct PenalisedGroup {
  /// Their places among the free coefficients.
  let places: [Int]
  let lasso: Double
  let length: Double
  /// −1, 1, or 0 for any.
  let sign: Int

  func penalty(_ position: [Double]) -> Double {
    if lasso == 0 && length == 0 { return 0 }
    let (sum, squares) = places.reduce((0.0, 0.0)) { sums, place in
      (sums.0 + abs(position[place]), sums.1 + position[place] * position[place])
    }
    return lasso * sum + length * squares.squareRoot()
  }

  /// Brings a position to the allowed sign.
  func project(_ position: inout [Double]) {
    if sign == 0 { return }
    for place in places where position[place] * Double(sign) < 0 { position[place] = 0 }
  }

  /// The minimum of ½ ‖w − v‖² / step + penalty under the constraint: every coefficient shrinks, then all
  /// of them together.
  func shrunk(_ v: [Double], step: Double) -> [Double] {
    let single = v.map { value in
      let shrunk = max(abs(value) - step * lasso, 0) * (value < 0 ? -1 : 1)
      return shrunk * Double(sign) < 0 ? 0 : shrunk
    }
    if length == 0 { return single }
    let size = single.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let factor = size > step * length ? 1 - step * length / size : 0
    return single.map { factor * $0 }
  }

  /// The square of the norm of what of a gradient penalty and constraint do not balance.
  func unbalanced(_ gradient: [Double], at position: [Double]) -> Double {
    let size = places.reduce(0) { $0 + position[$1] * position[$1] }.squareRoot()
    let rest = places.map { place in
      let weight = position[place]
      if weight != 0 {
        return gradient[place] + lasso * (weight < 0 ? -1 : 1)
          + (size > 0 ? length * weight / size : 0)
      }
      let slope = gradient[place]
      let shrunk = max(abs(slope) - lasso, 0) * (slope < 0 ? -1 : 1)
      // At 0 a slope that pulls against the sign is balanced by the constraint.
      return shrunk * Double(sign) > 0 ? 0 : shrunk
    }
    let squares = rest.reduce(0) { $0 + $1 * $1 }
    if size > 0 || length == 0 { return squares }
    let excess = max(squares.squareRoot() - length, 0)
    return excess * excess
  }
}
