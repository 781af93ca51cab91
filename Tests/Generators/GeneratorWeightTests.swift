import Spiking
import SpikingTestCases
import Testing

/// Weights that are drawn for a graph, and Dale's law.
@Suite struct GeneratorWeightTests {
  private func strengths(_ network: Connectivity) -> [Double] {
    var strengths: [Double] = []
    network.forEachSynapse { strengths.append(Double(abs($2))) }
    return strengths
  }

  private func network(_ weights: some WeightDistribution) throws -> Connectivity {
    try ErdosRenyiGenerator(neurons: 300, probability: 0.2).weighted(weights).network(0, seed: 1)
  }

  @Test func `log-normal weights`() throws {
    let draws = try strengths(network(LogNormalWeights(mu: -0.702, sigma: 0.9355)))
    func law(_ mu: Double, _ sigma: Double) -> (Double) -> Double {
      { SpecialFunctions.normalCumulative((Elementary.logarithm($0) - mu) / sigma) }
    }
    #expect(kolmogorovSmirnov(draws, law(-0.702, 0.9355)) > 0.001)
    // The test can fail: a little wider, or with another median, is another distribution.
    #expect(kolmogorovSmirnov(draws, law(-0.702, 1.0)) < 0.001)
    #expect(kolmogorovSmirnov(draws, law(-0.66, 0.9355)) < 0.001)
    let (mean, error) = meanAndError(draws)
    #expect(abs(mean - Elementary.exponential(-0.702 + 0.9355 * 0.9355 / 2)) < 4 * error)
  }

  @Test func `normal weights are conditioned to be positive`() throws {
    for mean in [1.0, -2] {
      let draws = try strengths(network(NormalWeights(mean: mean, std: 0.8)))
      let below = SpecialFunctions.normalCumulative(-mean / 0.8)
      #expect(
        kolmogorovSmirnov(draws) {
          (SpecialFunctions.normalCumulative(($0 - mean) / 0.8) - below) / (1 - below)
        } > 0.001)
    }
  }

  @Test func `uniform and constant weights`() throws {
    let draws = try strengths(network(UniformWeights(low: 0.5, high: 2.5)))
    #expect(kolmogorovSmirnov(draws) { ($0 - 0.5) / 2 } > 0.001)
    #expect(try strengths(network(ConstantWeights(weight: 0.75))).allSatisfy { $0 == 0.75 })
  }

  @Test(arguments: [0, 0.35, 1.0])
  func `neurons keep to one sign, whatever makes the graph`(fraction: Double) throws {
    func check(_ base: some ConnectivityGenerator) throws {
      let graph = try base.network(0, seed: 2)
      let network = try base.weighted(
        LogNormalWeights(), excitatoryFraction: fraction, inhibitoryScale: 4
      ).network(0, seed: 2)
      let excitatory = Int((49 * fraction).rounded())
      network.forEachSynapse { source, _, weight in #expect((weight > 0) == (source < excitatory)) }
      // The graph is that of the seed without weights.
      #expect(network.synapseCount == graph.synapseCount)
      graph.forEachSynapse { source, target, _ in #expect(network[source, target] != 0) }
    }
    try check(ErdosRenyiGenerator(neurons: 49))
    try check(FixedInDegreeGenerator(neurons: 49))
    try check(FixedOutDegreeGenerator(neurons: 49))
    try check(WattsStrogatzGenerator(neurons: 49))
    try check(BarabasiAlbertGenerator(neurons: 49))
    try check(BlockModelGenerator(neurons: 49))
    try check(RingDistanceGenerator(neurons: 49))
    try check(TorusDistanceGenerator(neurons: 49))
    try check(MexicanHatGenerator(neurons: 49))
    try check(NormalGenerator(neurons: 49))
    try check(UniformGenerator(neurons: 49))
  }

  @Test func `inhibition is stronger by its scale`() throws {
    let network = try ErdosRenyiGenerator(neurons: 100, probability: 0.3).weighted(
      ConstantWeights(weight: 0.5), excitatoryFraction: 0.8, inhibitoryScale: 6
    ).network(0, seed: 3)
    network.forEachSynapse { source, _, weight in #expect(weight == (source < 80 ? 0.5 : -3)) }
  }

  @Test func `weights are independent of the graph, of each other and of the network`() throws {
    let generator = FixedOutDegreeGenerator(neurons: 200, degree: 20).weighted(
      UniformWeights(), excitatoryFraction: 1)
    let networks = try generator.networks(count: 2, seed: 4)
    let draws = networks.map(strengths)
    #expect(draws[0].count == 4000 && Set(draws[0] + draws[1]).count > 7990)
    // Correlations of weights with the next, with the other network's and with the target.
    var targets: [Double] = []
    networks[0].forEachSynapse { _, target, _ in targets.append(Double(target)) }
    for other in [Array(draws[0].dropFirst()), draws[1], targets, draws[0].suffix(3980)] {
      #expect(abs(correlation(draws[0], other)) < 4 / 4000.0.squareRoot())
    }
  }

  private func correlation(_ one: [Double], _ other: some Collection<Double>) -> Double {
    let n = Double(min(one.count, other.count))
    let pairs = Array(zip(one, other))
    let (a, b) = (pairs.reduce(0) { $0 + $1.0 } / n, pairs.reduce(0) { $0 + $1.1 } / n)
    let products = pairs.reduce((0.0, 0.0, 0.0)) { sum, pair in
      let (x, y) = (pair.0 - a, pair.1 - b)
      return (sum.0 + x * y, sum.1 + x * x, sum.2 + y * y)
    }
    return products.0 / (products.1 * products.2).squareRoot()
  }

  @Test func `the weakest synapses are still there, and the strongest are errors`() throws {
    #expect(try network(LogNormalWeights(mu: -500)).synapseCount > 17_000)
    #expect(throws: SpikingError.self) { try network(LogNormalWeights(mu: 500)) }
  }

  @Test func `parameters keep their names, and those of weights have a prefix`() throws {
    var generator = ErdosRenyiGenerator(neurons: 5).weighted(LogNormalWeights(mu: 1, sigma: 2))
      .scaled(toSpectralRadius: 3)
    #expect(
      generator.parameters.map(\.name) == [
        "neurons", "probability", "weights.mu", "weights.sigma", "weights.excitatoryFraction",
        "weights.inhibitoryScale", "spectralRadius",
      ])
    #expect(generator.parameters.map(\.value) == [5, 0.1, 1, 2, 0.8, 1, 3])
    try generator.setParameter("weights.sigma", to: 0.25)
    try generator.setParameter("neurons", to: 7)
    try generator.setParameter("weights.excitatoryFraction", to: 0.5)
    #expect(generator.base.weights.sigma == 0.25 && generator.base.base.neurons == 7)
    #expect(generator.base.excitatoryFraction == 0.5)
  }

  @Test func `wrong parameters of any part are errors`() {
    let base = ErdosRenyiGenerator(neurons: 9)
    #expect(throws: SpikingError.self) {
      try base.weighted(UniformWeights(low: 2, high: 1)).network(0, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try base.weighted(NormalWeights(std: 0)).network(0, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try base.weighted(ConstantWeights(), excitatoryFraction: 1.1).network(0, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try base.weighted(ConstantWeights(), inhibitoryScale: 0).network(0, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try base.scaled(toSpectralRadius: 0).network(0, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try FixedInDegreeGenerator(neurons: 9, degree: 9).weighted(ConstantWeights())
        .scaled(toSpectralRadius: 1).network(0, seed: 0)
    }
  }
}
