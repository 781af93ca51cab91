public import SpikingFramework

/// A sinusoid on a baseline: amplitude · sin(2π (t − start)/period + phase) + baseline for
/// start ≤ t < start + duration, and zero outside.
///
/// Spikeometric 1.0.3 ends at t = duration, whatever its start is.
public struct SinusoidStimulus: Stimulus, Hashable {
  /// How far the drive departs from the baseline.
  public var amplitude: Double
  /// The length of a cycle in ms.
  public var period: Double
  /// The phase at the start, in radians.
  public var phase: Double
  /// The mean of a cycle.
  public var baseline: Double
  /// When it begins, in ms.
  public var start: Double
  /// How long it lasts, in ms; infinite where it never ends.
  public var duration: Double

  /// A sinusoid of `period` ms.
  public init(
    amplitude: Double, period: Double, phase: Double = 0, baseline: Double = 0, start: Double = 0,
    duration: Double = .infinity
  ) {
    self.amplitude = amplitude
    self.period = period
    self.phase = phase
    self.baseline = baseline
    self.start = start
    self.duration = duration
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("amplitude", &amplitude, in: .real)
    visit("period", &period, in: .positive, unit: .milliseconds)
    visit("phase", &phase, in: .real, unit: .radians)
    visit("baseline", &baseline, in: .real)
    visit("start", &start, in: .real, unit: .milliseconds)
    visit("duration", &duration, in: ParameterDomain(.time, 0, .infinity))
  }

  public func strength(at time: Double) -> Double {
    guard BinTime(time).isWithin(start, duration: duration) else { return 0 }
    let turns = (time - start) / period + phase / (2 * .pi)
    return amplitude * sine(turns: turns) + baseline
  }
}

/// sin(2π x), within 1e-15, with the same bits on every machine: the series to the 21st power, whose
/// remainder is below 1.3e-18 within a quarter of a turn.
private func sine(turns: Double) -> Double {
  var turns = turns - turns.rounded()
  if abs(turns) > 0.25 { turns = (turns < 0 ? -0.5 : 0.5) - turns }
  let x = 2 * .pi * turns
  let square = x * x
  return stride(from: 21.0, to: 1, by: -2).reduce(1) { sum, power in
    // Horner's rule from the inside: 1 − x²/(20·21), ….
    1 - square / (power * (power - 1)) * sum
  } * x
}
