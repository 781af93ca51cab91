import Spiking
import SpikingTestCases
import Testing

/// The spectral radius against eigenvalues known in closed form, and against LAPACK's.
@Suite struct SpectralRadiusTests {
  private func radius(_ matrix: [Float], _ neurons: Int) throws -> Double {
    try Connectivity(matrix: matrix, neuronCount: neurons).spectralRadius()
  }

  @Test func `small matrices`() throws {
    #expect(try abs(radius([2, 0, 0, -3], 2) - 3) < 1e-9)
    // A rotation by 90°, times 2: a pair of complex eigenvalues.
    #expect(try abs(radius([0, 2, -2, 0], 2) - 2) < 1e-9)
    // No cycle: nothing comes back.
    #expect(try radius([0, 5, 7, 0, 0, 9, 0, 0, 0], 3) == 0)
    #expect(try radius([0], 1) == 0)
  }

  @Test func `a network from a layer to the next and back has the root of the product`() throws {
    // ρ² = 2 · 8; every second multiplication grows by 2, every other by 8.
    #expect(try abs(radius([0, 2, 8, 0], 2) - 4) < 1e-9)
  }

  private struct Case: Decodable {
    let neurons: Int
    let kind: String
    let matrix: [Float]
    let radius: Double
  }

  @Test func `random matrices as LAPACK has them, within 2%`() throws {
    struct File: Decodable { let cases: [Case] }
    let cases = try golden("spectral_radius", as: File.self).cases
    #expect(cases.count >= 4)
    for test in cases {
      let radius = try radius(test.matrix, test.neurons)
      #expect(abs(radius / test.radius - 1) < 0.02, "\(test.kind): \(radius), \(test.radius)")
    }
  }

  @Test func `a large random network fills the disc of the circular law`() throws {
    // Independent weights of variance s²/N have eigenvalues up to |λ| = s (Girko 1985); at N = 2000
    // the rim is sharp to some N^{-1/2} = 2%. Signs by rows do not change the variance.
    let network = try NormalGenerator(neurons: 2000, std: 3, sparsity: 0.9, glorot: true).network(
      0, seed: 5)
    let variance = 9 * 0.1
    // The mean of a row is not 0: half-normal weights of one sign, which cancel over the halves.
    #expect(abs(network.spectralRadius() / variance.squareRoot() - 1) < 0.08)
  }
}
