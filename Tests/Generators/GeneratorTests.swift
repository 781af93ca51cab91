import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

@Suite struct GeneratorTests {
  @Test func `every generator keeps its promises`() {
    #expect(problems(with: NormalGenerator(neurons: 7, mean: -0.3, std: 2)) == [])
    #expect(problems(with: UniformGenerator(neurons: 9)) == [])
    #expect(problems(with: UniformGenerator(neurons: 9, low: -0.2, high: 1)) == [])
    #expect(problems(with: MexicanHatGenerator(neurons: 11)) == [])
  }

  @Test func `the normal generator has the peer's distribution`() throws {
    let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(
      count: 200, seed: 1)
    // Half-normal weights: mean σ√(2/π), standard deviation σ√(1 − 2/π), with σ = 5/√50.
    try expectDale(networks, density: 0.5, mean: 0.5641896, deviation: 0.4262512, peer: "normal")
    let synapses = networks.flatMap(weights).map(abs)
    #expect(
      kolmogorovSmirnov(synapses) {
        2 * SpecialFunctions.normalCumulative($0 * 50.squareRoot() / 5) - 1
      } > 0.001)
  }

  @Test func `the uniform generator has the peer's distribution`() throws {
    let networks = try UniformGenerator(neurons: 50, sparsity: 0.75).networks(count: 200, seed: 2)
    try expectDale(networks, density: 0.25, mean: 0.5, deviation: 0.2886751, peer: "uniform")
    #expect(kolmogorovSmirnov(networks.flatMap(weights).map(abs)) { $0 } > 0.001)
  }

  @Test func `an asymmetric range keeps its signs as drawn`() throws {
    let network = try UniformGenerator(neurons: 100, low: -0.25, high: 0.75).network(0, seed: 3)
    #expect(kolmogorovSmirnov(weights(network)) { $0 + 0.25 } > 0.001)
  }

  @Test func `a mean other than zero shifts the weights under the condition on their sign`() throws
  {
    let network = try NormalGenerator(neurons: 200, mean: 1, std: 1).network(0, seed: 4)
    let below = SpecialFunctions.normalCumulative(-1)
    let excitatory = weights(network).filter { $0 > 0 }
    #expect(
      kolmogorovSmirnov(excitatory) {
        (SpecialFunctions.normalCumulative($0 - 1) - below) / (1 - below)
      } > 0.001)
    let inhibitory = weights(network).filter { $0 < 0 }
    #expect(
      kolmogorovSmirnov(inhibitory) { SpecialFunctions.normalCumulative($0 - 1) / below } > 0.001)
  }

  @Test(arguments: [0.0, 0.3, 1])
  func `odd sizes, any density and any excitatory fraction are possible`(fraction: Double) throws {
    for sparsity in [0, 0.2, 0.999, 1] {
      let generator = NormalGenerator(
        neurons: 41, sparsity: sparsity, excitatoryFraction: fraction)
      let network = try generator.network(0, seed: 5)
      let excitatory = Int((41 * fraction).rounded())
      network.forEachSynapse { source, target, weight in
        #expect(source != target && (weight > 0) == (source < excitatory))
      }
      let pairs = 41.0 * 40
      let error = (pairs * sparsity * (1 - sparsity)).squareRoot()
      #expect(abs(Double(network.synapseCount) - pairs * (1 - sparsity)) <= 4 * error)
    }
    #expect(try NormalGenerator(neurons: 1).network(0, seed: 0).synapseCount == 0)
  }

  @Test func `rows are independent and every pair is as likely`() throws {
    let networks = try NormalGenerator(neurons: 8, sparsity: 0.7).networks(count: 4000, seed: 6)
    var counts = [Int](repeating: 0, count: 64)
    for network in networks {
      network.forEachSynapse { source, target, _ in counts[source * 8 + target] += 1 }
    }
    let offDiagonal = counts.indices.filter { $0 / 8 != $0 % 8 }.map { counts[$0] }
    #expect(counts.indices.filter { $0 / 8 == $0 % 8 }.allSatisfy { counts[$0] == 0 })
    // Counts of each pair are binomial; their χ² against the known probability 0.3.
    let statistic = offDiagonal.reduce(0.0) { sum, count in
      sum + (Double(count) - 1200) * (Double(count) - 1200) / (4000 * 0.3 * 0.7)
    }
    #expect(SpecialFunctions.chiSquaredTail(statistic, degrees: 56) > 0.001)
    // Rows i and i + 4 share a target as often as chance has it: 0.3² of the networks.
    var joint = 0
    for network in networks {
      for source in 0..<4 {
        for target in 0..<8 where target != source && target != source + 4 {
          joint += network[source, target] != 0 && network[source + 4, target] != 0 ? 1 : 0
        }
      }
    }
    let trials = 4000.0 * 24
    #expect(abs(Double(joint) - trials * 0.09) < 4 * (trials * 0.09 * 0.91).squareRoot())
  }

  @Test func `the Mexican hat equals the peer's matrix`() throws {
    struct Golden: Decodable {
      struct Hat: Decodable {
        let n: Int
        let a, sigma1, sigma2: Double
        let matrix: [[Double]]
      }
      let mexicanHat: Hat
    }
    let hat = try golden("generators", as: Golden.self).mexicanHat
    let network = try MexicanHatGenerator(
      neurons: hat.n, a: hat.a, sigma1: hat.sigma1, sigma2: hat.sigma2
    ).network(0, seed: 0)
    for source in 0..<hat.n {
      for target in 0..<hat.n {
        #expect(abs(Double(network[source, target]) - hat.matrix[source][target]) < 1e-7)
      }
    }
  }

  @Test func `contradictory parameters are errors`() {
    #expect(throws: SpikingError.self) {
      try UniformGenerator(neurons: 5, low: 1, high: 1).networks(count: 1, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try NormalGenerator(neurons: 5, std: -1).networks(count: 1, seed: 0)
    }
    #expect(throws: SpikingError.self) { try NormalGenerator(neurons: 0).network(0, seed: 0) }
  }

  private func weights(_ network: Connectivity) -> [Double] {
    var weights: [Double] = []
    network.forEachSynapse { weights.append(Double($2)) }
    return weights
  }

  /// Density and moments within 4 standard errors of theory, and of the peer's own matrices.
  private func expectDale(
    _ networks: [Connectivity], density: Double, mean: Double, deviation: Double, peer: String
  ) throws {
    struct Moment: Decodable { let mean, standardError: Double }
    struct Case: Decodable {
      struct Statistics: Decodable { let density, excitatoryMean: Moment }
      let statistics: Statistics
    }
    let stored = try golden("generators", as: [String: Lenient<Case>].self)[peer]
    let theirs = try #require(stored?.value).statistics
    let densities = meanAndError(networks.map(\.density))
    #expect(abs(densities.mean - density) < 4 * densities.error)
    #expect(abs(densities.mean - theirs.density.mean) < 4 * densities.error)
    let weights = networks.flatMap(weights)
    for sign in [1.0, -1] {
      let values = weights.filter { $0 * sign > 0 }.map { $0 * sign }
      let (found, error) = meanAndError(values)
      #expect(abs(found - mean) < 4 * error)
      #expect(
        abs(found - theirs.excitatoryMean.mean) < 4 * (error + theirs.excitatoryMean.standardError))
      let squares = meanAndError(values.map { ($0 - mean) * ($0 - mean) })
      #expect(abs(squares.mean - deviation * deviation) < 4 * squares.error)
    }
  }
}
