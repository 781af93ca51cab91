import Spiking

/// A network that runs, on one thread, as the simulator runs it.
struct Activity<Model: CascadeModel> {
  private let model: Model
  private let network: Connectivity
  private let input: BlockInput
  private let random = RandomSource(seed: 0)["spikes"]["0"]
  private var state: Model.State
  private var spikes = BinSpikes()
  private var bin = 0

  init(model: Model, network: Connectivity) throws {
    self.model = model
    self.network = network
    let neurons = 0..<network.neuronCount
    input = try BlockInput(
      neuronCounts: [network.neuronCount], neurons: neurons, dt: model.dt,
      random: RandomSource(seed: 0))
    state = try model.makeState(of: network, neurons: neurons)
  }

  /// The drives of the last bin.
  var drives: [Double] {
    state.withDrives { drives in drives.indices.map { drives[$0] } }
  }

  mutating func advance(_ bins: Int) {
    for _ in 0..<bins {
      emit()
      if spikes.count > 0 { model.receive(spikes, bin: bin, in: &state) }
      bin += 1
    }
  }

  /// Advances, and measures the time in `receive`; also counts the synaptic events.
  mutating func receiving(_ bins: Int) -> (seconds: Double, events: Int) {
    let clock = ContinuousClock()
    var (elapsed, intervals, events) = (Duration.zero, 0, 0)
    for _ in 0..<bins {
      emit()
      if spikes.count > 0 {
        let start = clock.now
        model.receive(spikes, bin: bin, in: &state)
        elapsed += clock.now - start
        intervals += 1
        for neuron in spikes.neurons { events += fanOut(Int(neuron)) }
      }
      bin += 1
    }
    return (elapsed / .seconds(1) - Double(intervals) * Self.clockSeconds(), events)
  }

  private mutating func emit() {
    spikes.removeAll()
    model.emit(&state, input: input, bin: bin, random: random, into: &spikes)
  }

  private func fanOut(_ neuron: Int) -> Int {
    if case .sparse(let rows) = network.storage {
      return rows.offsets[neuron + 1] - rows.offsets[neuron]
    }
    var count = 0
    network.forEachSynapse(from: neuron) { _, _ in count += 1 }
    return count
  }

  /// What a clock shows between two readings that nothing separates, in seconds.
  private static func clockSeconds() -> Double {
    let clock = ContinuousClock()
    let intervals = (0..<101).map { _ in
      var elapsed = Duration.zero
      for _ in 0..<100 {
        let start = clock.now
        elapsed += clock.now - start
      }
      return elapsed / .seconds(100)
    }
    return median(of: intervals)
  }
}
