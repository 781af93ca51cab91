import Spiking

/// A drive that grows steadily from `start` (ms) on, by `slope` a ms.
public struct RampStimulus: Stimulus {
  public var slope = 0.01
  public var start = 0.0

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("slope", &slope, in: .real)
    visit("start", &start, in: .real)
  }

  public func strength(at time: Double) -> Double { slope * max(time - start, 0) }
}
