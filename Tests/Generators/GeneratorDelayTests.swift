import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// Networks with a delay for each synapse.
@Suite struct GeneratorDelayTests {
  /// All synapses of a network.
  private func synapses(_ network: Connectivity) -> [(source: Int, target: Int, delay: Int)] {
    (0..<network.neuronCount).flatMap { source in
      var synapses: [(source: Int, target: Int, delay: Int)] = []
      network.forEachDelayedSynapse(from: source) { target, _, delay in
        synapses.append((source, target, delay))
      }
      return synapses
    }
  }

  @Test func `uniform delays are all as likely, and weights stay`() throws {
    let base = ErdosRenyiGenerator(neurons: 200).weighted(LogNormalWeights())
    let network = try base.delayed(by: UniformDelays(minimum: 3, maximum: 12)).network(0, seed: 1)
    let delays = synapses(network).map(\.delay)
    #expect(delays.allSatisfy { 3...12 ~= $0 } && network.maximumDelay == 12)
    let counts = occurrences(of: delays.map { $0 - 3 }, upTo: 9)
    #expect(chiSquared(counts, [Double](repeating: 0.1, count: 10)) > 0.001)
    let plain = try base.network(0, seed: 1)
    #expect(plain.synapseCount == network.synapseCount)
    var changed = 0
    plain.forEachSynapse { changed += network[$0, $1] == $2 ? 0 : 1 }
    #expect(changed == 0)
  }

  @Test func `delays grow with the distance round a ring`() throws {
    let network = try ErdosRenyiGenerator(neurons: 101).delayed(
      by: RingDistanceDelays(minimum: 2, neuronsPerBin: 4)
    ).network(0, seed: 2)
    for synapse in synapses(network) {
      let offset = abs(synapse.source - synapse.target)
      #expect(synapse.delay == 2 + min(offset, 101 - offset) / 4)
    }
    #expect(network.maximumDelay == 2 + 50 / 4)
  }

  @Test func `delays grow with the distance on a torus`() throws {
    let network = try ErdosRenyiGenerator(neurons: 64, probability: 0.3).delayed(
      by: TorusDistanceDelays(minimum: 1, neuronsPerBin: 0.5)
    ).network(0, seed: 3)
    for synapse in synapses(network) {
      let x = abs(synapse.source % 8 - synapse.target % 8)
      let y = abs(synapse.source / 8 - synapse.target / 8)
      let square = Double(min(x, 8 - x) * min(x, 8 - x) + min(y, 8 - y) * min(y, 8 - y))
      #expect(synapse.delay == 1 + Int(2 * square.squareRoot()))
    }
    #expect {
      try ErdosRenyiGenerator(neurons: 50).delayed(by: TorusDistanceDelays()).network(0, seed: 0)
    } throws: { error in
      "\(error)".contains("found 50, expected a square")
    }
  }

  @Test func `delays outlast weights, scaling and turning round`() throws {
    let delayed = FixedInDegreeGenerator(neurons: 300, degree: 40).delayed(
      by: UniformDelays(minimum: 1, maximum: 300))
    let delays = try synapses(delayed.network(0, seed: 4)).map(\.delay)
    let decorated = try delayed.weighted(NormalWeights()).scaled(toSpectralRadius: 1)
      .network(0, seed: 4)
    #expect(synapses(decorated).map(\.delay) == delays)
    #expect(problems(with: delayed.weighted(NormalWeights())) == [])
    guard case .sparse(let rows) = decorated.storage else { return }
    let turned = try Connectivity(rows: rows.transposed(threads: 2))
    let back = Dictionary(
      uniqueKeysWithValues: synapses(turned).map { ([$0.target, $0.source], $0.delay) })
    #expect(synapses(decorated).allSatisfy { back[[$0.source, $0.target]] == $0.delay })
  }

  @Test func `they do not depend on the number of threads`() throws {
    let generator = ErdosRenyiGenerator(neurons: 2000).delayed(by: UniformDelays())
    let one = try generator.network(0, seed: 5, threads: 1)
    for threads in [2, 3, 8] {
      #expect(try generator.network(0, seed: 5, threads: threads) == one)
    }
  }

  @Test func `what is too long is cut, and contradictions are errors`() throws {
    let ring = ErdosRenyiGenerator(neurons: 40).delayed(
      by: RingDistanceDelays(minimum: 65_535, neuronsPerBin: 1e-300))
    #expect(try ring.network(0, seed: 0).maximumDelay == 65_535)
    let base = ErdosRenyiGenerator(neurons: 40)
    for rule in [
      UniformDelays(minimum: 0), UniformDelays(minimum: 5, maximum: 4),
      UniformDelays(minimum: 1, maximum: 65_536),
    ] {
      #expect(throws: SpikingError.self) { try base.delayed(by: rule).network(0, seed: 0) }
    }
  }
}
