import Spiking

/// A model from parts: exponential coupling, the quadratic nonlinearity, Poisson counts.
public struct QuadraticLNP: CascadeModel {
  public var dt = 1.0
  public var b = 1.0
  public var nonlinearity = Quadratic()
  public let emission = PoissonEmission()
  public let coupling = ExponentialFilter(decayRate: 0.2, window: 25)
  public var baseline: Double { b }

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("b", &b, in: .real)
    visit("nonlinearity", &nonlinearity)
  }
}
