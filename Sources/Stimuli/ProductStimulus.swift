public import SpikingFramework

/// The product of two stimuli, neuron by neuron: `pulses * noise` is noise while a pulse is on. Each part
/// draws random numbers of its own, so that the mean of the product is the product of the means.
public struct ProductStimulus<First: Stimulus, Second: Stimulus>: StimulusPair {
  public var first: First
  public var second: Second

  /// The product of two stimuli.
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  public func strength(at time: Double) -> Double {
    first.strength(at: time) * second.strength(at: time)
  }

  /// The parts are added to the drives of the targets one after the other, in place of what other stimuli
  /// have added before: no other memory than for the targets is needed.
  public func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)
  {
    if targets.indices.isEmpty { return }
    var before = [Double](repeating: 0, count: targets.indices.count)
    var factors = before
    for (place, index) in targets.indices.enumerated() {
      before[place] = drive[index]
      drive[index] = 0
    }
    first.add(to: &drive, of: targets, at: moment.part("first"))
    for (place, index) in targets.indices.enumerated() {
      factors[place] = drive[index]
      drive[index] = 0
    }
    second.add(to: &drive, of: targets, at: moment.part("second"))
    for (place, index) in targets.indices.enumerated() {
      drive[index] = before[place] + factors[place] * drive[index]
    }
  }

  public func pairing(_ first: some Stimulus, _ second: some Stimulus) -> any Stimulus {
    ProductStimulus<_, _>(first, second)
  }
}

extension ProductStimulus: Equatable where First: Equatable, Second: Equatable {}
extension ProductStimulus: Hashable where First: Hashable, Second: Hashable {}

extension Stimulus {
  /// The product of two stimuli, neuron by neuron.
  public static func * <Other: Stimulus>(
    left: Self, right: Other
  ) -> ProductStimulus<Self, Other> { ProductStimulus(left, right) }
}
