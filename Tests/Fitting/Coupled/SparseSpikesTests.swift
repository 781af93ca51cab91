import Spiking
import SpikingTestCases
import Testing

/// What is found among few spikes, where nothing is to be found.
@Suite struct SparseSpikesTests {
  private struct Stored: Decodable {
    let bins: Int
    let neuron, bin: [UInt32]
    let count: [UInt16]
  }

  private func couplings(_ fit: CoupledFit) -> [Double] {
    fit.neurons.flatMap { neuron in
      neuron.columns.couplings.compactMap { neuron.pValue(of: $0.input) }
    }
  }

  /// By Wald's test seven of the 380 couplings were discoveries; by the ratio the least probability of all is
  /// 0.044. Here the couplings onto three of the neurons.
  @Test func `among twenty independent trains of a hundred spikes nothing is found`() async throws {
    let stored: Stored = try golden("sparse_spikes")
    let spikes = try BinnedSpikes(
      neurons: stored.neuron, bins: stored.bin, counts: stored.count, binCount: stored.bins, dt: 1,
      networkOffsets: [0, 20], seed: nil)
    let basis = RaisedCosineLogBasis(count: 5, window: 20)
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(spikes, neurons: [0, 7, 19])
    let pValues = couplings(fit)
    #expect(pValues.count == 57)
    #expect(try FalseDiscoveryRate.adjusted(pValues).allSatisfy { $0 > 0.05 })
    // The number of p-values below a level is binomial; four of its standard deviations.
    for level in [0.001, 0.01, 0.05] {
      let expected = 57 * level
      let found = pValues.count { $0 < level }
      #expect(Double(found) < expected + 4 * expected.squareRoot() + 1, "\(level): \(found)")
    }
    // One line a neuron and kind.
    for neuron in fit.neurons {
      #expect(Set(neuron.warnings.map(\.problem)).count == neuron.warnings.count)
    }
  }

  /// One function of the spikes of one neuron: E coincidences are expected, from 0.3 to 30.
  @Test(arguments: [0.003, 0.01, 0.03])
  func `the level of the test is kept for any number of coincidences`(mean: Double) async throws {
    let neurons = 24
    let spikes = try CoupledNeurons(
      Array(repeating: Elementary.logarithm(mean), count: neurons)
    ).spikes(bins: 33_000, seed: UInt32(1000 * mean))
    var fitter = CoupledFitter(coupling: IdentityBasis(window: 1))
    fitter.hasStandardErrors = true
    let pValues = couplings(try await fitter.fit(spikes))
    #expect(pValues.count == neurons * (neurons - 1))
    for level in [1e-4, 0.01, 0.05] {
      let expected = Double(pValues.count) * level
      let found = pValues.count { $0 < level }
      // Of discrete counts the level is kept to within a factor of 2.
      #expect(
        Double(found) < 2 * expected + 4 * (2 * expected).squareRoot() + 1, "\(level): \(found)")
    }
  }

  /// A coupling of which no coincidence tells is found where many were expected.
  @Test func `strong inhibition is found although there is no estimate`() async throws {
    var neurons = CoupledNeurons([-3, -3])
    neurons.filters = [SIMD2(0, 1): [-40, -40, -40]]
    let spikes = try neurons.spikes(bins: 20_000, seed: 33)
    var fitter = CoupledFitter(coupling: BoxcarBasis(count: 1, window: 3))
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(spikes)
    #expect(fit.neurons[1].warnings.map(\.problem) == [.separatedBelow])
    let inhibition = try #require(fit.neurons[1].pValue(of: .coupling(from: 0)))
    let nothing = try #require(fit.neurons[0].pValue(of: .coupling(from: 1)))
    #expect(inhibition < 1e-20 && nothing > 1e-3)
  }
}
