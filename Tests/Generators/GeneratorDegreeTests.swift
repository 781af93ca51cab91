import Spiking
import SpikingTestCases
import Testing

/// In- and out-degrees of a network, and what is expected of them.
struct Degrees {
  var incoming: [Int]
  var outgoing: [Int]

  init(_ network: Connectivity) {
    incoming = [Int](repeating: 0, count: network.neuronCount)
    outgoing = incoming
    network.forEachSynapse { source, target, _ in
      incoming[target] += 1
      outgoing[source] += 1
    }
  }
}

/// How often each of the numbers from 0 to `limit` occurs; larger ones count as `limit`.
func occurrences(of values: [Int], upTo limit: Int) -> [Int] {
  var counts = [Int](repeating: 0, count: limit + 1)
  for value in values { counts[min(value, limit)] += 1 }
  return counts
}

/// The probabilities of 0…n successes in n trials.
func binomial(_ n: Int, _ p: Double) -> [Double] {
  (0...n).map { k in
    let ways =
      SpecialFunctions.logFactorial(n) - SpecialFunctions.logFactorial(k)
      - SpecialFunctions.logFactorial(n - k)
    return Elementary.exponential(
      ways + Double(k) * Elementary.logarithm(p) + Double(n - k) * Elementary.logarithm(1 - p))
  }
}

/// Erdős–Rényi networks and those of a fixed in- or out-degree.
@Suite struct GeneratorDegreeTests {
  /// χ² of degrees that are binomial over 79 others. Degrees of one network have their sum in common,
  /// which for one of the two sides is no matter: they are independent.
  private func agreement(_ degrees: [Int], _ probability: Double) -> Double {
    chiSquared(occurrences(of: degrees, upTo: 79), binomial(79, probability))
  }

  @Test(arguments: [0.03, 0.2, 0.7])
  func `degrees of Erdős and Rényi's networks are binomial`(probability: Double) throws {
    let degrees = try ErdosRenyiGenerator(neurons: 80, probability: probability)
      .networks(count: 200, seed: 1).map(Degrees.init)
    #expect(agreement(degrees.flatMap(\.outgoing), probability) > 0.001)
    #expect(agreement(degrees.flatMap(\.incoming), probability) > 0.001)
    // The test can fail: a twentieth more synapses show.
    #expect(agreement(degrees.flatMap(\.outgoing), probability * 1.05) < 0.001)
  }

  @Test func `a fixed out-degree is fixed, and in-degrees are binomial`() throws {
    let networks = try FixedOutDegreeGenerator(neurons: 80, degree: 12).networks(
      count: 200, seed: 2)
    let degrees = networks.map(Degrees.init)
    #expect(degrees.allSatisfy { $0.outgoing.allSatisfy { $0 == 12 } })
    #expect(agreement(degrees.flatMap(\.incoming), 12.0 / 79) > 0.001)
    expectEachPairAsLikely(networks, probability: 12.0 / 79)
  }

  @Test func `a fixed in-degree is fixed, and out-degrees are binomial`() throws {
    let networks = try FixedInDegreeGenerator(neurons: 80, degree: 70).networks(count: 200, seed: 3)
    let degrees = networks.map(Degrees.init)
    #expect(degrees.allSatisfy { $0.incoming.allSatisfy { $0 == 70 } })
    #expect(agreement(degrees.flatMap(\.outgoing), 70.0 / 79) > 0.001)
    expectEachPairAsLikely(networks, probability: 70.0 / 79)
  }

  @Test func `every set of targets is as likely`() throws {
    // Three of five: ten sets a neuron, 6 × 2000 rows.
    let networks = try FixedOutDegreeGenerator(neurons: 6, degree: 3).networks(
      count: 2000, seed: 4)
    var counts: [Int: Int] = [:]
    for network in networks {
      for source in 0..<6 {
        var set = 0
        network.forEachSynapse(from: source) { target, _ in
          set |= 1 << (target < source ? target : target - 1)
        }
        counts[set, default: 0] += 1
      }
    }
    #expect(counts.count == 10)
    #expect(
      chiSquared(Array(counts.values), [Double](repeating: 0.1, count: counts.count)) > 0.001)
  }

  @Test(arguments: [0, 1, 4])
  func `the smallest and the largest degree are possible`(degree: Int) throws {
    for network in [
      try FixedInDegreeGenerator(neurons: 5, degree: degree).network(0, seed: 0),
      try FixedOutDegreeGenerator(neurons: 5, degree: degree).network(0, seed: 0),
    ] {
      #expect(network.synapseCount == 5 * degree)
      network.forEachSynapse { source, target, weight in #expect(source != target && weight == 1) }
    }
    #expect(throws: SpikingError.self) {
      try FixedInDegreeGenerator(neurons: degree, degree: degree).network(0, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try FixedOutDegreeGenerator(neurons: degree, degree: degree).network(0, seed: 0)
    }
  }

  @Test func `a probability of 0 or 1 connects none or all`() throws {
    #expect(try ErdosRenyiGenerator(neurons: 9, probability: 0).network(0, seed: 0).density == 0)
    #expect(try ErdosRenyiGenerator(neurons: 9, probability: 1).network(0, seed: 0).density == 1)
    #expect(try ErdosRenyiGenerator(neurons: 1).network(0, seed: 0).synapseCount == 0)
  }

  /// Each ordered pair is connected in binomially many of the networks.
  private func expectEachPairAsLikely(
    _ networks: [Connectivity], probability: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let neurons = networks[0].neuronCount
    var counts = [Int](repeating: 0, count: neurons * neurons)
    for network in networks {
      network.forEachSynapse { source, target, _ in counts[source * neurons + target] += 1 }
    }
    #expect((0..<neurons).allSatisfy { counts[$0 * neurons + $0] == 0 })
    let n = Double(networks.count)
    var statistic = 0.0
    for source in 0..<neurons {
      for target in 0..<neurons where target != source {
        let excess = Double(counts[source * neurons + target]) - n * probability
        statistic += excess * excess / (n * probability * (1 - probability))
      }
    }
    // The fixed degree takes one degree of freedom for each neuron.
    let degrees = Double(neurons * (neurons - 2))
    let tail = SpecialFunctions.chiSquaredTail(
      statistic * degrees / Double(neurons * (neurons - 1)), degrees: degrees)
    #expect(tail > 0.001 && tail < 0.999, sourceLocation: sourceLocation)
  }
}
