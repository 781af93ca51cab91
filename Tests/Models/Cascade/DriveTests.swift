import Spiking
import SpikingTestCases
import Testing

/// The drive that the engine computes, against a direct sum over lags written from the definition.
@Suite struct DriveTests {
  @Test(arguments: [3, 8, 70], [false, true])
  func `BernoulliGLM equals the direct sum over lags`(neurons: Int, isDense: Bool) throws {
    var model = BernoulliGLM()
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
    model.couplingWindow = 30
    model.alpha = 0.01
    model.dt = 0.3
    model.r = -0.7
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
    model.alpha = 0
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
    model.couplingWindow = 0
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
  }

  @Test(arguments: [3, 8, 70], [false, true])
  func `PoissonGLM equals the direct sum over lags`(neurons: Int, isDense: Bool) throws {
    var model = PoissonGLM()
    model.r = 0.3
    model.b = -1.25
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
    // A window whose end is below rounding, one of a single bin, and one that is long and matters.
    model.couplingWindow = 100
    model.tau = 2
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
    model.couplingWindow = 1
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
    model.couplingWindow = 200
    model.tau = 50
    model.dt = 0.5
    try expectDirectSum(model, reference(of: model), neurons: neurons, isDense: isDense)
  }

  @Test func `a filter given by its taps equals the direct sum`() throws {
    let model = TapModel()
    let reference = DirectSum(
      coupling: { $0 < 3 ? [0.5, -2, 0.25][$0] : 0 }, own: { $0 == 1 ? -4 : 0 }, scale: 2,
      baseline: 0.5)
    try expectDirectSum(model, reference, neurons: 20, isDense: false)
  }

  @Test func `a block of a network computes the drives of its own neurons`() throws {
    let network = try randomNetwork(neurons: 150, seed: 3)
    for storage in [network.sparse(), network.dense()] {
      let history = randomHistory(neurons: 150, bins: 60, seed: 4)
      let whole = try drives(BernoulliGLM(), storage, history, neurons: 0..<150)
      for block in [0..<64, 64..<128, 128..<150] {
        let part = try drives(BernoulliGLM(), storage, history, neurons: block)
        #expect(part == whole.map { Array($0[block]) })
      }
    }
  }

  @Test func `one spike acts from the next bin on, for as long as its filters last`() throws {
    let network = try Connectivity(matrix: [0, 2, 0, 0], neuronCount: 2)
    var history = [[Int]](repeating: [0, 0], count: 14)
    history[1] = [1, 0]
    let found = try drives(BernoulliGLM(), network, history, neurons: 0..<2)
    let coupling = (0..<5).map { 2 * Elementary.exponential(-0.2 * Double($0)) }
    let expected = [0, 0] + coupling + [Double](repeating: 0, count: 7)
    for (bin, drive) in expected.enumerated() {
      #expect(abs(found[bin][1] - drive) < 1e-6, "bin \(bin)")
    }
    #expect(found[2][0] == -100 && found[4][0] == -100)
    #expect(abs(found[5][0] + 30) < 1e-12)
    #expect(found[1][0] == 0 && found[12][0] == 0)
  }

  private func reference(of model: BernoulliGLM) -> DirectSum {
    let absolute = model.absoluteRefractoryScale
    return DirectSum(
      coupling: {
        $0 < model.couplingWindow ? Elementary.exponential(-model.alpha * Double($0) * model.dt) : 0
      },
      own: { k in
        if k < absolute { return model.absoluteRefractoryStrength }
        if k >= absolute + model.relativeRefractoryScale { return 0 }
        return model.relativeRefractoryStrength
          * Elementary.exponential(-model.beta * Double(k - absolute) * model.dt)
      }, scale: model.r, baseline: 0)
  }

  private func reference(of model: PoissonGLM) -> DirectSum {
    DirectSum(
      coupling: {
        $0 < model.couplingWindow ? Elementary.exponential(-Double($0) * model.dt / model.tau) : 0
      }, own: { _ in 0 }, scale: model.r, baseline: model.b)
  }

  private func expectDirectSum(
    _ model: some CascadeModel, _ reference: DirectSum, neurons: Int, isDense: Bool
  ) throws {
    let network = try randomNetwork(neurons: neurons, seed: UInt64(neurons))
    let history = randomHistory(neurons: neurons, bins: 250, seed: 2)
    let found = try drives(
      model, isDense ? network.dense() : network.sparse(), history, neurons: 0..<neurons)
    for bin in found.indices {
      for neuron in 0..<neurons {
        let (expected, size) = reference.drive(of: neuron, at: bin, history, network)
        // Relative to the largest of the terms that are summed, as they may cancel; the recursion
        // leaves a residue of its rounding where nothing acts any more.
        #expect(
          abs(found[bin][neuron] - expected) <= 1e-6 * max(abs(expected), size) + 1e-12,
          "neuron \(neuron), bin \(bin)")
      }
    }
  }
}

/// A cascade with filters given by their taps.
private struct TapModel: CascadeModel {
  var dt = 1.0
  var nonlinearity: Softplus { Softplus(gain: 0.01) }
  var emission: PoissonEmission { PoissonEmission() }
  var coupling: TapFilter { TapFilter([0.5, -2, 0.25]) }
  var historyFilter: TapFilter { TapFilter([0, -4]) }
  var synapticScale: Double { 2 }
  var baseline: Double { 0.5 }
}
