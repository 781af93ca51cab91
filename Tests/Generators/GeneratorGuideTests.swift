import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// What `Docs/Generators.md` shows.
@Suite struct GeneratorGuideTests {
  struct ExponentialWeights: WeightDistribution {
    var mean = 1.0

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("mean", &mean, in: .positive)
    }

    func weight(using random: inout RandomStream) -> Double { random.exponential(mean: mean) }
  }

  struct RandomChain: RowGenerator {
    var neurons = 1000
    var probability = 0.9

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("neurons", &neurons, in: .neuronCount)
      visit("probability", &probability, in: .fraction)
    }

    func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
      SparseRows(neuronCount: neurons, capacity: neurons, threads: threads) { sources, rows in
        for source in sources {
          var stream = random.stream(source)
          if source + 1 < neurons, stream.uniform() < probability { rows.append(source + 1, 1) }
          rows.endRow()
        }
      }
    }
  }

  @Test func `a composition`() throws {
    let generator = FixedInDegreeGenerator(neurons: 500, degree: 100)
      .weighted(
        LogNormalWeights(mu: -0.7, sigma: 0.94), excitatoryFraction: 0.8, inhibitoryScale: 4
      )
      .scaled(toSpectralRadius: 0.9)
      .delayed(by: UniformDelays(minimum: 1, maximum: 20))
    let network = try generator.network(0, seed: 7)
    #expect(try generator.networks(count: 2, seed: 7)[0] == network)
    #expect(Degrees(network).incoming.allSatisfy { $0 == 100 })
    #expect(network.maximumDelay == 20)
    network.forEachSynapse { source, _, weight in #expect((weight > 0) == (source < 400)) }
    let values = try Eigenvalues.all(
      of: network.matrix().map(Double.init), order: network.neuronCount)
    let squares = values.map { $0.real * $0.real + $0.imaginary * $0.imaginary }
    #expect(abs((squares.max() ?? 0) - 0.81) < 1e-5)
  }

  @Test func `plugins keep their promises and compose`() throws {
    #expect(problems(with: RandomChain()) == [])
    let chain = try RandomChain().weighted(ExponentialWeights(mean: 3), excitatoryFraction: 1)
      .network(0, seed: 1)
    // 999 chances at 0.9.
    #expect(abs(Double(chain.synapseCount) - 899.1) < 4 * (999 * 0.09).squareRoot())
    var draws: [Double] = []
    chain.forEachSynapse { draws.append(Double($2)) }
    #expect(kolmogorovSmirnov(draws) { 1 - Elementary.exponential(-$0 / 3) } > 0.001)
  }
}
