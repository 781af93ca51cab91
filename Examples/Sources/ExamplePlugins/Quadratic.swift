import Spiking

/// A threshold-quadratic nonlinearity, `gain · [drive]₊²`, in spikes per ms.
public struct Quadratic: Nonlinearity {
  public var gain = 0.01

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("gain", &gain, in: .nonnegative)
  }

  public func rate(at drive: Double) -> Double { drive <= 0 ? 0 : gain * drive * drive }
}
