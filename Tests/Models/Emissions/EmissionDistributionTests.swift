import Spiking
import SpikingTestCases
import Testing

/// Gamma and logarithmic draws, and the counts of the emissions made from them, against their
/// distributions: χ² and Kolmogorov–Smirnov tests that fail for one seed in a thousand.
@Suite struct EmissionDistributionTests {
  private let draws = 100_000

  @Test(arguments: [0.2, 1, 5.5])
  func `gamma`(shape: Double) {
    var stream = RandomSource(seed: 61).stream()
    let values = (0..<draws).map { _ in stream.gamma(shape: shape, scale: 3) }
    #expect(
      kolmogorovSmirnov(values) { SpecialFunctions.regularizedGammaP(shape, $0 / 3) } > 0.001)
  }

  @Test(arguments: [0.1, 0.7, 0.99])
  func `logarithmic`(p: Double) {
    var stream = RandomSource(seed: 62).stream()
    var counts = [Int](repeating: 0, count: 2000)
    for _ in 0..<draws { counts[min(stream.logarithmic(p), 1999)] += 1 }
    #expect(counts[0] == 0)
    let scale = -1 / Elementary.log1p(-p)
    let probabilities = counts.indices.map { x -> Double in
      let power = Elementary.exponential(Double(x) * Elementary.logarithm(p))
      return x == 0 ? 0 : scale * power / Double(x)
    }
    #expect(chiSquared(counts, probabilities) > 0.001)
    #expect((0..<100).allSatisfy { _ in stream.logarithmic(0) == 1 })
  }

  /// Below a mean number of clusters of 8 by clusters, above by a gamma-distributed mean.
  @Test(arguments: [0.1, 1, 30], [0.004, 0.6, 5, 40])
  func `negative binomial counts of a block of neurons`(shape: Double, mean: Double) {
    let emission = NegativeBinomialEmission(shape: shape)
    var spikes = BinSpikes()
    emission.sample(
      0..<draws, means: [Double](repeating: mean, count: draws), bin: 7,
      random: RandomSource(seed: 63), into: &spikes)
    var counts = [Int](repeating: 0, count: 8000)
    for count in spikes.counts { counts[min(Int(count), 7999)] += 1 }
    counts[0] = draws - spikes.count
    let probabilities = counts.indices.map {
      Elementary.exponential(emission.logLikelihood(of: $0, mean: mean))
    }
    #expect(chiSquared(counts, probabilities) > 0.001)
  }

  @Test func `a large shape is a Poisson emission`() {
    let emission = NegativeBinomialEmission(shape: 1e15)
    for (count, mean) in [(0, 0.1), (1, 0.1), (3, 2.5), (100, 90)] {
      let expected = PoissonEmission().logLikelihood(of: count, mean: mean)
      #expect(abs(emission.logLikelihood(of: count, mean: mean) - expected) < 1e-11)
    }
  }

  @Test func `means of zero, beyond and NaN are taken at their word`() {
    let tiny = Double.leastNonzeroMagnitude
    func draw(_ emission: some Emission, _ means: [Double]) -> BinSpikes {
      var spikes = BinSpikes()
      for bin in 0..<500 {
        emission.sample(
          0..<means.count, means: means, bin: bin, random: RandomSource(seed: 64), into: &spikes)
      }
      return spikes
    }
    for shape in [0.001, 1, 1e300] {
      let emission = NegativeBinomialEmission(shape: shape)
      let silent = draw(emission, [0, -1, -1e300, tiny])
      #expect(silent.count == 0 && silent.fault == nil)
      for mean in [Double.nan, .infinity, 1e9] {
        #expect(draw(emission, [0, mean]).fault?.neuron == 1)
      }
    }
    let hazard = draw(HazardEmission(), [0, -1, -1e300, tiny, 50, 1e9, .infinity])
    #expect(hazard.fault == nil && hazard.count == 1500)
    #expect(Set(hazard.neurons) == [4, 5, 6])
    #expect(draw(HazardEmission(), [0, .nan]).fault?.neuron == 1)
  }
}
