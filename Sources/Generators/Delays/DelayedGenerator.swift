public import SpikingFramework

/// The networks of another generator with a delay for each synapse.
///
/// The delays that they had are replaced; weights stay. The parameters of `base` keep their names;
/// those of the rule begin with "delays.".
public struct DelayedGenerator<Base: ConnectivityGenerator, Rule: DelayRule>: RowGenerator {
  /// What makes the networks.
  public var base: Base
  /// What gives a synapse its delay.
  public var delays: Rule

  /// The networks of `base` with the delays of a rule.
  public init(_ base: Base, delays: Rule) {
    self.base = base
    self.delays = delays
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    base.visitParameters(&visit)
    visit("delays", &delays)
  }

  public func validate() throws(SpikingError) {
    try base.validate()
    try delays.validate()
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let network = try base.connectivity(random: random, threads: threads)
    var rows = network.sparseRows
    let (delays, neurons, random) = (delays, network.neuronCount, random["delays"])
    try delays.validate(neurons: neurons)
    rows.replaceDelays(
      with: rows.mapRows(threads: threads) { [rows] source, synapses, values in
        var stream = random.stream(source)
        for (index, synapse) in synapses.enumerated() {
          let delay = delays.delay(
            from: source, to: rows.target(synapse), neurons: neurons, using: &stream)
          let range = SparseRows.delayRange
          values[index] = UInt16(min(max(delay, range.lowerBound), range.upperBound))
        }
      })
    return rows
  }
}

extension DelayedGenerator: Equatable where Base: Equatable, Rule: Equatable {}
extension DelayedGenerator: Hashable where Base: Hashable, Rule: Hashable {}

extension ConnectivityGenerator {
  /// The same networks with a delay for each synapse.
  public func delayed<Rule: DelayRule>(by delays: Rule) -> DelayedGenerator<Self, Rule> {
    DelayedGenerator(self, delays: delays)
  }
}
