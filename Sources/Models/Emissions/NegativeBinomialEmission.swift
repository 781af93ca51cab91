public import SpikingFramework
internal import SpikingNumerics

/// Counts that vary more than Poisson counts: the negative binomial distribution of mean μ and
/// variance μ + μ²/k, where k is the shape. With growing k it becomes the Poisson distribution.
///
///     P(x) = Γ(x + k) / (x! Γ(k)) · (k / (k + μ))ᵏ · (μ / (k + μ))ˣ
///
/// It is a Poisson count whose mean is gamma-distributed: the gain of a neuron fluctuates from bin to
/// bin with a squared coefficient of variation of 1/k. (Greenwood and Yule 1920; Goris, Movshon and
/// Simoncelli 2014.)
public struct NegativeBinomialEmission: Emission, Hashable {
  /// k: the variance is μ + μ²/k. At least 0.001, where a neuron is silent in nearly all bins and
  /// fires hundreds of spikes in one.
  public var shape: Double

  /// The emission of a shape.
  public init(shape: Double = 1) {
    self.shape = shape
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("shape", &shape, in: ParameterDomain(.real, 0.001, .infinity))
  }

  public func sample(mean: Double, using random: inout RandomStream) -> Int {
    guard mean > 0 else { return 0 }
    let gain = random.gamma(shape: shape, scale: min(mean, 1e9) / shape)
    return random.poisson(mean: min(gain, 1e9))
  }

  public func variance(mean: Double) -> Double { mean + mean * mean / shape }

  /// - Complexity: O(count). The quotient of the gamma functions is a product of `count` factors,
  ///   each of which is divided by one of the powers' bases: a difference of logarithms of gamma
  ///   functions would lose all digits where the shape is large.
  public func logLikelihood(of count: Int, mean: Double) -> Double {
    logLikelihood(of: count, mean: mean, logMean: Elementary.logarithm(mean))
  }

  private func logLikelihood(of count: Int, mean: Double, logMean: Double) -> Double {
    if count < 0 { return -.infinity }
    var sum = -clusterMean(mean)
    if count == 0 { return sum }
    for previous in 0..<count {
      // Of a large mean the difference from 1 is the quotient itself.
      let excess = (Double(previous) - mean) / (shape + mean)
      sum +=
        excess > -0.5
        ? Elementary.log1p(excess)
        : Elementary.logarithm(shape + Double(previous)) - Elementary.logarithm(shape + mean)
    }
    return sum + Double(count) * logMean - SpecialFunctions.logFactorial(count)
  }

  public func score(of count: Int, mean: Double) -> Double {
    let excess = 1 + mean / shape
    return count == 0 ? -1 / excess : (Double(count) - mean) / mean / excess
  }

  /// With ln μ from the drive.
  public func logLikelihoodAndSlope(
    of count: Int, at drive: Double, of mean: DrivenMean<some Nonlinearity>
  ) -> (logLikelihood: Double, slope: Double) {
    let (value, slope) = mean.meanAndSlope(at: drive)
    if value == .infinity { return (-.infinity, 0) }
    if count <= 0 { return (logLikelihood(of: count, mean: value), -slope / (1 + value / shape)) }
    let (logMean, logSlope) = mean.logMeanAndSlope(at: drive)
    return (
      logLikelihood(of: count, mean: value, logMean: logMean),
      // (x − μ) (ln μ)′ / (1 + μ/k), in an order in which nothing leaves the range of numbers.
      (Double(count) - value) / (1 + value / shape) * logSlope
    )
  }

  public func sample(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes
  ) {
    PoissonEmission.sampleCounts(
      neurons, bounds: bounds, mean: mean, bin: bin, random: random, into: &spikes,
      probability: { -Elementary.expm1(-clusterMean($0)) },
      positiveCount: { positiveCount(mean: $0, using: &$1) })
  }

  /// m = k ln(1 + μ/k), the negative logarithm of P(0). The count is the sum of a Poisson number, of
  /// mean m, of clusters of logarithmic size. (Quenouille 1949.)
  private func clusterMean(_ mean: Double) -> Double {
    shape * Elementary.log1p(mean / shape)
  }

  /// A count under the condition that it is not zero, which means that there is a cluster; where there
  /// would be many, by drawing again whenever it is zero.
  private func positiveCount(mean: Double, using random: inout RandomStream) -> Int {
    let clusterMean = clusterMean(mean)
    guard clusterMean < 8 else {
      while true {
        let count = sample(mean: mean, using: &random)
        if count > 0 { return count }
      }
    }
    let clusters = PoissonEmission().positiveCount(mean: clusterMean, using: &random)
    return (0..<clusters).reduce(0) { count, _ in
      count + random.logarithmic(mean / (shape + mean))
    }
  }
}
