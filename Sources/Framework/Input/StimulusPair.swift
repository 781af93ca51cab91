/// A stimulus made of two others, as their sum is.
///
/// Its parameters are those of its parts, "first.strength", "second.period"; in files the parts stand
/// under these two keys. A conforming type owes `strength(at:)`, `add(to:of:at:)`, in which each part
/// sees its own `moment.part("first")` and `moment.part("second")`, and `pairing(_:_:)`.
public protocol StimulusPair: Stimulus {
  /// The type of one part.
  associatedtype First: Stimulus
  /// The type of the other part.
  associatedtype Second: Stimulus

  /// One part.
  var first: First { get set }
  /// The other part.
  var second: Second { get set }

  /// The same combination of two other stimuli.
  func pairing(_ first: some Stimulus, _ second: some Stimulus) -> any Stimulus
}

extension StimulusPair {
  /// The parameters of both parts.
  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("first", &first)
    visit("second", &second)
  }

  /// Checks the parameters, and all that the parts check.
  public func validate() throws(SpikingError) {
    try validateDomains()
    try SpikingError.within("first", first.validate())
    try SpikingError.within("second", second.validate())
  }

  /// Checks that both parts fit the networks.
  public func validate(
    targets: StimulusTargets, neuronCounts: [Int], dt: Double
  ) throws(SpikingError) {
    try SpikingError.within(
      "first", first.validate(targets: targets, neuronCounts: neuronCounts, dt: dt))
    try SpikingError.within(
      "second", second.validate(targets: targets, neuronCounts: neuronCounts, dt: dt))
  }
}
