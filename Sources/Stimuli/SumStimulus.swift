public import SpikingFramework

/// The sum of two stimuli: `pulses + noise`. Each part draws random numbers of its own.
public struct SumStimulus<First: Stimulus, Second: Stimulus>: StimulusPair {
  public var first: First
  public var second: Second

  /// The sum of two stimuli.
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  public func strength(at time: Double) -> Double {
    first.strength(at: time) + second.strength(at: time)
  }

  public func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)
  {
    first.add(to: &drive, of: targets, at: moment.part("first"))
    second.add(to: &drive, of: targets, at: moment.part("second"))
  }

  public func pairing(_ first: some Stimulus, _ second: some Stimulus) -> any Stimulus {
    SumStimulus<_, _>(first, second)
  }
}

extension SumStimulus: Equatable where First: Equatable, Second: Equatable {}
extension SumStimulus: Hashable where First: Hashable, Second: Hashable {}

extension Stimulus {
  /// The sum of two stimuli.
  public static func + <Other: Stimulus>(
    left: Self, right: Other
  ) -> SumStimulus<Self, Other> { SumStimulus(left, right) }
}
