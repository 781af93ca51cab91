import Spiking
import SpikingTestCases
import Testing

/// Every draw against the distribution it claims, at fixed seeds. A correct generator passes each
/// of these tests for all but one seed in a thousand.
@Suite struct DistributionTests {
  private let draws = 100_000

  private func draw<Value>(_ seed: UInt64, _ body: (inout RandomStream) -> Value) -> [Value] {
    var stream = RandomSource(seed: seed).stream()
    return (0..<draws).map { _ in body(&stream) }
  }

  @Test(arguments: [0.001, 0.3, 0.97])
  func `Bernoulli`(probability: Double) {
    let hits = draw(1) { $0.bernoulli(probability) }.count { $0 }
    #expect(chiSquared([draws - hits, hits], [1 - probability, probability]) > 0.001)
  }

  @Test(arguments: [0.01, 0.7, 5, 40])
  func `Poisson`(mean: Double) {
    let counts = draw(2) { $0.poisson(mean: mean) }
    #expect(chiSquared(histogram(counts), poisson(mean, upTo: 200)) > 0.001)
  }

  @Test func `normal`() {
    let values = draw(3) { $0.normal(mean: 2, standardDeviation: 3) }
    #expect(kolmogorovSmirnov(values) { SpecialFunctions.normalCumulative(($0 - 2) / 3) } > 0.001)
  }

  /// The k-th power of a standard normal number has the mean (k − 1)!! for even k, else 0.
  @Test func `normal moments, and tails to six standard deviations`() {
    var stream = RandomSource(seed: 12).stream()
    let count = 3_000_000
    var sums = [Double](repeating: 0, count: 7)
    var beyond = [Int](repeating: 0, count: 14)
    for _ in 0..<count {
      let x = stream.normal()
      var power = 1.0
      for k in 1...6 {
        power *= x
        sums[k] += power
      }
      // Counts of what lies beyond 0…6 standard deviations on either side.
      for sigmas in stride(from: 0, through: min(6, Int(abs(x))), by: 1) {
        beyond[x < 0 ? sigmas : sigmas + 7] += 1
      }
    }
    let moments: [Double] = [1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395]
    for k in 1...6 {
      let error = ((moments[2 * k] - moments[k] * moments[k]) / Double(count)).squareRoot()
      #expect(abs(sums[k] / Double(count) - moments[k]) < 5 * error, "moment \(k)")
    }
    for side in [0, 7] {
      for sigmas in 0...6 {
        let expected = Double(count) * SpecialFunctions.normalCumulative(-Double(sigmas))
        let found = beyond[side + sigmas]
        #expect(isPlausible(found, mean: expected), "\(found) beyond \(sigmas) on side \(side)")
      }
    }
  }

