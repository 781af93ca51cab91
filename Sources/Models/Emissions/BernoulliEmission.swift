public import SpikingFramework
internal import SpikingNumerics

/// At most one spike a bin: P(1) = p, where p is the mean. A mean above 1 counts as 1.
///
/// ℓ = x ln p + (1 − x) ln(1 − p).
public struct BernoulliEmission: Emission, Hashable {
  /// The emission; it has no parameters.
  public init() {}

  public func sample(mean: Double, using random: inout RandomStream) -> Int {
    random.bernoulli(mean) ? 1 : 0
  }

  public func expectedCount(mean: Double) -> Double { min(mean, 1) }

  public func variance(mean: Double) -> Double {
    let p = min(mean, 1)
    return p * (1 - p)
  }

  public func logLikelihood(of count: Int, mean: Double) -> Double {
    switch count {
    case 0: Elementary.log1p(-min(mean, 1))
    case 1: Elementary.logarithm(min(mean, 1))
    default: -.infinity
    }
  }

  public func score(of count: Int, mean: Double) -> Double {
    count == 0 ? -1 / (1 - mean) : 1 / mean
  }

  /// ln p and ln(1 − p) from the drive: the first keeps its digits where p is small, the second where it is
  /// close to 1.
  public func logLikelihoodAndSlope(
    of count: Int, at drive: Double, of mean: DrivenMean<some Nonlinearity>
  ) -> (logLikelihood: Double, slope: Double) {
    switch count {
    case 0:
      let (logSilence, slope) = mean.logSilenceAndSlope(at: drive)
      return (logSilence, slope)
    case 1:
      let (logMean, slope) = mean.logMeanAndSlope(at: drive)
      return logMean > 0 ? (0, 0) : (logMean, slope)
    default: return (-.infinity, 0)
    }
  }

  public func silencesAndSlopes(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    logLikelihoods: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    mean.nonlinearity.logSilencesAndSlopes(
      at: drives, dt: mean.dt, logSilences: &logLikelihoods, slopes: &slopes)
  }

  /// (∂p/∂g)²/(p (1 − p)) = −∂ln p/∂g · ∂ln(1 − p)/∂g.
  public func information(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    into information: inout MutableSpan<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: drives.count) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      var slopes = MutableSpan(_unsafeStart: scratch, count: drives.count)
      mean.meansAndSlopes(at: drives, means: &information, slopes: &slopes)
      for index in drives.indices {
        let (p, slope) = (information[unchecked: index], slopes[unchecked: index])
        if p > 1e-300, p < 0.9 {
          information[unchecked: index] = slope / p * (slope / (1 - p))
        } else {
          let drive = drives[unchecked: index]
          let silence = mean.logSilenceAndSlope(at: drive)
          let weight = -mean.logMeanAndSlope(at: drive).slope * silence.slope
          information[unchecked: index] = weight.isFinite ? weight : 0
        }
      }
    }
  }

  public func sample(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes
  ) {
    BlockDraws.candidates(neurons, bounds: bounds, bin: bin, random: random) { index, word in
      let neuron = neurons.lowerBound + index
      let mean = mean(index)
      if mean.isNaN {
        spikes.fail(neuron: neuron, mean: mean)
      } else if BlockDraws.fires(word, probability: mean, neuron: neuron, bin: bin, random: random)
      {
        spikes.append(neuron: neuron, count: 1)
      }
    }
  }
}
