public import SpikingFramework

/// Pulses of constant strength at regular intervals: on for start ≤ t < stop wherever
/// (t − start) mod period < duration.
///
/// A bin belongs to a pulse if it starts in it, to within the rounding of its time, so that bins
/// whose times are not exact in binary (0.1 ms) are neither lost nor gained. Spikeometric 1.0.3
/// takes t mod period, which ignores the phase of `start`.
public struct RegularStimulus: Stimulus, Hashable {
  /// The drive during a pulse.
  public var strength: Double
  /// From the start of one pulse to that of the next, in ms.
  public var period: Double
  /// The length of a pulse in ms.
  public var duration: Double
  /// When the first pulse starts, in ms.
  public var start: Double
  /// When the stimulus ends, in ms; infinite where it never does.
  public var stop: Double

  /// Pulses of `duration` ms every `period` ms.
  public init(
    strength: Double, period: Double, duration: Double, start: Double = 0, stop: Double = .infinity
  ) {
    self.strength = strength
    self.period = period
    self.duration = duration
    self.start = start
    self.stop = stop
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("strength", &strength, in: .real)
    visit("period", &period, in: .positive, unit: .milliseconds)
    visit("duration", &duration, in: .nonnegative, unit: .milliseconds)
    visit("start", &start, in: .real, unit: .milliseconds)
    visit("stop", &stop, in: .endTime)
  }

  public func strength(at time: Double) -> Double {
    let tolerance = BinTime(time).tolerance(
      scale: max(abs(start), period), shortest: min(period, duration))
    let elapsed = time - start
    guard elapsed >= -tolerance, time < stop - tolerance else { return 0 }
    let phase = elapsed - ((elapsed + tolerance) / period).rounded(.down) * period
    return phase < duration - tolerance ? strength : 0
  }
}
