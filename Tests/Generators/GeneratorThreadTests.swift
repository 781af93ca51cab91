import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// Networks that are made on several threads, and large ones.
@Suite struct GeneratorThreadTests {
  /// The same network on 1, 2, 3 and 8 threads.
  private func expectSame(
    _ generator: some ConnectivityGenerator, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let one = try generator.network(0, seed: 1, threads: 1)
    // More synapses than one chunk has.
    #expect(one.synapseCount > 100_000, sourceLocation: sourceLocation)
    for threads in [2, 3, 8] {
      let other = try generator.network(0, seed: 1, threads: threads)
      #expect(other == one, "\(threads) threads", sourceLocation: sourceLocation)
    }
    #expect(try generator.network(0, seed: 1) == one, sourceLocation: sourceLocation)
    #expect(try generator.network(0, seed: 2) != one, sourceLocation: sourceLocation)
  }

  @Test func `a network does not depend on the number of threads`() throws {
    try expectSame(ErdosRenyiGenerator(neurons: 3000, probability: 0.1))
    try expectSame(FixedInDegreeGenerator(neurons: 3000, degree: 200))
    try expectSame(FixedOutDegreeGenerator(neurons: 3000, degree: 200))
    try expectSame(WattsStrogatzGenerator(neurons: 3000, degree: 100, rewiring: 0.3))
    try expectSame(BarabasiAlbertGenerator(neurons: 3000, links: 50))
    try expectSame(BlockModelGenerator(neurons: 3000))
    try expectSame(RingDistanceGenerator(neurons: 3000, peak: 1, length: 100))
    try expectSame(TorusDistanceGenerator(neurons: 3025, peak: 1, length: 5))
    try expectSame(NormalGenerator(neurons: 1500, sparsity: 0.8))
    try expectSame(UniformGenerator(neurons: 800, sparsity: 0.3))
  }

  @Test func `nor do its weights`() throws {
    let base = ErdosRenyiGenerator(neurons: 2000, probability: 0.1)
    try expectSame(base.weighted(LogNormalWeights()))
    try expectSame(base.weighted(NormalWeights()).scaled(toSpectralRadius: 1))
    try expectSame(
      FixedInDegreeGenerator(neurons: 1200, degree: 100).weighted(UniformWeights())
        .scaled(toSpectralRadius: 1))
  }

  @Test func `a hundred thousand neurons take wide targets`() throws {
    let generator = FixedInDegreeGenerator(neurons: 100_000, degree: 10).weighted(
      LogNormalWeights())
    try expectSame(generator)
    let degrees = try Degrees(generator.network(0, seed: 1))
    #expect(degrees.incoming.allSatisfy { $0 == 10 })
    let law = Array(binomial(99_999, 10.0 / 99_999).prefix(50))
    #expect(chiSquared(occurrences(of: degrees.outgoing, upTo: 49), law) > 0.001)
  }

