import Spiking
import SpikingTestCases
import Testing

@Suite struct ConnectivityTests {
  private let matrix: [Float] = [0, 1.5, 0, -2, 3, 0, 0, 0, 0]

  @Test func `sparse and dense rows hold the same network`() throws {
    let network = try Connectivity(name: "a", matrix: matrix, neuronCount: 3)
    for storage in [network.sparse(), network.dense(), network.sparse().dense().sparse()] {
      #expect(storage == network && storage.name == "a")
      #expect(storage.matrix() == matrix && storage.synapseCount == 3)
      #expect(storage[0, 1] == 1.5 && storage[1, 0] == -2 && storage[1, 1] == 3)
      #expect(storage[2, 2] == 0 && storage[0, 2] == 0)
      var seen: [[Int]] = []
      storage.forEachSynapse { source, target, _ in seen.append([source, target]) }
      #expect(seen == [[0, 1], [1, 0], [1, 1]])
    }
    // Of six pairs two: the autapse is none.
    #expect(network.density == 2.0 / 6 && network.sparse().density == 2.0 / 6)
    #expect(network.autapseCount == 1 && network.dense().autapseCount == 1)
    let full = try Connectivity(matrix: [Float](repeating: 1, count: 49), neuronCount: 7)
    #expect(full.density == 1 && full.autapseCount == 7)
    #expect(
      try network.mapWeights { $0 == $1 ? 0 : $2 * 2 }.matrix() == [0, 3, 0, -4, 0, 0, 0, 0, 0])
  }

  @Test func `synapses in any order make a network`() throws {
    let synapses = [
      Synapse(from: 1, to: 1, weight: 3), Synapse(from: 1, to: 0, weight: -2),
      Synapse(from: 0, to: 1, weight: 1.5),
    ]
    let network = try Connectivity(name: "a", neurons: 3, synapses: synapses)
    #expect(try network == Connectivity(name: "a", matrix: matrix, neuronCount: 3))
    #expect(network.name == "a")
    #expect(try Connectivity([[0, 1.5, 0], [-2, 3, 0], [0, 0, 0]]) == network)
    let delayed = try Connectivity(
      neurons: 2, synapses: [Synapse(from: 1, to: 0, weight: 1, delay: 7)])
    #expect(delayed.maximumDelay == 7 && delayed[1, 0] == 1 && delayed.synapseCount == 1)
    #expect(try Connectivity(neurons: 4, synapses: []).neuronCount == 4)
  }

  @Test(arguments: [
    (
      2, [Synapse(from: 0, to: 1, weight: 1), Synapse(from: 0, to: 1, weight: 2)], "is there twice"
    ),
    (2, [Synapse(from: 0, to: 2, weight: 1)], "from 0 to 2: there is no such neuron"),
    (2, [Synapse(from: -1, to: 0, weight: 1)], "from -1 to 0: there is no such neuron"),
    (2, [Synapse(from: 0, to: 1, weight: 0)], "W[0, 1]: found 0.0"),
    (2, [Synapse(from: 0, to: 1, weight: 1, delay: 0)], "found a delay of 0"),
    (0, [], "found 0 neurons"),
  ])
  func `synapses that make no network are errors`(
    neurons: Int, synapses: [Synapse], message: String
  ) {
    let error = #expect(throws: SpikingError.self) {
      try Connectivity(neurons: neurons, synapses: synapses)
    }
    #expect(error?.description.contains(message) == true)
    let rows = #expect(throws: SpikingError.self) { try Connectivity([[0, 1], [1]]) }
    #expect(rows?.description == "network, row 1: found 1 weights, expected 2, as there are rows")
  }

  @Test(arguments: [(3, 0.0), (50, 0.5), (50, 0.75), (300, 0.55), (300, 0.57), (1000, 0.75)])
  func `no network takes more than nine bytes a synapse`(neurons: Int, sparsity: Double) throws {
    let network = try NormalGenerator(neurons: neurons, sparsity: sparsity).network(0, seed: 0)
    let rows = 8 * (neurons + 1)
    #expect(network.byteCount - rows <= 9 * network.synapseCount)
    if neurons >= 50 { #expect(network.byteCount <= 9 * network.synapseCount) }
  }

  @Test func `sparse rows take at most nine bytes a synapse`() throws {
    let network = try NormalGenerator(neurons: 3000, sparsity: 0.9).network(0, seed: 0)
    guard case .sparse = network.storage else {
      Issue.record("a large network of density 0.1 should be sparse")
      return
    }
    #expect(network.byteCount <= 9 * network.synapseCount)
  }

  @Test func `dense rows are chosen for small networks that fill them`() throws {
    func storesDense(_ neurons: Int, _ sparsity: Double) throws -> Bool {
      let network = try NormalGenerator(neurons: neurons, sparsity: sparsity).network(0, seed: 0)
      if case .dense = network.storage { return true } else { return false }
    }
    #expect(try storesDense(200, 0.5))
    #expect(try !storesDense(200, 0.99))
    #expect(try !storesDense(2000, 0.5))
  }

  @Test(
    arguments: [
      ([1, 2, 3], 2, ["network x", "3 weights", "2 × 2"]),
      ([], 0, ["no neurons"]),
      ([0, 1, .nan, 0], 2, ["W[1, 0]", "nan"]),
      ([0, .infinity, 0, 0], 2, ["W[0, 1]", "inf"]),
    ] as [([Float], Int, [String])])
  func `a matrix that is no network is an error`(matrix: [Float], count: Int, words: [String]) {
    let error = #expect(throws: SpikingError.self) {
      try Connectivity(name: "x", matrix: matrix, neuronCount: count)
    }
    for word in words { #expect(error?.description.contains(word) == true, "\(word)") }
  }

  @Test(
    arguments: [
      ([0], [], [], "no neurons"),
      ([0, 1], [0], [1, 2], "do not agree"),
      ([0, 2, 1, 2], [0, 1], [1, 1], "out of order"),
      ([0, 2, 2], [1, 0], [1, 1], "target 0"),
      ([0, 1, 1], [2], [1], "target 2"),
      ([0, 1, 1], [1], [.nan], "W[0, 1]"),
    ] as [([Int], [UInt32], [Float], String)])
  func `rows that are no network are an error`(
    offsets: [Int], targets: [UInt32], weights: [Float], word: String
  ) {
    let error = #expect(throws: SpikingError.self) {
      try Connectivity(offsets: offsets, targets: targets, weights: weights)
    }
    #expect(error?.description.contains(word) == true)
  }

  @Test(
    arguments: [
      ([], "no neurons"),
      ([[(1, 1), (0, 1)], []], "row 0: found target 0"),
      ([[(1, 1), (1, 1)], []], "row 0: found target 1"),
      ([[], [(2, 1)]], "row 1: found target 2"),
      ([[(1, .nan)], []], "W[0, 1]: found nan"),
      ([[], [(0, 0)]], "W[1, 0]: found 0.0"),
    ] as [([[(Int, Float)]], String)])
  func `appended rows are checked as well`(synapses: [[(Int, Float)]], words: String) {
    var rows = SparseRows(neuronCount: synapses.count)
    for row in synapses {
      for (target, weight) in row { rows.append(target, weight) }
      rows.endRow()
    }
    let error = #expect(throws: SpikingError.self) { try Connectivity(rows: rows) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    rows.append(0, 1)
    #expect(throws: SpikingError.self) { try Connectivity(rows: rows) }
  }

  @Test func `targets are as narrow as the number of neurons allows`() throws {
    for (neurons, isNarrow) in [(65_536, true), (65_537, false)] {
      var rows = SparseRows(neuronCount: neurons)
      for source in 0..<neurons {
        if source == 7 { rows.append(neurons - 1, 0.5) }
        rows.endRow()
      }
      if case .narrow = rows.targets { #expect(isNarrow) } else { #expect(!isNarrow) }
      let network = try Connectivity(rows: rows)
      #expect(network[7, neurons - 1] == 0.5 && network.synapseCount == 1)
    }
  }
}
