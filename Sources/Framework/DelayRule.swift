/// How long synapses take: delays in bins, which `DelayedGenerator` gives to those of a network.
///
/// A spike of bin t through a synapse of delay d first acts in bin t + d.
public protocol DelayRule: Parameterized, Sendable {
  /// The delay of one synapse, at least 1; longer ones than `SparseRows.delayRange` allows are cut.
  ///
  /// The parameters are valid.
  ///
  /// - Parameters:
  ///   - source: the presynaptic neuron.
  ///   - target: the postsynaptic neuron.
  ///   - neurons: the number of neurons of the network.
  ///   - random: the stream of the source.
  func delay(
    from source: Int, to target: Int, neurons: Int, using random: inout RandomStream
  ) -> Int

  /// Throws unless the rule can be applied to networks of `neurons` neurons. The default has no
  /// objection.
  func validate(neurons: Int) throws(SpikingError)
}

extension DelayRule {
  public func validate(neurons: Int) throws(SpikingError) {}
}
