import Spiking
import SpikingTestCases
import Testing

/// Networks grown by preferential attachment.
@Suite struct GeneratorScaleFreeTests {
  @Test(arguments: [(2, 1), (50, 1), (50, 5), (6, 5), (200, 20)])
  func `links are symmetric and as many as were made`(neurons: Int, links: Int) throws {
    let network = try BarabasiAlbertGenerator(neurons: neurons, links: links).network(0, seed: 1)
    let made = links * (links + 1) / 2 + (neurons - links - 1) * links
    #expect(network.synapseCount == 2 * made)
    network.forEachSynapse { source, target, weight in
      #expect(source != target && weight == 1 && network[target, source] == 1)
    }
    // Each neuron but the first has its own links to earlier ones.
    for source in 0..<neurons {
      var earlier = 0
      network.forEachSynapse(from: source) { target, _ in earlier += target < source ? 1 : 0 }
      #expect(earlier == min(source, links))
    }
  }

  @Test func `degrees of trees have their exact mean numbers`() throws {
    // For m = 1 the expected numbers follow from growth alone: of those with k links, k in 2E get
    // another one. From two linked neurons on, E = t − 1.
    let neurons = 400
    var expected = [Double](repeating: 0, count: neurons + 1)
    expected[1] = 2
    for size in 2..<neurons {
      let ends = Double(2 * (size - 1))
      for k in stride(from: size, through: 1, by: -1) {
        expected[k] += (Double(k - 1) * expected[k - 1] - Double(k) * expected[k]) / ends
      }
      expected[1] += 1
    }
    let counts = try BarabasiAlbertGenerator(neurons: neurons, links: 1)
      .networks(count: 500, seed: 2).map { occurrences(of: Degrees($0).outgoing, upTo: neurons) }
    for k in 1...12 {
      let (mean, error) = meanAndError(counts.map { Double($0[k]) })
      #expect(abs(mean - expected[k]) < 4 * error, "\(k) links")
    }
  }

  @Test func `degrees fall with the third power`() throws {
    // P(k) = 2m(m + 1) / (k(k + 1)(k + 2)), of which at least k have m(m + 1) / (k(k + 1)).
    let links = 3
    let degrees = try BarabasiAlbertGenerator(neurons: 20_000, links: links)
      .networks(count: 5, seed: 3).flatMap { Degrees($0).outgoing }
    let m = Double(links)
    let total = Double(degrees.count)
    for k in 3...60 {
      let law = m * (m + 1) / (Double(k) * Double(k + 1))
      let found = Double(degrees.count { $0 >= k })
      // Binomial errors, and a percent for the finite size and links that may not be double.
      #expect(
        abs(found - total * law) < 4 * (total * law * (1 - law)).squareRoot() + 0.01 * total * law,
        "\(k) links")
    }
    // The exponent by maximum likelihood of the tail, with the bias of whole numbers from 20 on
    // (Clauset, Shalizi and Newman 2009, equation 3.7).
    let tail = degrees.filter { $0 >= 20 }
    let logarithms = tail.map { Elementary.logarithm(Double($0) / 19.5) }
    let exponent = 1 + Double(tail.count) / logarithms.reduce(0, +)
    #expect(abs(exponent - 3) < 4 * 2 / Double(tail.count).squareRoot() + 0.08)
  }

  @Test func `as many links as neurons is an error`() {
    #expect(throws: SpikingError.self) {
      try BarabasiAlbertGenerator(neurons: 5, links: 5).network(0, seed: 0)
    }
    #expect(throws: SpikingError.self) {
      try BarabasiAlbertGenerator(neurons: 5, links: 0).network(0, seed: 0)
    }
  }
}
