public import SpikingFramework
internal import SpikingNumerics

/// At most one spike a bin: P(1) = 1 − e^{−μ}, the probability that a Poisson process of intensity λ
/// has an event in a bin of width dt, where μ = λ dt. Any μ ≥ 0 is possible.
///
/// ℓ = x ln(1 − e^{−μ}) − (1 − x) μ, the likelihood of a discrete-time hazard model. Unlike p = μ it
/// needs no fine bins, and with a rate of eˣ it is a Bernoulli model with a complementary log-log
/// link. (Prentice and Gloeckler 1978.)
public struct HazardEmission: Emission, Hashable {
  /// The emission; it has no parameters.
  public init() {}

  public func sample(mean: Double, using random: inout RandomStream) -> Int {
    random.bernoulli(expectedCount(mean: mean)) ? 1 : 0
  }

  public func expectedCount(mean: Double) -> Double { -Elementary.expm1(-mean) }

  public func variance(mean: Double) -> Double {
    expectedCount(mean: mean) * Elementary.exponential(-mean)
  }

  /// (∂P(1)/∂μ)² / Var x = 1/(e^μ − 1): the mean of the count is not μ.
  public func information(mean: Double) -> Double { 1 / Elementary.expm1(mean) }

  public func logLikelihood(of count: Int, mean: Double) -> Double {
    switch count {
    case 0: -mean
    // Both forms of ln(1 − e^{−μ}) are exact; each keeps its digits on its own side of ln 2.
    case 1:
      mean < 0.6931
        ? Elementary.logarithm(-Elementary.expm1(-mean))
        : Elementary.log1p(-Elementary.exponential(-mean))
    default: -.infinity
    }
  }

  public func score(of count: Int, mean: Double) -> Double {
    count == 0 ? -1 : 1 / Elementary.expm1(mean)
  }

  /// ln(1 − e^{−μ}) is ln μ where μ is too small for a number.
  public func logLikelihoodAndSlope(
    of count: Int, at drive: Double, of mean: DrivenMean<some Nonlinearity>
  ) -> (logLikelihood: Double, slope: Double) {
    let (value, slope) = mean.meanAndSlope(at: drive)
    switch count {
    case 0: return value == .infinity ? (-.infinity, 0) : (-value, -slope)
    case 1:
      if value < 1e-16 {
        let (logMean, logSlope) = mean.logMeanAndSlope(at: drive)
        return (logMean, logSlope)
      }
      // From μ = 710 on e^μ leaves the range of numbers, and the slope is 0 to the last digit.
      return (
        logLikelihood(of: 1, mean: value), value > 700 ? 0 : slope / Elementary.expm1(value)
      )
    default: return (-.infinity, 0)
    }
  }

  public func silencesAndSlopes(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    logLikelihoods: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    PoissonEmission().silencesAndSlopes(
      at: drives, of: mean, logLikelihoods: &logLikelihoods, slopes: &slopes)
  }

  public func sample(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes
  ) {
    // 1 − e^{−μ} ≤ μ: the bounds of the means bound the probabilities, too.
    BlockDraws.candidates(neurons, bounds: bounds, bin: bin, random: random) { index, word in
      let neuron = neurons.lowerBound + index
      let mean = mean(index)
      let probability = expectedCount(mean: mean)
      if mean.isNaN {
        spikes.fail(neuron: neuron, mean: mean)
      } else if BlockDraws.fires(
        word, probability: probability, neuron: neuron, bin: bin, random: random)
      {
        spikes.append(neuron: neuron, count: 1)
      }
    }
  }
}
