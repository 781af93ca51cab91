internal import SpikingNumerics

/// What was subtracted from each column, so that it is nearly orthogonal to the baseline: the drive is
///
///     b + Σ w x = (b + Σ w m) + Σ w (x − m)
///
/// Searches use the coefficients on the right, users see those on the left; weights are the same.
struct ColumnCenters {
  /// m, by column; 0 for the baseline and for spikes.
  let means: [Double]

  /// The coefficients of centered columns.
  func centered(_ coefficients: [Double]) -> [Double] {
    [coefficients[0] + weightedSum(coefficients)] + coefficients.dropFirst()
  }

  /// The coefficients of the columns themselves.
  func uncentered(_ coefficients: [Double]) -> [Double] {
    [coefficients[0] - weightedSum(coefficients)] + coefficients.dropFirst()
  }

  /// The derivatives by the coefficients of the columns themselves.
  func uncentered(gradient: [Double]) -> [Double] {
    zip(gradient, means).map { $0 + gradient[0] * $1 }
  }

  /// The covariance of the coefficients of the columns themselves, from that of some of the centered ones,
  /// the baseline first: b = b′ − Σ m w.
  func uncentered(covariance: SymmetricMatrix, of columns: [Int]) -> SymmetricMatrix {
    guard columns.first == 0, means.contains(where: { $0 != 0 }) else { return covariance }
    var result = covariance
    // Of b with every w, then of b with itself, from what was there before.
    let withBaseline = columns.indices.map { row in
      columns.indices.dropFirst().reduce(covariance[row, 0]) {
        $0 - means[columns[$1]] * covariance[row, $1]
      }
    }
    for row in columns.indices.dropFirst() {
      result[row, 0] = withBaseline[row]
      result[0, row] = withBaseline[row]
    }
    result[0, 0] = columns.indices.dropFirst().reduce(withBaseline[0]) {
      $0 - means[columns[$1]] * withBaseline[$1]
    }
    return result
  }

  private func weightedSum(_ coefficients: [Double]) -> Double {
    zip(coefficients, means).dropFirst().reduce(0) { $0 + $1.0 * $1.1 }
  }
}
