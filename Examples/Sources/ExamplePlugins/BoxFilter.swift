import Spiking

/// The same weight at every lag up to the last.
public struct BoxFilter: TemporalFilter {
  public var weight = 1.0
  public var window = 10

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("weight", &weight, in: .real)
    visit("window", &window, in: .filterWindow)
  }

  public func taps(dt: Double) -> [Double] { Array(repeating: weight, count: window) }
}
