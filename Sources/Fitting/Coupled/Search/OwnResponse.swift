internal import SpikingNumerics

/// What one spike of a neuron makes of its rate altogether, R = Σ_k (e^{h(k)} − 1): at a rate r its spikes are
/// followed by r R more, as far as drives are exponents. It is a convex function of the weights.
struct OwnResponse {
  /// The columns of the own filter.
  let columns: Range<Int>
  let basis: BasisMatrix

  private func filter(_ coefficients: [Double]) -> [Double] { basis.filter(coefficients[columns]) }

  func value(_ coefficients: [Double]) -> Double {
    filter(coefficients).reduce(0) { $0 + Elementary.expm1($1) }
  }

  /// Σ_k e^{h(k)} b(k), by the functions b.
  func gradient(_ coefficients: [Double]) -> [Double] {
    let factors = filter(coefficients).map(Elementary.exponential)
    return factors.withUnsafeBufferPointer { factors in
      factors.baseAddress.map { basis.projection(of: $0) } ?? []
    }
  }

  /// Σ_k e^{h(k)} b(k) c(k), by the functions b and c.
  func secondDerivatives(_ coefficients: [Double]) -> SymmetricMatrix {
    let factors = filter(coefficients).map(Elementary.exponential)
    var matrix = SymmetricMatrix(order: basis.count)
    for row in 0..<basis.count {
      for column in 0..<basis.count {
        matrix[row, column] = factors.indices.reduce(0) {
          let values = basis.values(at: $1)
          return $0 + factors[$1] * values[values.startIndex + row]
            * values[values.startIndex + column]
        }
      }
    }
    return matrix
  }
}
