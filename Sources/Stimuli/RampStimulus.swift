public import SpikingFramework

/// A drive that changes steadily: from + (to − from) · (t − start)/duration for
/// start ≤ t < start + duration, and zero outside.
public struct RampStimulus: Stimulus, Hashable {
  /// The drive at the start.
  public var from: Double
  /// The drive that it has reached at the end.
  public var to: Double
  /// When it begins, in ms.
  public var start: Double
  /// How long it lasts, in ms.
  public var duration: Double

  /// A ramp of `duration` ms.
  public init(from: Double = 0, to: Double, start: Double = 0, duration: Double) {
    self.from = from
    self.to = to
    self.start = start
    self.duration = duration
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("from", &from, in: .real)
    visit("to", &to, in: .real)
    visit("start", &start, in: .real, unit: .milliseconds)
    visit("duration", &duration, in: .positive, unit: .milliseconds)
  }

  public func strength(at time: Double) -> Double {
    guard BinTime(time).isWithin(start, duration: duration) else { return 0 }
    return from + (to - from) * ((time - start) / duration)
  }
}
