public import SpikingFramework

/// The values of the functions of a basis, as fits use them.
public struct BasisMatrix: Hashable, Sendable {
  /// The number of functions, B.
  public let count: Int
  /// The number of lags, K.
  public let window: Int
  /// Lag after lag, each B values, as `functions()` and files have them.
  public let values: [Double]
  /// Which basis they are of; nil where they were given as a matrix.
  public let source: RegisteredBasis?
  /// Function after function, each K values: what sums over lags read.
  let byFunction: [Double]

  /// The values of a basis.
  ///
  /// - Throws: `invalidParameter` where its parameters are outside their domains, or a value is not
  ///   finite or missing.
  public init(_ basis: some Basis) throws(SpikingError) {
    try basis.validate()
    let rows = basis.functions()
    count = basis.count
    window = rows.count
    values = Array(rows.joined())
    source = RegisteredBasis(basis)
    let count = count
    guard rows.allSatisfy({ $0.count == count }), values.allSatisfy(\.isFinite) else {
      throw SpikingError(
        .invalidParameter, type(of: basis).typeName, found: "a value that is missing or not finite",
        expected: "finite values of \(count) functions at every lag")
    }
    byFunction = Self.byFunction(values, count: count)
  }

  /// The values of functions that were computed before, lag after lag.
  ///
  /// - Precondition: there are `count` · `window` values.
  public init(count: Int, window: Int, values: [Double], source: RegisteredBasis? = nil) {
    precondition(values.count == count * window, "a value for each function and lag")
    self.count = count
    self.window = window
    self.values = values
    self.source = source
    byFunction = Self.byFunction(values, count: count)
  }

  private static func byFunction(_ values: [Double], count: Int) -> [Double] {
    (0..<count).flatMap { stride(from: $0, to: values.count, by: count).map { values[$0] } }
  }

  /// One function at all lags.
  func function(_ index: Int) -> ArraySlice<Double> {
    byFunction[index * window..<(index + 1) * window]
  }

  /// All functions at one lag.
  func values(at lag: Int) -> ArraySlice<Double> {
    values[lag * count..<(lag + 1) * count]
  }

  /// The filter of some weights: Σ_b weights_b · function_b.
  public func filter(_ weights: some Collection<Double>) -> [Double] {
    // As most are under a penalty.
    if weights.allSatisfy({ $0 == 0 }) { return Array(repeating: 0, count: window) }
    return (0..<window).map { lag in
      zip(weights, values(at: lag)).reduce(0) { $0 + $1.0 * $1.1 }
    }
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
    (0..<window).map { Array(values(at: $0)) }
  }
}

extension BasisMatrix: CustomStringConvertible {
  /// "raised-cosine-log, 5 functions over 20 bins", "matrix, 5 functions over 20 bins" where no basis is known.
  public var description: String {
    "\(source?.name ?? "matrix"), \(counted(count, "function")) over \(counted(window, "bin"))"
  }
}

extension BasisMatrix: Codable {
  private enum CodingKeys: CodingKey {
    case count, window, values, source
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    count = try fields.decode(Int.self, forKey: .count)
    window = try fields.decode(Int.self, forKey: .window)
    values = try fields.decode([Double].self, forKey: .values)
    source = try fields.decodeIfPresent(RegisteredBasis.self, forKey: .source)
    byFunction = Self.byFunction(values, count: max(count, 1))
    try SpikingError.require(
      count >= 0 && window >= 0 && Double(count) * Double(window) == Double(values.count), "basis",
      found: "\(values.count) values", expected: "those of \(count) functions at \(window) lags")
  }
}
