public import SpikingFramework

/// The values of the functions of a basis, as fits use them.
public struct BasisMatrix: Hashable, Sendable {
  /// The number of functions, B.
  public let count: Int
  /// The number of lags, K.
  public let window: Int
  /// Function after function, each K values.
  public let values: [Double]

  /// The values of a basis.
  ///
  /// - Throws: `invalidParameter` where its parameters are outside their domains, or a value is not
  ///   finite.
  public init(_ basis: some Basis) throws(SpikingError) {
    try basis.validate()
    let rows = basis.functions()
    let count = basis.count
    self.count = count
    window = rows.count
    values = (0..<count).flatMap { function in rows.map { $0[function] } }
    guard values.allSatisfy(\.isFinite) else {
      throw SpikingError(
        .invalidParameter, type(of: basis).typeName, found: "a value that is not finite",
        expected: "finite functions")
    }
  }

  /// The values of functions that were computed before, function after function.
  ///
  /// - Precondition: there are `count` · `window` values.
  public init(count: Int, window: Int, values: [Double]) {
    precondition(values.count == count * window, "a value for each function and lag")
    self.count = count
    self.window = window
    self.values = values
  }

  /// One function at all lags.
  func function(_ index: Int) -> ArraySlice<Double> {
    values[index * window..<(index + 1) * window]
  }

  /// All functions at one lag.
  func values(at lag: Int) -> [Double] {
    (0..<count).map { values[$0 * window + lag] }
  }

  /// The filter of some weights: Σ_b weights_b · function_b.
  public func filter(_ weights: some Collection<Double>) -> [Double] {
    var taps = [Double](repeating: 0, count: window)
    for (function, weight) in zip(0..<count, weights) where weight != 0 {
      for (lag, value) in self.function(function).enumerated() { taps[lag] += weight * value }
    }
    return taps
  }

  /// What each function makes of sums at the lags: Σ_k function_b(k) · sums_k.
  func projection(of sums: UnsafePointer<Double>) -> [Double] {
    (0..<count).map { function in
      self.function(function).enumerated().reduce(0) { $0 + $1.element * sums[$1.offset] }
    }
  }
}

/// A basis again, for fits and predictions with the functions of a file.
extension BasisMatrix: Basis {
  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {}

  public func functions() -> [[Double]] {
    (0..<window).map { values(at: $0) }
  }
}
