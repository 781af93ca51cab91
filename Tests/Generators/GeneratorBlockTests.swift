import Spiking
import SpikingTestCases
import Testing

/// The stochastic block model.
@Suite struct GeneratorBlockTests {
  /// Counts of synapses from block to block within 4 standard errors of their binomial means.
  private func expectDensities(
    _ network: Connectivity, _ blocks: [Range<Int>], _ probability: (Int, Int) -> Double
  ) {
    var counts = blocks.map { _ in [Int](repeating: 0, count: blocks.count) }
    network.forEachSynapse { source, target, weight in
      #expect(source != target && weight == 1)
      let from = blocks.firstIndex { $0.contains(source) } ?? 0
      let to = blocks.firstIndex { $0.contains(target) } ?? 0
      counts[from][to] += 1
    }
    for from in blocks.indices {
      for to in blocks.indices {
        let pairs = Double(blocks[from].count * (blocks[to].count - (from == to ? 1 : 0)))
        let p = probability(from, to)
        #expect(
          abs(Double(counts[from][to]) - pairs * p) <= 4 * (pairs * p * (1 - p)).squareRoot(),
          "block \(from) to block \(to)")
      }
    }
  }

  @Test(arguments: [1, 2, 7])
  func `equal blocks have the two densities`(blocks: Int) throws {
    let generator = BlockModelGenerator(
      neurons: 500, blocks: blocks, probabilityWithin: 0.3, probabilityBetween: 0.04)
    let ranges = (0..<blocks).map(generator.neurons(ofBlock:))
    #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == 500)
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(ranges.allSatisfy { 500 / blocks...500 / blocks + 1 ~= $0.count })
    try expectDensities(generator.network(0, seed: 1), ranges) { $0 == $1 ? 0.3 : 0.04 }
  }

  @Test func `a matrix gives each pair of blocks its own density`() throws {
    let probabilities = [[0.1, 0.5, 0], [0.02, 1, 0.3], [0.7, 0.25, 0.9]]
    let network = try BlockMatrixGenerator(sizes: [200, 50, 120], probabilities: probabilities)
      .network(0, seed: 2)
    #expect(network.neuronCount == 370)
    expectDensities(network, [0..<200, 200..<250, 250..<370]) { probabilities[$0][$1] }
  }

  @Test func `blocks of one neuron have synapses between them alone`() throws {
    let network = try BlockModelGenerator(
      neurons: 8, blocks: 8, probabilityWithin: 0, probabilityBetween: 1
    ).network(0, seed: 0)
    #expect(network.synapseCount == 56)
  }

  @Test(arguments: [
    BlockMatrixGenerator(sizes: [], probabilities: []),
    BlockMatrixGenerator(sizes: [3, 0], probabilities: [[0, 0], [0, 0]]),
    BlockMatrixGenerator(sizes: [3, 2], probabilities: [[0, 0], [0]]),
    BlockMatrixGenerator(sizes: [3, 2], probabilities: [[0, 0], [0, 1.5]]),
    BlockMatrixGenerator(sizes: [3], probabilities: [[.nan]]),
    BlockMatrixGenerator(sizes: [.max, .max], probabilities: [[0, 0], [0, 0]]),
  ])
  func `a matrix that does not fit is an error`(generator: BlockMatrixGenerator) {
    #expect(throws: SpikingError.self) { try generator.network(0, seed: 0) }
  }

  @Test func `more blocks than neurons is an error`() {
    let error = #expect(throws: SpikingError.self) {
      try BlockModelGenerator(neurons: 4, blocks: 5).network(0, seed: 0)
    }
    #expect(error?.description.contains("blocks: found 5") == true)
  }
}
