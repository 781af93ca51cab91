internal import SpikingNumerics

/// How the coefficients of searches differ from those that users see.
///
/// Columns of stimuli are less their means m, so that they are nearly orthogonal to the baseline: the drive is
///
///     b + Σ w x = (b + Σ w m) + Σ w (x − m)
///
/// Columns of a term that add up to 1 in every bin cannot be told from the baseline: searches hold the last of their weights
/// at 0, and users see those whose part of the drive, f, is 0 on average:
///
///     b + Σ w x = (b + f̄) + Σ (w − f̄) x,    f̄ = Σ w x̄
struct ColumnCenters {
  /// Columns of a term that add up to 1.
  struct Constant {
    /// Those that are not 0 in all bins.
    let columns: [Int]
    /// Their means.
    let means: [Double]

    /// The column whose weight searches hold at 0.
    var reference: Int { columns[columns.count - 1] }
  }

  /// m, by column; 0 for the baseline, for spikes and for terms.
  let means: [Double]
  let constants: [Constant]

  /// The columns that searches hold at 0 as others say the same.
  var references: [Int] { constants.map(\.reference) }

  /// The coefficients of searches.
  func centered(_ coefficients: [Double]) -> [Double] {
    var result = coefficients
    result[0] += weightedSum(coefficients)
    for constant in constants {
      let shift = coefficients[constant.reference]
      for column in constant.columns { result[column] -= shift }
      result[0] += shift
    }
    return result
  }

  /// The coefficients that users see.
  func uncentered(_ coefficients: [Double]) -> [Double] {
    var result = coefficients
    result[0] -= weightedSum(coefficients)
    for constant in constants {
      let mean = zip(constant.columns, constant.means).reduce(0) { $0 + coefficients[$1.0] * $1.1 }
      for column in constant.columns { result[column] -= mean }
      result[0] += mean
    }
    return result
  }

  /// The derivatives by the coefficients of the columns themselves.
  func uncentered(gradient: [Double]) -> [Double] {
    zip(gradient, means).map { $0 + gradient[0] * $1 }
  }

  /// The covariance of the coefficients that users see, from that of some of those of searches, the baseline first; the
  /// references among the columns were held at 0.
  func uncentered(covariance: SymmetricMatrix, of columns: [Int]) -> SymmetricMatrix {
    guard columns.first == 0 else { return covariance }
    var result = covariance
    if means.contains(where: { $0 != 0 }) {
      result.combineRow(0, with: columns.map { -means[$0] })
    }
    let places = Dictionary(
      columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for constant in constants {
      let own = constant.columns.map { places[$0] }
      var factors = [Double](repeating: 0, count: columns.count)
      for (place, mean) in zip(own, constant.means) {
        if let place { factors[place] = mean }
      }
      result.shift(own.compactMap(\.self), by: factors)
    }
    return result
  }

  private func weightedSum(_ coefficients: [Double]) -> Double {
    zip(coefficients, means).dropFirst().reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension SymmetricMatrix {
  /// The covariance after Σ factor · each has been added to one of the variables.
  fileprivate mutating func combineRow(_ row: Int, with factors: [Double]) {
    let change = product(with: factors)
    let own = (0..<order).reduce(0) { $0 + factors[$1] * change[$1] }
    for other in 0..<order where other != row {
      self[row, other] += change[other]
      self[other, row] = self[row, other]
    }
    self[row, row] += 2 * change[row] + own
  }

  /// The covariance after f = Σ factor · each has been taken from some of the variables and added to the first.
  fileprivate mutating func shift(_ rows: [Int], by factors: [Double]) {
    let change = product(with: factors)
    let own = (0..<order).reduce(0) { $0 + factors[$1] * change[$1] }
    var signs = [Double](repeating: 0, count: order)
    for row in rows { signs[row] = -1 }
    signs[0] = 1
    for column in 0..<order {
      for row in 0..<order {
        self[row, column] +=
          signs[row] * change[column] + change[row] * signs[column] + signs[row] * signs[column]
          * own
      }
    }
  }

  private func product(with factors: [Double]) -> [Double] {
    (0..<order).map { row in (0..<order).reduce(0) { $0 + self[row, $1] * factors[$1] } }
  }
}
