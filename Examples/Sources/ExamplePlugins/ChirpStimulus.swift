import Foundation
import Spiking

/// A sinusoid whose frequency grows steadily from 0 at `start` (ms), by `sweep` (Hz) a second.
public struct ChirpStimulus: Stimulus {
  public var amplitude = 10.0
  public var sweep = 20.0
  public var start = 0.0

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("amplitude", &amplitude, in: .real)
    visit("sweep", &sweep, in: .nonnegative, unit: "Hz/s")
    visit("start", &start, in: .real, unit: .milliseconds)
  }

  public func strength(at time: Double) -> Double {
    let seconds = max(time - start, 0) / 1000
    return amplitude * sin(.pi * sweep * seconds * seconds)
  }
}
