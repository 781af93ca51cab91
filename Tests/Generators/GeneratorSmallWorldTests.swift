import Spiking
import SpikingTestCases
import Testing

/// Watts and Strogatz's networks between their two limits.
@Suite struct GeneratorSmallWorldTests {
  /// The neighbours of each neuron.
  private func neighbours(_ network: Connectivity) -> [[Int]] {
    (0..<network.neuronCount).map { source in
      var targets: [Int] = []
      network.forEachSynapse(from: source) { target, _ in targets.append(target) }
      return targets
    }
  }

  /// The mean over neurons of the fraction of pairs of neighbours that are linked.
  private func clustering(_ network: Connectivity) -> Double {
    let neighbours = neighbours(network)
    let fractions = neighbours.map { near in
      var links = 0
      for (position, one) in near.enumerated() {
        for other in near[..<position] where network[one, other] != 0 { links += 1 }
      }
      return Double(links) / (Double(near.count * (near.count - 1)) / 2)
    }
    return fractions.reduce(0, +) / Double(fractions.count)
  }

  /// The mean number of links between two neurons, from some of them to all.
  private func pathLength(_ network: Connectivity, sources: Range<Int>) -> Double {
    let neighbours = neighbours(network)
    var (sum, pairs) = (0, 0)
    for source in sources {
      var distances = [Int?](repeating: nil, count: neighbours.count)
      distances[source] = 0
      var queue = [source]
      var next = 0
      while next < queue.count {
        let neuron = queue[next]
        next += 1
        for other in neighbours[neuron] where distances[other] == nil {
          distances[other] = (distances[neuron] ?? 0) + 1
          queue.append(other)
        }
      }
      sum += distances.reduce(0) { $0 + ($1 ?? 0) }
      pairs += queue.count - 1
    }
    return Double(sum) / Double(pairs)
  }

  @Test(arguments: [0, 0.1, 0.6, 1.0])
  func `links are symmetric, and as many whatever the rewiring`(rewiring: Double) throws {
    for (neurons, degree) in [(60, 6), (7, 6), (8, 6), (5, 0), (3, 2)] {
      let network = try WattsStrogatzGenerator(
        neurons: neurons, degree: degree, rewiring: rewiring
      ).network(0, seed: 1)
      #expect(network.synapseCount == neurons * degree)
      network.forEachSynapse { source, target, weight in
        #expect(source != target && weight == 1 && network[target, source] == 1)
      }
    }
  }

  @Test func `without rewiring it is the ring lattice`() throws {
    let (neurons, degree) = (200, 10)
    let network = try WattsStrogatzGenerator(neurons: neurons, degree: degree, rewiring: 0)
      .network(0, seed: 1)
    network.forEachSynapse { source, target, _ in
      let offset = abs(source - target)
      #expect(min(offset, neurons - offset) <= degree / 2)
    }
    // C = 3(K − 2) / 4(K − 1).
    #expect(abs(clustering(network) - 3.0 * 8 / (4 * 9)) < 1e-12)
    // A neuron at distance d is ⌈2d / K⌉ links away.
    let steps = (1..<neurons).map { (min($0, neurons - $0) + degree / 2 - 1) / (degree / 2) }
    let expected = Double(steps.reduce(0, +)) / Double(neurons - 1)
    #expect(abs(pathLength(network, sources: 0..<neurons) - expected) < 1e-12)
  }

  @Test(arguments: [0.05, 0.3])
  func `as many links leave the lattice as are rewired`(rewiring: Double) throws {
    let (neurons, degree) = (5000, 10)
    let network = try WattsStrogatzGenerator(neurons: neurons, degree: degree, rewiring: rewiring)
      .network(0, seed: 2)
    var far = 0
    network.forEachSynapse { source, target, _ in
      let offset = abs(source - target)
      far += min(offset, neurons - offset) > degree / 2 ? 1 : 0
    }
    let links = Double(neurons * degree / 2)
    // A binomial number; K/N of them find places in the lattice.
    let error = (links * rewiring * (1 - rewiring)).squareRoot()
    let back = links * rewiring * Double(degree) / Double(neurons)
    #expect(abs(Double(far / 2) - links * rewiring) < 4 * error + back)
  }

  @Test func `degrees of rewired networks are K/2 and a binomial number`() throws {
    // With every link rewired each neuron keeps its K/2 own ends and gets the others by chance.
    let (neurons, degree) = (2000, 8)
    let degrees = try WattsStrogatzGenerator(neurons: neurons, degree: degree, rewiring: 1)
      .networks(count: 10, seed: 3).flatMap { Degrees($0).outgoing }
    let links = neurons * degree / 2
    let law = Array(binomial(links, 1 / Double(neurons)).prefix(40))
    #expect(degrees.min() == degree / 2)
    #expect(chiSquared(occurrences(of: degrees.map { $0 - 4 }, upTo: 39), law) > 0.001)
  }

  @Test func `fully rewired networks are as little clustered and as small as random graphs`() throws
  {
    let (neurons, degree) = (1000, 20)
    let networks = try WattsStrogatzGenerator(neurons: neurons, degree: degree, rewiring: 1)
      .networks(count: 10, seed: 4)
    // For given degrees C = (⟨k²⟩ − ⟨k⟩)² / N⟨k⟩³ (Newman 2003), here with the variance K/2; some
    // 5% are left for double links that are excluded.
    let k = Double(degree)
    let chance = (k * k + k / 2 - k) * (k * k + k / 2 - k) / (Double(neurons) * k * k * k)
    let found = meanAndError(networks.map(clustering))
    #expect(abs(found.mean - chance) < 4 * found.error + 0.05 * chance)
    // (ln N − γ) / ln K + ½ (Fronczak, Fronczak and Hołyst 2004), for Poisson degrees.
    let length = (Elementary.logarithm(1000) - 0.5772157) / Elementary.logarithm(k) + 0.5
    let lengths = networks.map { pathLength($0, sources: 0..<50) }
    #expect(abs(meanAndError(lengths).mean / length - 1) < 0.03)
  }

  @Test func `a little rewiring makes the world small and leaves it clustered`() throws {
    let network = try WattsStrogatzGenerator(neurons: 1000, degree: 10, rewiring: 0.01)
      .network(0, seed: 5)
    // Clustering goes with (1 − p)³ (Barrat and Weigt 2000): three links of a triangle.
    #expect(abs(clustering(network) / (2.0 / 3 * 0.970299) - 1) < 0.02)
    // The lattice has 50.4, the figure of 1998 about a fifth of it.
    #expect(8..<17 ~= pathLength(network, sources: 0..<100))
  }

  @Test func `a degree that is odd or too large is an error`() {
    for degree in [5, 12, 14] {
      #expect(throws: SpikingError.self) {
        try WattsStrogatzGenerator(neurons: 12, degree: degree).network(0, seed: 0)
      }
    }
  }
}
