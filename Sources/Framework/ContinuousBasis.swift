/// A basis whose functions are there at every point of a range, and not at lags alone: it describes how a rate is tuned to
/// the value of a covariate as well as filters.
///
/// A conformance writes `count`, `window` and `values(at:)`; the values at lags are those at evenly spaced positions.
public protocol ContinuousBasis: Basis {
  /// The values of the functions at a position of the range: 0 is its lower end, 1 its upper one.
  func values(at position: Double) -> [Double]
  /// Calls `body` with the number and the value of each function that is not 0 at a position, and perhaps of others; with parts
  /// of a value where a number comes twice. By default it goes through `values(at:)`; functions that are local may say at once
  /// which they are.
  func forEachValue(at position: Double, _ body: (_ function: Int, _ value: Double) -> Void)
  /// Whether the upper end of the range is the lower one again, as it is for angles. False by default.
  var isCyclic: Bool { get }
  /// Whether each function has an integral of 1 over the range, whatever its length: over positions here. False by default.
  var isDensity: Bool { get }
}

extension ContinuousBasis {
  public func forEachValue(at position: Double, _ body: (_ function: Int, _ value: Double) -> Void)
  {
    for (function, value) in values(at: position).enumerated() where value != 0 {
      body(function, value)
    }
  }

  public var isDensity: Bool { false }

  public var isCyclic: Bool { false }

  public func functions() -> [[Double]] {
    (0..<window).map { values(at: Double($0) / Double(max(window - 1, 1))) }
  }
}
