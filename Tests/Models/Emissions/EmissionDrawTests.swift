import Spiking
import SpikingTestCases
import Testing

/// The counts that emissions draw for blocks of neurons, against the distributions of GSL: moments
/// and independence within five standard errors, tails at fixed seeds.
@Suite struct EmissionDrawTests {
  /// The counts of a block of neurons of the same mean in each of some bins.
  private func counts(
    _ emission: some Emission, mean: Double, neurons: Int, bins: Range<Int>, seed: UInt64
  ) -> [[Double]] {
    let means = [Double](repeating: mean, count: neurons)
    let source = RandomSource(seed: seed)
    return bins.map { bin in
      var spikes = BinSpikes()
      emission.sample(0..<neurons, means: means, bin: bin, random: source, into: &spikes)
      var counts = [Double](repeating: 0, count: neurons)
      for (neuron, count) in zip(spikes.neurons, spikes.counts) {
        counts[Int(neuron)] = Double(count)
      }
      return counts
    }
  }

  @Test(arguments: [1e-4, 0.02, 0.3, 0.5, 0.97])
  func `Bernoulli spikes have their mean, and binomial counts`(probability: Double) {
    let (neurons, bins) = (1000, 400)
    let spikes = counts(
      BernoulliEmission(), mean: probability, neurons: neurons, bins: 0..<bins, seed: 41)
    let total = spikes.joined().reduce(0, +)
    let n = Double(neurons * bins)
    #expect(abs(total - n * probability) < 5 * (n * probability * (1 - probability)).squareRoot())
    // The spikes of one neuron, and those of one bin, are binomial.
    for (draws, sums) in [
      (neurons, spikes.map { Int($0.reduce(0, +)) }),
      (bins, (0..<neurons).map { neuron in Int(spikes.reduce(0) { $0 + $1[neuron] }) }),
    ] {
      var histogram = [Int](repeating: 0, count: draws + 1)
      for sum in sums { histogram[sum] += 1 }
      #expect(chiSquared(histogram, binomial(draws, probability)) > 0.001)
    }
  }

  @Test(arguments: [0.004, 0.5, 3, 7.99, 8.01, 45, 1000])
  func `Poisson counts have their mean and their variance`(mean: Double) {
    let (neurons, bins) = (1000, mean < 10 ? 200 : 50)
    let values = Array(
      counts(PoissonEmission(), mean: mean, neurons: neurons, bins: 0..<bins, seed: 42).joined())
    let n = Double(values.count)
    #expect(abs(values.reduce(0, +) / n - mean) < 5 * (mean / n).squareRoot())
    // The fourth central moment is μ + 3 μ², so that (x − μ)² has variance μ + 2 μ².
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    #expect(abs(variance - mean) < 5 * ((mean + 2 * mean * mean) / n).squareRoot())
  }

  /// Both the block's own method, by inversion, and GSL's `gsl_ran_poisson` above a mean of 8.
  @Test(arguments: [0.01, 0.5, 4, 20])
  func `Poisson counts six standard deviations out are as rare as they should be`(mean: Double) {
    let (neurons, bins) = (10_000, 100)
    let values = counts(
      PoissonEmission(), mean: mean, neurons: neurons, bins: 0..<bins, seed: 43
    ).joined()
    for sigmas in [3.0, 4, 5, 6] {
      let limit = Int((mean + sigmas * mean.squareRoot()).rounded(.up))
      // P(count ≥ k) = P(k, μ), the regularized incomplete gamma function.
      let expected =
        Double(neurons * bins) * SpecialFunctions.regularizedGammaP(Double(limit), mean)
      let found = values.count { $0 >= Double(limit) }
      #expect(
        isPlausible(found, mean: expected), "\(found) of at least \(limit), expected \(expected)")
    }
  }

  @Test func `counts of neighbouring neurons and bins are independent`() {
    for mean in [0.05, 0.7, 9] {
      let counts = counts(
        PoissonEmission(), mean: mean, neurons: 512, bins: -100..<200, seed: 44)
      for lag in [1, 16, 64] {
        #expect(
          abs(
            correlation(counts.flatMap { $0.dropLast(lag) }, counts.flatMap { $0.dropFirst(lag) }))
            < 5, "neurons \(lag) apart, mean \(mean)")
        #expect(
          abs(
            correlation(Array(counts.dropLast(lag).joined()), Array(counts.dropFirst(lag).joined()))
          )
            < 5, "bins \(lag) apart, mean \(mean)")
      }
    }
  }

  /// The bounds only say whom to ask.
  @Test func `neither bounds nor blocks change what is drawn`() {
    let means = (0..<512).map { Double($0 * 37 % 512) / 1000 }
    let source = RandomSource(seed: 45)
    func draw(_ emission: some Emission, _ block: Range<Int>, _ bounds: [Float]) -> BinSpikes {
      var spikes = BinSpikes()
      emission.sample(
        block, bounds: bounds.span, mean: { means[block.lowerBound + $0] }, bin: 9, random: source,
        into: &spikes)
      return spikes
    }
    func check(_ emission: some Emission) {
      let tight = draw(emission, 0..<512, means.map { Float($0) })
      #expect(tight.count > 50)
      for bound in [Float(1), .nan, .infinity] {
        let loose = draw(emission, 0..<512, [Float](repeating: bound, count: 512))
        #expect(loose.neurons == tight.neurons && loose.counts == tight.counts)
      }
      let parts = [0..<64, 64..<320, 320..<512].map { block in
        draw(emission, block, means[block].map { Float($0) * 1.06 })
      }
      #expect(parts.flatMap(\.neurons) == tight.neurons && parts.flatMap(\.counts) == tight.counts)
    }
    check(BernoulliEmission())
    check(PoissonEmission())
    check(HazardEmission())
    check(NegativeBinomialEmission(shape: 0.3))
    check(NegativeBinomialEmission(shape: 20))
  }

  @Test func `a hazard of exponential rates is a complementary log-log link`() {
    let drives = (0..<512).map { Double($0) / 100 - 5 }
    let source = RandomSource(seed: 46)
    var hazard = BinSpikes()
    HazardEmission().sample(
      0..<512, means: drives.map { Exponential().rate(at: $0) }, bin: 2, random: source,
      into: &hazard)
    var link = BinSpikes()
    BernoulliEmission().sample(
      0..<512, means: drives.map { ComplementaryLogLog().rate(at: $0) }, bin: 2, random: source,
      into: &link)
    #expect(hazard.neurons == link.neurons && hazard.count > 50)
  }

  /// n! / (k! (n − k)!) pᵏ (1 − p)ⁿ⁻ᵏ for k = 0 … n.
  private func binomial(_ n: Int, _ p: Double) -> [Double] {
    (0...n).map { k in
      Elementary.exponential(
        SpecialFunctions.logFactorial(n) - SpecialFunctions.logFactorial(k)
          - SpecialFunctions.logFactorial(n - k) + Double(k) * Elementary.logarithm(p)
          + Double(n - k) * Elementary.log1p(-p))
    }
  }
}
