public import SpikingFramework
internal import SpikingNumerics

/// Any number of spikes a bin: P(x) = μˣ e^{−μ} / x!, where μ is the mean.
///
/// ℓ = x ln μ − μ − ln x!. Spikeometric 1.0.3 multiplies the drawn counts by dt; a count is a
/// count.
public struct PoissonEmission: Emission, Hashable {
  /// The emission; it has no parameters.
  public init() {}

  public func sample(mean: Double, using random: inout RandomStream) -> Int {
    mean > 0 ? random.poisson(mean: min(mean, 1e9)) : 0
  }

  public func variance(mean: Double) -> Double { mean }

  public func logLikelihood(of count: Int, mean: Double) -> Double {
    if count < 0 { return -.infinity }
    // 0 ln 0 is 0: a bin without spikes is certain where the mean is 0.
    let chance = count == 0 ? 0 : Double(count) * Elementary.logarithm(mean)
    return chance - mean - SpecialFunctions.logFactorial(count)
  }

  public func score(of count: Int, mean: Double) -> Double {
    count == 0 ? -1 : Double(count) / mean - 1
  }

  /// x ln μ − μ − ln x!, with ln μ from the drive.
  public func logLikelihoodAndSlope(
    of count: Int, at drive: Double, of mean: DrivenMean<some Nonlinearity>
  ) -> (logLikelihood: Double, slope: Double) {
    let (value, slope) = mean.meanAndSlope(at: drive)
    if count < 0 || value == .infinity { return (-.infinity, 0) }
    if count == 0 { return (-value, -slope) }
    let (logMean, logSlope) = mean.logMeanAndSlope(at: drive)
    return (
      Double(count) * logMean - value - SpecialFunctions.logFactorial(count),
      Double(count) * logSlope - slope
    )
  }

  public func silencesAndSlopes(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    logLikelihoods: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    mean.meansAndSlopes(at: drives, means: &logLikelihoods, slopes: &slopes)
    for index in drives.indices {
      let value = logLikelihoods[unchecked: index]
      logLikelihoods[unchecked: index] = -value
      slopes[unchecked: index] = value == .infinity ? 0 : -slopes[unchecked: index]
    }
  }

  public func sample(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes
  ) {
    Self.sampleCounts(
      neurons, bounds: bounds, mean: mean, bin: bin, random: random, into: &spikes,
      probability: { -Elementary.expm1(-$0) },
      positiveCount: { positiveCount(mean: $0, using: &$1) })
  }

  /// Draws counts in two steps: whether a neuron fires, and if so how often.
  ///
  /// - Parameters:
  ///   - probability: that of a count above 0, given a mean above 0.
  ///   - positiveCount: draws a count under the condition that it is not 0.
  @inline(__always)
  static func sampleCounts(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes, probability: (_ mean: Double) -> Double,
    positiveCount: (_ mean: Double, _ stream: inout RandomStream) -> Int
  ) {
    BlockDraws.candidates(neurons, bounds: bounds, bin: bin, random: random) { index, word in
      let neuron = neurons.lowerBound + index
      let mean = mean(index)
      guard mean <= largestMean else {
        spikes.fail(neuron: neuron, mean: mean)
        return
      }
      guard mean > 0,
        BlockDraws.fires(
          word, probability: probability(mean), neuron: neuron, bin: bin, random: random)
      else { return }
      var stream = random.stream(neuron, at: bin)
      // The first number of the stream may have settled whether there is a spike at all.
      _ = stream.next()
      spikes.append(neuron: neuron, count: positiveCount(mean, &stream))
    }
  }

  /// The largest mean that is drawn: counts stay within `BinSpikes.maximumCount` by 10 standard
  /// deviations.
  static let largestMean = 63_000.0

  /// A Poisson count under the condition that it is not zero: by inversion where the mean is small,
  /// else by drawing again whenever it is zero.
  func positiveCount(mean: Double, using random: inout RandomStream) -> Int {
    guard mean < 8 else {
      while true {
        let count = random.poisson(mean: mean)
        if count > 0 { return count }
      }
    }
    // P(x | x > 0) = μˣ / (x! (e^μ − 1)), summed from x = 1 until the uniform number is used up.
    var remainder = random.uniform()
    var probability = mean / Elementary.expm1(mean)
    var count = 1
    while remainder > probability, count < 200 {
      remainder -= probability
      count += 1
      probability *= mean / Double(count)
    }
    return count
  }
}