  @Test(arguments: [-1.0, 0, 2.5])
  func `normal above a limit`(limit: Double) {
    let values = draw(4) { $0.normal(mean: 1, standardDeviation: 2, above: limit) }
    let below = SpecialFunctions.normalCumulative((limit - 1) / 2)
    #expect(
      kolmogorovSmirnov(values) {
        (SpecialFunctions.normalCumulative(($0 - 1) / 2) - below) / (1 - below)
      } > 0.001)
  }

  @Test func `far tails keep their digits`() {
    // The excess over a limit far out is exponential with mean σ²/distance.
    let values = draw(10) { $0.normal(mean: -1e9, standardDeviation: 1, above: 0) }
    #expect(kolmogorovSmirnov(values) { 1 - Elementary.exponential(-$0 * 1e9) } > 0.001)
    #expect(
      draw(10) { $0.normal(mean: -1e200, standardDeviation: 1, above: 0) }.allSatisfy { $0 >= 0 })
  }

  @Test func `flat`() {
    #expect(kolmogorovSmirnov(draw(5) { $0.flat(-1, 3) }) { ($0 + 1) / 4 } > 0.001)
  }

  @Test func `exponential`() {
    #expect(
      kolmogorovSmirnov(draw(6) { $0.exponential(mean: 4) }) {
        1 - Elementary.exponential(-$0 / 4)
      } > 0.001)
  }

  @Test func `choose takes different numbers, each as often`() {
    var stream = RandomSource(seed: 7).stream()
    var counts = [Int](repeating: 0, count: 25)
    for _ in 0..<10_000 {
      let chosen = stream.choose(4, below: 25)
      #expect(chosen == Set(chosen).sorted() && chosen.count == 4)
      for neuron in chosen { counts[neuron] += 1 }
    }
    // Drawing without replacement makes the counts a little more even than χ² allows for.
    #expect(chiSquared(counts, [Double](repeating: 1.0 / 25, count: 25)) > 0.001)
  }

  @Test(arguments: [0.004, 0.3, 1, 7.5, 8.5, 60])
  func `Poisson counts of a block of neurons`(mean: Double) {
    var spikes = BinSpikes()
    let means = [Double](repeating: mean, count: draws)
    PoissonEmission().sample(
      0..<draws, means: means, bin: 7, random: RandomSource(seed: 8), into: &spikes)
    var counts = histogram(spikes.counts.map(Int.init))
    counts[0] = draws - spikes.count
    #expect(chiSquared(counts, poisson(mean, upTo: 200)) > 0.001)
  }

  @Test func `Bernoulli draws of a block follow each neuron's own probability`() {
    let probabilities = (0..<1000).map { Double($0) / 1000 }
    var hits = [Int](repeating: 0, count: 1000)
    let bins = 2000
    for bin in 0..<bins {
      var spikes = BinSpikes()
      BernoulliEmission().sample(
        0..<1000, means: probabilities, bin: bin, random: RandomSource(seed: 9),
        into: &spikes)
      for neuron in spikes.neurons { hits[Int(neuron)] += 1 }
    }
    #expect(hits[0] == 0)
    // Under the hypothesis Σ (hits − np)² / np(1 − p) is close to χ² with 999 degrees of freedom.
    let statistic = zip(hits, probabilities).dropFirst().reduce(0.0) { sum, pair in
      let (hits, p) = (Double(pair.0), pair.1)
      return sum + (hits - Double(bins) * p) * (hits - Double(bins) * p)
        / (Double(bins) * p * (1 - p))
    }
    let tail = SpecialFunctions.chiSquaredTail(statistic, degrees: 999)
    #expect(tail > 0.001 && tail < 0.999)
  }

  @Test func `probabilities of zero, one, beyond and NaN are taken at their word`() {
    let tiny = Double.leastNonzeroMagnitude
    let means = [0, -1, tiny, 1, 2, .infinity, 0, 0]
    for bin in 0..<5000 {
      var spikes = BinSpikes()
      BernoulliEmission().sample(
        0..<8, means: means, bin: bin, random: RandomSource(seed: 1), into: &spikes)
      #expect(spikes.neurons == [3, 4, 5] && spikes.fault == nil)
      spikes.removeAll()
      PoissonEmission().sample(
        0..<3, means: [0, -1, tiny], bin: bin, random: RandomSource(seed: 1),
        into: &spikes)
      #expect(spikes.count == 0 && spikes.fault == nil)
    }
    for means in [[0, Double.nan], [0, .infinity], [0, 1e9]] {
      var spikes = BinSpikes()
      PoissonEmission().sample(
        64..<66, means: means, bin: 0, random: RandomSource(seed: 1), into: &spikes)
      #expect(spikes.fault?.neuron == 65)
    }
    var spikes = BinSpikes()
    BernoulliEmission().sample(
      0..<1, means: [.nan], bin: 0, random: RandomSource(seed: 1), into: &spikes)
    #expect(spikes.fault?.neuron == 0)
  }

  private func histogram(_ counts: [Int]) -> [Int] {
    var histogram = [Int](repeating: 0, count: 201)
    for count in counts { histogram[min(count, 200)] += 1 }
    return histogram
  }

  private func poisson(_ mean: Double, upTo limit: Int) -> [Double] {
    (0...limit).map {
      Elementary.exponential(PoissonEmission().logLikelihood(of: $0, mean: mean))
    }
  }
}
