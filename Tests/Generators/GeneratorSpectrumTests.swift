import Spiking
import SpikingTestCases
import Testing

/// Eigenvalues of networks.
@Suite struct GeneratorSpectrumTests {
  private func eigenvalues(_ network: Connectivity) throws -> [(real: Double, imaginary: Double)] {
    try Eigenvalues.all(of: network.matrix().map(Double.init), order: network.neuronCount)
  }

  private func modulus(_ value: (real: Double, imaginary: Double)) -> Double {
    (value.real * value.real + value.imaginary * value.imaginary).squareRoot()
  }

  private func radius(_ network: Connectivity) throws -> Double {
    try eigenvalues(network).map(modulus).max() ?? 0
  }

  @Test func `eigenvalues known in closed form`() throws {
    // A rotation by 90°, times 2.
    let rotation = try Eigenvalues.all(of: [0, 2, -2, 0], order: 2)
    #expect(rotation.allSatisfy { abs($0.real) < 1e-14 && abs(abs($0.imaginary) - 2) < 1e-14 })
    #expect(rotation.map(\.imaginary).reduce(0, +) == 0)
    #expect(try abs(Eigenvalues.spectralRadius(of: [2, 1, 0, -3], order: 2) - 3) < 1e-14)
    #expect(try Eigenvalues.spectralRadius(of: [], order: 0) == 0)
    // A directed ring of n has the n-th roots of 1.
    var ring = [Double](repeating: 0, count: 49)
    for index in 0..<7 { ring[index * 7 + (index + 1) % 7] = 1 }
    let roots = try Eigenvalues.all(of: ring, order: 7)
    #expect(roots.allSatisfy { abs(modulus($0) - 1) < 1e-13 })
    // cos(6π/7), the furthest to the left.
    #expect(abs((roots.map(\.real).min() ?? 0) + 0.9009688679024191) < 1e-13)
    #expect(throws: SpikingError.self) { try Eigenvalues.all(of: [.nan], order: 1) }
  }

  @Test func `the lattice of a small world has the eigenvalues of a circulant matrix`() throws {
    // The largest is K, of the vector of ones.
    let network = try WattsStrogatzGenerator(neurons: 100, degree: 6, rewiring: 0)
      .network(0, seed: 0)
    #expect(try abs(radius(network) - 6) < 1e-12)
    // Σ λ² is the number of synapses, Σ λ the number of autapses.
    let values = try eigenvalues(network)
    #expect(abs(values.reduce(0) { $0 + $1.real * $1.real } - 600) < 1e-9)
    #expect(abs(values.reduce(0) { $0 + $1.real }) < 1e-9)
  }

  @Test func `random signs fill the disc of the circular law evenly`() throws {
    // Independent entries of variance s² fill a disc of radius s√N (Girko 1985); the fraction inside a
    // radius r goes with r². The mean p√(2/π) of a row's entries takes away from s² ≈ p. With as many
    // rows of either sign these means leave the disc as it is (Rajan and Abbott 2006), but for an
    // eigenvalue or two outside.
    let (neurons, probability) = (600, 0.1)
    let network = try ErdosRenyiGenerator(neurons: neurons, probability: probability).weighted(
      NormalWeights(mean: 0, std: 1), excitatoryFraction: 0.5
    ).network(0, seed: 1)
    let variance = probability - probability * probability * 2 / Double.pi
    let rim = (Double(neurons) * variance).squareRoot()
    let moduli = try eigenvalues(network).map { modulus($0) / rim }.sorted()
    #expect(abs(moduli[neurons - 3] - 1) < 0.05)
    for inside in [0.25, 0.5, 0.75] {
      let fraction = Double(moduli.count { $0 * $0 < inside }) / Double(neurons)
      #expect(abs(fraction - inside) < 0.03)
    }
  }

  @Test func `excitation alone has one eigenvalue outside, at the mean sum of a row`() throws {
    let network = try ErdosRenyiGenerator(neurons: 500, probability: 0.1).weighted(
      LogNormalWeights(mu: 0, sigma: 0.5), excitatoryFraction: 1
    ).network(0, seed: 2)
    let moduli = try eigenvalues(network).map(modulus).sorted()
    // ⟨w⟩ = e^{σ²/2}, ⟨w²⟩ = e^{2σ²}; the rim is √(N (p⟨w²⟩ − p²⟨w⟩²)).
    let mean = 499 * 0.1 * Elementary.exponential(0.125)
    let variance = 0.1 * Elementary.exponential(0.5) - 0.01 * Elementary.exponential(0.25)
    #expect(abs(moduli[499] / mean - 1) < 0.03)
    #expect(abs(moduli[498] / (500 * variance).squareRoot() - 1) < 0.08)
  }

  @Test(arguments: [0.9, 25])
  func `a scaled network has the spectral radius`(target: Double) throws {
    func check(_ base: some ConnectivityGenerator) throws {
      let network = try base.scaled(toSpectralRadius: target).network(0, seed: 3)
      #expect(try abs(radius(network) / target - 1) < 1e-5)
      // All weights by one factor.
      let before = try base.network(0, seed: 3)
      var factors: [Float] = []
      before.forEachSynapse { factors.append(network[$0, $1] / $2) }
      let (lowest, highest) = (factors.min() ?? 0, factors.max() ?? 1)
      #expect(lowest > 0 && highest / lowest < 1.000001)
    }
    try check(
      ErdosRenyiGenerator(neurons: 200).weighted(LogNormalWeights(), inhibitoryScale: 4))
    try check(BarabasiAlbertGenerator(neurons: 100))
    try check(MexicanHatGenerator(neurons: 50))
    try check(NormalGenerator(neurons: 120))
    try check(RingDistanceGenerator(neurons: 80).weighted(UniformWeights()))
  }

  @Test func `beyond the size for eigenvalues it is an estimate within 2%`() throws {
    let neurons = ScaledGenerator<ErdosRenyiGenerator>.largestExactNeuronCount + 1
    let network = try ErdosRenyiGenerator(neurons: neurons, probability: 0.05)
      .weighted(NormalWeights(), excitatoryFraction: 0.5).scaled(toSpectralRadius: 1)
      .network(0, seed: 4)
    #expect(try abs(radius(network) - 1) < 0.02)
  }

  @Test func `a network without cycles is an error that says so`() {
    struct Chain: ConnectivityGenerator {
      var neurons: Int
      func connectivity(random: RandomSource) throws(SpikingError) -> Connectivity {
        var rows = SparseRows(neuronCount: neurons)
        for source in 0..<neurons {
          if source > 0 { rows.append(source - 1, 1) }
          rows.endRow()
        }
        return try Connectivity(rows: rows)
      }
    }
    for neurons in [1, 30, 5000] {
      #expect {
        try Chain(neurons: neurons).scaled(toSpectralRadius: 1).network(0, seed: 0)
      } throws: { error in
        "\(error)".contains("without cycles")
      }
    }
  }
}
