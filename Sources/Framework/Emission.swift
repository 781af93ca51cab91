/// How spikes are drawn: the distribution of a neuron's count in one bin, given its mean.
///
/// What a model hands over as the `mean` is the rate times the width of the bin. For most emissions
/// it is the mean of the count; one that leaves out spikes, such as a second one in a bin, says what
/// is left in `expectedCount`.
///
/// Four methods are owed: `sample` for simulation, `variance`, `logLikelihood` and `score` for fits
/// and tests. The forms that take drives, for likelihoods at the ends of the range of numbers, and the batch
/// forms, which draw a whole block of neurons and score many bins, may be replaced by better ones.
public protocol Emission: Parameterized, Sendable {
  /// One count with the given mean.
  func sample(mean: Double, using random: inout RandomStream) -> Int

  /// The mean of the count; `mean` itself by default, and never more.
  func expectedCount(mean: Double) -> Double

  /// The variance of the count.
  func variance(mean: Double) -> Double

  /// ln P(count | mean), in nats; `-.infinity` for a count that cannot occur.
  func logLikelihood(of count: Int, mean: Double) -> Double

  /// The derivative of the log-likelihood with respect to the mean.
  func score(of count: Int, mean: Double) -> Double

  /// The Fisher information on the mean, the variance of the score; by default 1 / `variance(mean:)`, as
  /// in all families in which `mean` is the mean of the count.
  func information(mean: Double) -> Double

  /// ln P(count) in a bin whose mean follows from a drive, and its derivative with respect to the drive.
  /// By default from `logLikelihood` and `score`; replaced where that loses digits.
  func logLikelihoodAndSlope(
    of count: Int, at drive: Double, of mean: DrivenMean<some Nonlinearity>
  ) -> (logLikelihood: Double, slope: Double)

  /// `logLikelihoodAndSlope` of a count of 0, which nearly all bins have, at many drives; all spans have
  /// the same length.
  func silencesAndSlopes(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    logLikelihoods: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>)

  /// The Fisher information on each of many drives, (∂μ/∂g)² `information(mean:)`; 0 where nothing is
  /// learned. Both spans have the same length.
  func information(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    into information: inout MutableSpan<Double>)

  /// Draws a count for each of a block of neurons and notes those that are not zero, in ascending
  /// order.
  ///
  /// A count is positive with a probability of at most its mean (Markov's inequality), so that a
  /// bound on the mean settles for nearly all neurons that they are silent. What neuron n draws
  /// depends on its mean, n, `bin` and `random` alone, not on the division into blocks.
  ///
  /// - Parameters:
  ///   - neurons: the block; it begins at a multiple of 64.
  ///   - bounds: upper bounds of the means, to within a millionth; NaN where nothing is known.
  ///   - mean: the mean of neuron `neurons.lowerBound + index`.
  ///   - bin: the bin.
  ///   - random: the network's randomness.
  ///   - spikes: takes the counts.
  func sample(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes)
}

extension Emission {
  /// The most spikes of a bin on average, whatever the mean: 1 where there is at most one, else infinite.
  public var maximumCount: Double {
    let count = expectedCount(mean: .infinity)
    return count > 0 ? count : .infinity
  }

  /// The mean.
  @inlinable
  public func expectedCount(mean: Double) -> Double { mean }

  /// 1 / variance.
  @inlinable
  public func information(mean: Double) -> Double { 1 / variance(mean: mean) }

  /// `sample(mean:using:)` for each neuron, from its own stream.
  @inlinable
  public func sample(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes
  ) {
    for index in bounds.indices {
      let neuron = neurons.lowerBound + index
      let mean = mean(index)
      guard mean <= Double(BinSpikes.maximumCount) else {
        spikes.fail(neuron: neuron, mean: mean)
        continue
      }
      var stream = random.stream(neuron, at: bin)
      let count = sample(mean: mean, using: &stream)
      if count > 0 { spikes.append(neuron: neuron, count: count) }
    }
  }

  /// Draws a count for each of a block of neurons whose means are known.
  public func sample(
    _ neurons: Range<Int>, means: [Double], bin: Int, random: RandomSource,
    into spikes: inout BinSpikes
  ) {
    let bounds = means.map { Float($0) }
    sample(
      neurons, bounds: bounds.span, mean: { means[$0] }, bin: bin, random: random, into: &spikes)
  }
}