  @Test func `twenty million synapses take seconds`() throws {
    let generator = ErdosRenyiGenerator(neurons: 20_000, probability: 0.05).weighted(
      LogNormalWeights(mu: -1, sigma: 0.5))
    var network = try ErdosRenyiGenerator(neurons: 1).network(0, seed: 0)
    let duration = try ContinuousClock().measure { network = try generator.network(0, seed: 5) }
    // Two seconds where nothing else runs.
    #expect(duration < .seconds(60))
    let pairs = 20_000.0 * 19_999
    #expect(
      abs(Double(network.synapseCount) - pairs * 0.05) < 4 * (pairs * 0.05 * 0.95).squareRoot())
    // 6 bytes a synapse.
    #expect(network.byteCount < 6 * network.synapseCount + 200_000)
  }

  @Test func `rows of any chunks are joined in order`() {
    for (neurons, synapsesPerChunk) in [(1, 1), (1000, 1), (1000, 7), (1000, 1 << 18)] {
      for threads in [0, 1, 2, 5, 2000] {
        let rows = SparseRows(
          neuronCount: neurons, capacity: 40_000, threads: threads,
          synapsesPerChunk: synapsesPerChunk
        ) { sources, rows in
          for source in sources {
            for target in 0..<source % 5 { rows.append(target, Float(source + 1)) }
            rows.endRow()
          }
        }
        #expect(rows.rowCount == neurons)
        #expect((0..<neurons).allSatisfy { rows.offsets[$0 + 1] - rows.offsets[$0] == $0 % 5 })
        #expect(
          rows.weights == (0..<neurons).flatMap { [Float](repeating: Float($0 + 1), count: $0 % 5) }
        )
      }
    }
    #expect(SparseRows(neuronCount: 0, capacity: 0, threads: 2) { _, _ in }.rowCount == 0)
  }

  @Test func `rows are turned round`() throws {
    let network = try NormalGenerator(neurons: 700, sparsity: 0.7).network(0, seed: 6)
    guard case .sparse(let rows) = network.sparse().storage else { return }
    for threads in [1, 3] {
      let turned = try Connectivity(rows: rows.transposed(threads: threads))
      #expect(turned.synapseCount == network.synapseCount)
      var wrong = 0
      network.forEachSynapse { wrong += turned[$1, $0] == $2 ? 0 : 1 }
      #expect(wrong == 0)
      #expect(turned != network)
      #expect(try Connectivity(rows: rows.transposed().transposed(threads: threads)) == network)
    }
  }

  @Test func `every generator keeps its promises`() {
    #expect(problems(with: ErdosRenyiGenerator(neurons: 30)) == [])
    #expect(problems(with: FixedInDegreeGenerator(neurons: 30)) == [])
    #expect(problems(with: FixedOutDegreeGenerator(neurons: 30)) == [])
    #expect(problems(with: WattsStrogatzGenerator(neurons: 30)) == [])
    #expect(problems(with: BarabasiAlbertGenerator(neurons: 30)) == [])
    #expect(problems(with: BlockModelGenerator(neurons: 30)) == [])
    #expect(
      problems(with: BlockMatrixGenerator(sizes: [9, 4], probabilities: [[1, 0], [0.5, 0]])) == [])
    #expect(problems(with: RingDistanceGenerator(neurons: 30)) == [])
    #expect(problems(with: TorusDistanceGenerator(neurons: 25)) == [])
    let base = NormalGenerator(neurons: 20)
    #expect(problems(with: base.weighted(ConstantWeights())) == [])
    #expect(problems(with: base.weighted(UniformWeights())) == [])
    #expect(problems(with: base.weighted(NormalWeights())) == [])
    #expect(problems(with: base.weighted(LogNormalWeights())) == [])
    #expect(problems(with: base.scaled(toSpectralRadius: 2).weighted(LogNormalWeights())) == [])
    #expect(problems(with: base.weighted(LogNormalWeights()).scaled(toSpectralRadius: 2)) == [])
  }

  @Test func `a generator that breaks them is found out`() {
    /// One neuron more than asked for.
    struct Larger: ConnectivityGenerator {
      var neurons = 5
      mutating func visitParameters(_ visit: inout some ParameterVisitor) {
        visit("neurons", &neurons, in: .neuronCount)
      }
      func connectivity(random: RandomSource) throws(SpikingError) -> Connectivity {
        try NormalGenerator(neurons: neurons + 1).connectivity(random: random)
      }
    }
    #expect(problems(with: Larger()).contains { $0.contains("a network has 6") })
    /// A stream for each thread, not for each row.
    struct Divided: RowGenerator {
      func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
        try NormalGenerator(neurons: 20).rows(random: random["\(threads)"], threads: threads)
      }
    }
    #expect(problems(with: Divided()).contains { $0.contains("threads") })
  }

  @Test func `more synapses than can be held are an error`() {
    #expect {
      try ErdosRenyiGenerator(neurons: 100_000_000, probability: 0.5).network(0, seed: 0)
    } throws: { error in
      "\(error)".contains("which this machine can hold")
    }
  }
}
