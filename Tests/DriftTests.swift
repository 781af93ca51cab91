import Spiking
import Testing

/// Filters computed by recursion stay with the sum of their taps.
@Suite struct DriftTests {
  /// Over 10⁶ bins with a window of 200, whose last tap is far from 0, every 997th drive against the
  /// sum of the taps. Errors of the recursion do not add up: each decays with the filter. The memory of
  /// the filter is some τ = 50 bins, over which roundings of 2⁻⁵³ each make at most 1e-14 of the sum.
  @Test(arguments: [(50.0, 200), (5.0, 20), (1e6, 200)])
  func `a recursion does not drift from its taps in a million bins`(tau: Double, window: Int)
    throws
  {
    var model = PoissonGLM()
    model.tau = tau
    model.couplingWindow = window
    model.alpha = 20
    model.r = 0.01
    let network = try randomNetwork(neurons: 6, seed: 8)
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
          // Where the filter never decays within the window, roundings do add up: 10⁶ of 2⁻⁵³.
          let tolerance = (tau > 1e5 ? 1e-9 : 1e-13) * max(expected.largest, model.r)
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
