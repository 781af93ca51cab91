import Spiking
import SpikingTestCases
import Testing

@Suite struct FilterTests {
  struct Golden: Decodable {
    struct Filter: Decodable {
      let parameters: [String: Double]
      let dt: Double
      let taps: [Double]
    }
    struct RaisedCosines: Decodable {
      let count, window: Int
      let functions: [[Double]]
    }
    let filters: [String: Filter]
    let raisedCosineLog: RaisedCosines
  }

  @Test func `every filter has the values of its definition`() throws {
    let stored = try golden("filters", as: Golden.self).filters
    try expect(stored["exponential"], ExponentialFilter(decayRate: 0, window: 0))
    try expect(stored["leakyIntegrator"], LeakyIntegratorFilter(tau: 1))
    try expect(stored["synapticActivation"], SynapticActivationFilter(tau: 1))
    try expect(stored["alpha"], AlphaFilter(tau: 1))
    try expect(
      stored["differenceOfExponentials"], DifferenceOfExponentialsFilter(riseTime: 1, decayTime: 2))
    try expect(
      stored["refractory"],
      RefractoryFilter(
        absoluteScale: 0, absoluteStrength: 0, relativeScale: 0, relativeStrength: 0, decayRate: 0))
  }

  private func expect(_ stored: Golden.Filter?, _ prototype: some TemporalFilter) throws {
    let stored = try #require(stored)
    var filter = prototype
    for (name, value) in stored.parameters { try filter.setParameter(name, to: value) }
    let taps = filter.taps(dt: stored.dt)
    for (k, expected) in stored.taps.enumerated() {
      let tap = k < taps.count ? taps[k] : 0
      #expect(abs(tap - expected) <= 1e-12 * max(1, abs(expected)), "\(filter), k = \(k)")
    }
  }

  @Test func `taps without end stop where nothing is left`() {
    let taps = LeakyIntegratorFilter(tau: 2).taps(dt: 1)
    // e^{−k/2} falls below 2⁻⁵⁴ at k = 108 ln 2 = 74.9.
    #expect(taps.count == 75)
    let alpha = AlphaFilter(tau: 2).taps(dt: 1)
    #expect(alpha[0] == 0 && abs(alpha[2] - 1) < 1e-15 && alpha.count > 75)
    #expect(alpha.last.map { $0 < 1e-14 } == true)
    // A filter that never decays is cut, not followed for ever.
    #expect(SynapticActivationFilter(tau: 1e300).taps(dt: 1).count == 100_000)
  }

  @Test func `a weighted basis is the sum of its functions`() throws {
    let stored = try golden("filters", as: Golden.self).raisedCosineLog
    let basis = RaisedCosineLogBasis(count: stored.count, window: stored.window)
    let functions = basis.functions()
    #expect(functions.count == stored.window)
    for (found, expected) in zip(functions.joined(), stored.functions.joined()) {
      #expect(abs(found - expected) < 1e-13)
    }
    var filter = BasisFilter(basis, weights: [1, -2])
    #expect(filter.parameters.map(\.name).suffix(2) == ["weights.3", "weights.4"])
    try filter.setParameter("weights.4", to: 0.5)
    for (lag, tap) in filter.taps(dt: 1).enumerated() {
      let values = stored.functions[lag]
      #expect(abs(tap - (values[0] - 2 * values[1] + 0.5 * values[4])) < 1e-12)
    }
  }

  @Test func `parameters of a list are set by number`() throws {
    var filter = TapFilter([1, 2, 3])
    try filter.setParameter("weights.1", to: -4)
    #expect(filter.weights == [1, -4, 3])
    #expect(throws: SpikingError.self) { try filter.setParameter("weights.3", to: 0) }
    #expect(throws: SpikingError.self) { try filter.setParameter("weights.0", to: .nan) }
  }

  @Test func `contradictory filters are errors`() throws {
    let network = try randomNetwork(neurons: 3, seed: 1)
    for filter in [
      DifferenceOfExponentialsFilter(riseTime: 5, decayTime: 5),
      DifferenceOfExponentialsFilter(riseTime: 1, decayTime: .infinity),
    ] {
      let model = FilterModel(coupling: filter)
      #expect(throws: SpikingError.self) { try model.makeState(of: network, neurons: 0..<3) }
    }
    let error = #expect(throws: SpikingError.self) {
      try FilterModel(coupling: Broken()).makeState(of: network, neurons: 0..<3)
    }
    #expect(error?.description.contains("FilterModel.coupling: found nan at lag 2") == true)
    var basis = BasisFilter(RaisedCosineLogBasis(count: 3, window: 6))
    basis.weights = [1]
    #expect(throws: SpikingError.self) {
      try FilterModel(coupling: basis).makeState(of: network, neurons: 0..<3)
    }
  }
}

/// A filter that is no number at its second lag.
private struct Broken: TemporalFilter {
  func taps(dt: Double) -> [Double] { [1, .nan] }
}

/// A cascade with any filter of its synapses.
struct FilterModel<Coupling: TemporalFilter>: CascadeModel {
  var dt = 1.0
  var coupling: Coupling
  var baseline = 0.0
  var nonlinearity: Softplus { Softplus(gain: 0.01) }
  var emission: PoissonEmission { PoissonEmission() }
}
