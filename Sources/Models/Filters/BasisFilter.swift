public import SpikingFramework

/// A weighted sum of the functions of a basis.
///
///     h(k) = Σ_b weights_b · basis_b(k)
public struct BasisFilter<Functions: Basis>: TemporalFilter {
  /// The functions.
  public var basis: Functions
  /// A weight for each of them.
  public var weights: [Double]

  /// The filter of these weights; as many as the basis has functions, 0 where they are left out.
  public init(_ basis: Functions, weights: [Double] = []) {
    self.basis = basis
    self.weights = weights + Array(repeating: 0, count: max(0, basis.count - weights.count))
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("basis", &basis)
    visit("weights", &weights, in: .real)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try basis.validate()
    guard weights.count == basis.count else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).weights", found: "\(weights.count) weights",
        expected: "\(basis.count), one for each function")
    }
  }

  public func taps(dt: Double) -> [Double] {
    basis.functions().map { values in
      zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}

extension ParameterDomain {
  /// A number of functions, up to 1000.
  static func basisCount(from least: Int = 1) -> ParameterDomain {
    ParameterDomain(.integer, Double(least), 1000)
  }

  /// A number of lags in bins, at most as long as a filter can be.
  static func basisWindow(from least: Int = 1) -> ParameterDomain {
    ParameterDomain(.integer, Double(least), filterWindow.upper, unit: .bins)
  }
}

extension BasisFilter: Equatable where Functions: Equatable {}
extension BasisFilter: Hashable where Functions: Hashable {}
