public import SpikingFramework

/// Pulses of constant strength at given times: on at t wherever a time lies in (t − duration, t].
/// Pulses that overlap are one.
public struct PulseTrainStimulus: Stimulus, Hashable {
  /// When the pulses start, in ms, ascending: they are sorted when they are set.
  public var times: [Double] {
    didSet { times.sort() }
  }
  /// The drive during a pulse.
  public var strength: Double
  /// The length of a pulse in ms.
  public var duration: Double

  /// Pulses of `duration` ms that start at `times` (ms), in any order.
  public init(times: [Double], strength: Double, duration: Double) {
    self.times = times.sorted()
    self.strength = strength
    self.duration = duration
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("strength", &strength, in: .real)
    visit("duration", &duration, in: .nonnegative, unit: .milliseconds)
  }

  public var arrays: [NamedArrays] {
    get { [NamedArrays("times", times)] }
    set { times = newValue[0].list }
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try SpikingError.within("PulseTrainStimulus.times", NumericArray(times).checkFinite())
  }

  /// - Complexity: O(log times).
  public func strength(at time: Double) -> Double {
    // The last pulse that has started is the last to end.
    let bin = BinTime(time)
    var (lower, upper) = (0, times.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if time - times[middle] >= -bin.tolerance(scale: times[middle], shortest: duration) {
        lower = middle + 1
      } else {
        upper = middle
      }
    }
    guard lower > 0, bin.isWithin(times[lower - 1], duration: duration) else { return 0 }
    return strength
  }
}
