import Spiking
import SpikingTestCases
import Testing

/// Filters computed by recursion stay with the sum of their taps.
@Suite struct DriftTests {
  /// Every 997th drive against the sum of the taps, over 10⁶ bins. An error of the recursion decays with
  /// the filter, so that what is left are the roundings, 2⁻⁵³ of the sum, of the last τ bins.
  @Test(arguments: [(50.0, 200), (5.0, 20), (1e6, 200)])
  func `a recursion does not drift from its taps in a million bins`(tau: Double, window: Int)
    throws
  {
    var model = PoissonGLM()
    model.tau = tau
    model.couplingWindow = window
    model.alpha = 20
    model.r = 0.01
    // Multiples of 1/16 are summed exactly in single precision: what is left is the recursion's error.
    let network = try randomNetwork(neurons: 6, seed: 8).mapWeights { ($2 * 16).rounded() / 16 }
    let direct = DirectSum(
      coupling: { $0 < window ? Elementary.exponential(-Double($0) / tau) : 0 }, own: { _ in 0 },
      scale: model.r, baseline: 0)
    var state = try model.makeState(of: network, neurons: 0..<6)
    let random = RandomSource(seed: 2)
    let input = try BlockInput(neuronCounts: [6], neurons: 0..<6, dt: 1, random: random)
    var history = [[Int]](repeating: [Int](repeating: 0, count: 6), count: window)
    var spikeCount = 0
    var compared = 0
    for bin in 0..<1_000_000 {
      var spikes = BinSpikes()
      model.emit(&state, input: input, bin: bin, random: random, into: &spikes)
      model.receive(spikes, bin: bin, in: &state)
      if bin % 997 == 0 || bin > 999_990 {
        let recent = (0...window).map { history[(bin + $0) % window] }
        let drives = state.withDrives { span in span.indices.map { span[$0] } }
        for neuron in 0..<6 {
          let expected = direct.drive(of: neuron, at: window, recent, network)
          // With τ = 10⁶ a million roundings, which add up to the root of their number if they
          // are independent, are left; each input leaves 2⁻⁵³ for each bin of the window.
          let tolerance = (tau > 1e5 ? 1e-8 : 1e-12) * max(expected.largest, model.r)
          #expect(abs(drives[neuron] - expected.drive) <= tolerance, "bin \(bin)")
          compared += 1
        }
      }
      var counts = [Int](repeating: 0, count: 6)
      for index in 0..<spikes.count {
        counts[Int(spikes.neurons[index])] = Int(spikes.counts[index])
      }
      history[bin % window] = counts
      spikeCount += spikes.spikeCount
    }
    #expect(compared > 6000 && spikeCount > 100_000)
  }
}
