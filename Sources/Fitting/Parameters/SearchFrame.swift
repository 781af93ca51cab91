internal import SpikingNumerics

/// Coordinates x of a search around a point: u = u₀ + T x, with T such that the information is the
/// unit matrix, or at least its diagonal is about 1.
struct SearchFrame: Sendable {
  let information: SymmetricMatrix
  /// The standard error of each coordinate were all others known, as far as the curvature tells.
  let scales: [Double]
  private let factor: CholeskyFactor?

  /// - Parameters:
  ///   - sizes: changes of the coordinates that matter.
  ///   - areBounded: whether coordinates stand for bounded parameters, where nothing larger than their
  ///     size makes sense.
  init(_ information: SymmetricMatrix, sizes: [Double], areBounded: [Bool]) {
    self.information = information
    scales = sizes.indices.map { index in
      let curvature = abs(information[index, index])
      let scale = 1 / curvature.squareRoot()
      // Less than a millionth of a nat is not seen.
      guard curvature * sizes[index] * sizes[index] > 1e-6 else { return sizes[index] }
      return areBounded[index] ? min(scale, sizes[index]) : scale
    }
    guard let factor = ParameterCovariance.factor(information) else {
      self.factor = nil
      return
    }
    // One unit of x must not lead out of the range in which the curvature means anything.
    let variances = factor.inverse().diagonal
    let isLocal = sizes.indices.allSatisfy {
      variances[$0].squareRoot() <= (areBounded[$0] ? 2 : 1000) * sizes[$0]
    }
    self.factor = isLocal ? factor : nil
  }

  /// u₀ + T x.
  func position(_ x: [Double], from origin: [Double]) -> [Double] {
    let offset = factor?.unwhitened(x) ?? zip(scales, x).map { $0 * $1 }
    return zip(origin, offset).map { $0 + $1 }
  }

  /// Tᵀ of a gradient.
  func gradient(_ gradient: [Double]) -> [Double] {
    factor?.whitened(gradient: gradient) ?? zip(scales, gradient).map { $0 * $1 }
  }

  /// The norm of a gradient in these coordinates.
  func norm(of gradient: [Double]) -> Double {
    self.gradient(gradient).reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
