import Spiking
import SpikingTestCases
import Testing

/// Networks in which near neurons are more likely to be connected.
@Suite struct GeneratorDistanceTests {
  /// Counts of synapses by distance within 4 standard errors of their binomial means, and χ² of all. Two more are chance
  /// where hardly any are expected.
  private func expectProfile(
    _ networks: [Connectivity], _ generator: (peak: Double, length: Double),
    _ distance: (_ source: Int, _ target: Int) -> Int, _ root: (Int) -> Double
  ) {
    let neurons = networks[0].neuronCount
    var pairs: [Int: Int] = [:]
    var counts: [Int: Int] = [:]
    for source in 0..<neurons {
      for target in 0..<neurons where target != source {
        pairs[distance(source, target), default: 0] += networks.count
      }
    }
    for network in networks {
      network.forEachSynapse { source, target, weight in
        #expect(source != target && weight == 1)
        counts[distance(source, target), default: 0] += 1
      }
    }
    var (statistic, classes) = (0.0, 0.0)
    for (distance, pairs) in pairs {
      let p = generator.peak * Elementary.exponential(-root(distance) / generator.length)
      let (count, mean) = (Double(counts[distance] ?? 0), Double(pairs) * p)
      let variance = mean * (1 - p)
      #expect(abs(count - mean) <= 4 * variance.squareRoot() + 2, "distance \(root(distance))")
      guard mean > 5 else { continue }
      statistic += (count - mean) * (count - mean) / variance
      classes += 1
    }
    #expect(classes > 8)
    #expect(SpecialFunctions.chiSquaredTail(statistic, degrees: classes) > 0.001)
  }

  @Test(arguments: [(200, 0.5, 10.0), (201, 1, 3), (60, 0.05, 100)])
  func `the ring has the profile`(neurons: Int, peak: Double, length: Double) throws {
    let networks = try RingDistanceGenerator(neurons: neurons, peak: peak, length: length)
      .networks(count: 50, seed: 1)
    expectProfile(
      networks, (peak, length), { min(abs($0 - $1), neurons - abs($0 - $1)) }, { Double($0) })
  }

  @Test(arguments: [(144, 0.5, 2.0), (169, 1, 1.5), (49, 0.1, 50)])
  func `the torus has the profile`(neurons: Int, peak: Double, length: Double) throws {
    let generator = TorusDistanceGenerator(neurons: neurons, peak: peak, length: length)
    let side = generator.side
    #expect(side * side == neurons)
    func square(_ one: Int, _ other: Int) -> Int {
      let (x, y) = (abs(one % side - other % side), abs(one / side - other / side))
      let (dx, dy) = (min(x, side - x), min(y, side - y))
      return dx * dx + dy * dy
    }
    expectProfile(
      try generator.networks(count: 100, seed: 2), (peak, length), square
    ) { Double($0).squareRoot() }
  }

  @Test func `no direction is preferred`() throws {
    let networks = try RingDistanceGenerator(neurons: 100, peak: 0.8, length: 5)
      .networks(count: 50, seed: 3)
    var (ahead, back) = (0, 0)
    for network in networks {
      network.forEachSynapse { source, target, _ in
        if (target - source + 100) % 100 < 50 { ahead += 1 } else { back += 1 }
      }
    }
    #expect(abs(Double(ahead - back)) < 4 * Double(ahead + back).squareRoot())
  }

  @Test func `the smallest rings and tori are possible`() throws {
    for neurons in 1...4 {
      let ring = RingDistanceGenerator(neurons: neurons, peak: 1, length: 1e9)
      #expect(try ring.network(0, seed: 0).synapseCount == neurons * (neurons - 1))
    }
    for neurons in [1, 4, 9] {
      let torus = TorusDistanceGenerator(neurons: neurons, peak: 1, length: 1e9)
      #expect(try torus.network(0, seed: 0).synapseCount == neurons * (neurons - 1))
    }
    let silent = RingDistanceGenerator(neurons: 50, peak: 0)
    #expect(try silent.network(0, seed: 0).synapseCount == 0)
    let far = RingDistanceGenerator(neurons: 5000, peak: 1, length: 1e-3)
    #expect(try far.network(0, seed: 0).synapseCount == 0)
  }

  @Test func `a torus of no square is an error that names one`() {
    #expect {
      try TorusDistanceGenerator(neurons: 50).network(0, seed: 0)
    } throws: { error in
      "\(error)".contains("found 50, expected a square, such as 49 or 64")
    }
  }
}
