public import SpikingFramework
internal import SpikingNumerics

/// Pulses at random times: the events of a Poisson process from `start` to `stop`, each `duration` long.
///
/// The stimulus is on at t for start ≤ t < stop wherever an event lies in (t − duration, t]; pulses that
/// overlap are one. The intervals between events are exponential, with a coefficient of variation of 1.
/// All targets of a network share the events; every network has its own. A pulse shorter than a bin
/// is missed where no bin starts within it.
///
/// Spikeometric 1.0.3 draws whole intervals of a Poisson distribution, which are nearly regular, and
/// gives all networks the same events, the first of them at the start.
public struct PoissonStimulus: Stimulus, Hashable {
  /// The drive during a pulse.
  public var strength: Double
  /// The mean interval between events in ms, at least a microsecond.
  public var meanInterval: Double
  /// The length of a pulse in ms.
  public var duration: Double
  /// When the process begins, in ms.
  public var start: Double
  /// When the stimulus ends, in ms; infinite where it never does.
  public var stop: Double

  /// Pulses of `duration` ms, on average one every `meanInterval` ms.
  public init(
    strength: Double, meanInterval: Double, duration: Double, start: Double = 0,
    stop: Double = .infinity
  ) {
    self.strength = strength
    self.meanInterval = meanInterval
    self.duration = duration
    self.start = start
    self.stop = stop
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("strength", &strength, in: .real)
    visit(
      "meanInterval", &meanInterval,
      in: ParameterDomain(.real, 1e-3, .infinity, unit: .milliseconds))
    visit("duration", &duration, in: .nonnegative, unit: .milliseconds)
    visit("start", &start, in: .real, unit: .milliseconds)
    visit("stop", &stop, in: .endTime)
  }

  /// The probability that a pulse is on, 1 − e^{−d/meanInterval}, times its strength; d is the
  /// duration, or the time since the start where that is shorter.
  public func strength(at time: Double) -> Double {
    guard BinTime(time).isWithin(start, duration: stop - start) else { return 0 }
    let window = max(0, min(duration, time - start))
    return strength * (1 - Elementary.exponential(-window / meanInterval))
  }

  /// - Complexity: O(targets), after a search for the latest event that takes constant time on average.
  public func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)
  {
    guard !targets.indices.isEmpty, BinTime(moment.time).isWithin(start, duration: stop - start),
      isOn(at: moment.time, moment.random)
    else { return }
    for index in targets.indices { drive[index] += strength }
  }

  /// Time is divided into segments of one mean interval, each with random numbers of its own, so that
  /// what happens at one time does not depend on whether earlier times were looked at. The latest
  /// segments come first: an event in one of them settles the matter.
  private func isOn(at time: Double, _ random: RandomSource) -> Bool {
    // From 2⁵³ on, segments cannot be told apart, and the search would not get from one to the next.
    let present = min((time - start) / meanInterval, 0x1p53)
    let past = present - duration / meanInterval
    var segment = present.rounded(.down)
    while segment >= 0, segment + 1 > past {
      if hasEvent(in: segment, after: past, through: present, random) { return true }
      segment -= 1
    }
    return false
  }

  /// Whether an event lies in (past, present], in units of the mean interval, within a segment. The
  /// process has no memory, so that each segment may start it again, with exponential gaps.
  private func hasEvent(
    in segment: Double, after past: Double, through present: Double, _ random: RandomSource
  ) -> Bool {
    var stream = random.stream(at: Int(segment))
    var event = -Elementary.logarithm(stream.uniform())
    while event < 1, segment + event <= present {
      if segment + event > past { return true }
      event -= Elementary.logarithm(stream.uniform())
    }
    return false
  }
}
