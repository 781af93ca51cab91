/// How spikes are drawn: the distribution of a neuron's count in one bin, given its mean.
///
/// Two methods are owed for simulation, `sample` and `variance`; `logLikelihood` and `score` serve
/// the fits. The batch form draws a whole block of neurons and may be replaced by a vectorised one.
public protocol Emission: Parameterized, Sendable {
  /// One count with the given mean.
  func sample(mean: Double, using random: inout RandomStream) -> Int

  /// The variance of the count.
  func variance(mean: Double) -> Double

  /// ln P(count | mean), in nats; `-.infinity` for a count that cannot occur.
  func logLikelihood(of count: Int, mean: Double) -> Double

  /// The derivative of the log-likelihood with respect to the mean.
  func score(of count: Int, mean: Double) -> Double

  /// Draws a count for each of a block of neurons and notes those that are not zero, in ascending
  /// order.
  ///
  /// Neuron `neurons.lowerBound + i` has mean `means[i]` and draws from
  /// `random.stream(neuron, at: bin)` alone, so that the result does not depend on the division
  /// into blocks.
  func sample(
    means: Span<Double>, neurons: Range<Int>, bin: Int, random: RandomSource,
    into spikes: inout BinSpikes)
}

extension Emission {
  /// `sample(mean:using:)` for each neuron.
  @inlinable
  public func sample(
    means: Span<Double>, neurons: Range<Int>, bin: Int, random: RandomSource,
    into spikes: inout BinSpikes
  ) {
    for index in means.indices {
      let neuron = neurons.lowerBound + index
      var stream = random.stream(neuron, at: bin)
      let count = sample(mean: means[unchecked: index], using: &stream)
      if count > 0 { spikes.append(neuron: neuron, count: count) }
    }
  }
}
