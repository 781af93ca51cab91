import Spiking

/// What each stage of a bin takes, measured around the public protocol of a model:
///
/// - the whole bin, `emit` and `receive`, without a clock in between;
/// - scatter: the same with a clock around each `receive`, less what reading the clock takes;
/// - nonlinearity and draw: again and again with drives that were taken from the run;
/// - drive: the rest of the bin.
struct Stages {
  /// All in seconds a bin.
  let bin: Double
  let nonlinearity: Double
  let draw: Double
  let scatter: Double
  /// Spikes through synapses, a bin.
  let events: Double

  var drive: Double { bin - nonlinearity - draw - scatter }

  static func measure<Model: CascadeModel>(
    _ model: Model, _ network: Connectivity
  ) async throws -> Stages {
    let neurons = network.neuronCount
    let bins = max(50, 8_000_000 / neurons)
    var activity = try Activity(model: model, network: network)
    activity.advance(200)
    let bin = await medianSeconds { activity.advance(bins) }
    let clock = await clockSeconds()
    var scatter: [Double] = []
    var events = 0
    for _ in 0..<5 {
      let passed = activity.receiving(bins)
      scatter.append(passed.seconds - Double(passed.intervals) * clock)
      events += passed.events
    }
    // As many bins' drives as the first cache holds besides.
    var drives: [[Double]] = []
    for _ in 0..<min(32, max(1, 2048 / neurons)) {
      activity.advance(20)
      drives.append(activity.drives)
    }
    let replay = Replay(model: model, drives: drives)
    return Stages(
      bin: bin / Double(bins), nonlinearity: await replay.nonlinearitySeconds(bins: bins),
      draw: await replay.drawSeconds(bins: bins), scatter: median(of: scatter) / Double(bins),
      events: Double(events) / Double(5 * bins))
  }

  /// What a clock shows between two readings that nothing separates, in seconds.
  private static func clockSeconds() async -> Double {
    let clock = ContinuousClock()
    var intervals: [Double] = []
    for _ in 0..<101 {
      var elapsed = Duration.zero
      for _ in 0..<100 {
        let start = clock.now
        elapsed += clock.now - start
      }
      intervals.append(elapsed / .seconds(100))
    }
    return median(of: intervals)
  }
}

/// A network that runs, on one thread, as the simulator runs it.
private struct Activity<Model: CascadeModel> {
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

  /// The time in `receive`, in how many intervals it was measured, and the synaptic events.
  mutating func receiving(_ bins: Int) -> (seconds: Double, intervals: Int, events: Int) {
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
    return (elapsed / .seconds(1), intervals, events)
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
}

/// The stages of a model that need drives alone, for the drives of a few bins in turn.
private struct Replay<Model: CascadeModel> {
  private let nonlinearity: Model.Link
  private let emission: Model.Counts
  private let dt: Double
  private let drives: [[Double]]

  init(model: Model, drives: [[Double]]) {
    nonlinearity = model.nonlinearity
    emission = model.emission
    dt = model.dt
    self.drives = drives
  }

  func nonlinearitySeconds(bins: Int) async -> Double {
    var bounds = [Float](repeating: 0, count: drives[0].count)
    let time = await medianSeconds {
      for bin in 0..<bins {
        let drives = drives[bin % drives.count]
        var span = bounds.mutableSpan
        nonlinearity.upperBounds(at: drives.span, into: &span)
      }
    }
    return time / Double(bins)
  }

  func drawSeconds(bins: Int) async -> Double {
    let random = RandomSource(seed: 1)
    let bounds = drives.map { drives in
      var bounds = [Float](repeating: 0, count: drives.count)
      var span = bounds.mutableSpan
      nonlinearity.upperBounds(at: drives.span, into: &span)
      return bounds
    }
    var spikes = BinSpikes()
    let time = await medianSeconds {
      for bin in 0..<bins {
        spikes.removeAll()
        let (drives, bounds) = (drives[bin % drives.count], bounds[bin % bounds.count])
        emission.sample(
          0..<drives.count, bounds: bounds.span,
          mean: { nonlinearity.rate(at: drives[$0]) * dt }, bin: bin, random: random,
          into: &spikes)
      }
    }
    return time / Double(bins)
  }
}
