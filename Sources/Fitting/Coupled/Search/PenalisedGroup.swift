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

  /// Adds the derivatives of the penalty to those of the rest; a norm whose weights are 0 has none.
  func addSlopes(at position: [Double], to gradient: inout [Double]) {
    let size = size(of: position)
    for place in places where position[place] != 0 {
      gradient[place] += slope(position[place], size)
    }
  }

  /// The derivative by a weight that is not 0, of a group of a size.
  private func slope(_ weight: Double, _ size: Double) -> Double {
    lasso * (weight < 0 ? -1 : 1) + (size > 0 ? length * weight / size : 0)
  }

  private func size(of position: [Double]) -> Double {
    places.reduce(0) { $0 + position[$1] * position[$1] }.squareRoot()
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
    let size = size(of: position)
    let rest = places.map { place in
      let weight = position[place]
      if weight != 0 { return gradient[place] + slope(weight, size) }
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

extension PenaltyRule {
  /// The groups of those coefficients that are free, by their places among these.
  ///
  /// - Parameters:
  ///   - active: the columns that are free.
  ///   - columns: all columns.
  ///   - sign: what the weights of an input must have; 0 for any.
  func groups(
    of active: [Int], in columns: FitColumns, sign: (FitColumns.Group.Input) -> Int = { _ in 0 }
  ) -> [PenalisedGroup] {
    let places = Dictionary(uniqueKeysWithValues: active.enumerated().map { ($1, $0) })
    var groups = [PenalisedGroup(places: [0], lasso: 0, length: 0, sign: 0)]
    for group in columns.groups {
      let own = group.columns.compactMap { places[$0] }
      let (sign, penalty) = (sign(group.input), self[group.input])
      if penalty.groupLasso > 0 {
        let strength = penalty.groupLasso * Double(group.columns.count).squareRoot()
        groups.append(
          PenalisedGroup(places: own, lasso: penalty.lasso, length: strength, sign: sign))
      } else {
        groups += own.map {
          PenalisedGroup(places: [$0], lasso: penalty.lasso, length: 0, sign: sign)
        }
      }
    }
    return groups.filter { !$0.places.isEmpty }
  }
}
