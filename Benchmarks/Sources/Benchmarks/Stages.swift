import Spiking

/// What each stage of a bin takes, measured around the public protocol of a model, in seconds:
///
/// - the whole bin, `emit` and `receive`, without a clock in between;
/// - scatter: the same with a clock around each `receive`, less what reading the clock takes;
/// - nonlinearity and draw: again and again with drives that were taken from the run;
/// - drive: the rest of the bin.
///
/// A stage's limit is what the machine needs for it at best, measured at the same time.
struct Stages {
  let bin: Double
  /// A bin of the simulator.
  let simulatorBin: Double
  let nonlinearity: Double
  let draw: Double
  let scatter: Double
  /// Spikes through synapses, a bin.
  let events: Double
  let driveLimit: Double
  let drawLimit: Double
  let scatterLimit: Double

  var drive: Double { bin - nonlinearity - draw - scatter }

  /// The same measured several times: other processes may slow any of them down, but seldom most.
  static func measure(
    _ model: some CascadeModel, _ network: Connectivity, simulatorBins: Int, rounds: Int = 7
  ) async throws -> [Stages] {
    var activity = try Activity(model: model, network: network)
    activity.advance(200)
    var stages: [Stages] = []
    for _ in 0..<rounds {
      let simulated = try await SimulationTime.measure(
        model, network, bins: simulatorBins, pairs: 1)
      stages.append(
        try await measure(model, network, &activity, simulatorBin: simulated.seconds))
    }
    return stages
  }

  private static func measure<Model: CascadeModel>(
    _ model: Model, _ network: Connectivity, _ activity: inout Activity<Model>,
    simulatorBin: Double
  ) async throws -> Stages {
    let neurons = network.neuronCount
    let bins = max(25, 4_000_000 / neurons)
    let bin = await medianSeconds(runs: 3) { activity.advance(bins) } / Double(bins)
    let received = activity.receiving(bins)
    let events = Double(received.events) / Double(bins)

    // As many bins' drives as the first cache holds besides.
    var drives: [[Double]] = []
    for _ in 0..<min(32, max(1, 2048 / neurons)) {
      activity.advance(20)
      drives.append(activity.drives)
    }
    var replay = StageReplay(model: model, drives: drives)
    let times = max(1, bins / drives.count)
    let replayed = Double(times * drives.count)
    let nonlinearity = await medianSeconds(runs: 3) { replay.boundRates(times: times) }
    let draw = await medianSeconds(runs: 3) { replay.draw(times: times) }

    let limits = try await Limits.measure()
    return Stages(
      bin: bin, simulatorBin: simulatorBin, nonlinearity: nonlinearity / replayed,
      draw: draw / replayed, scatter: received.seconds / Double(bins), events: events,
      driveLimit: await limits.driveSeconds(neurons: neurons),
      drawLimit: limits.drawSeconds(neurons: neurons),
      scatterLimit: await limits.scatterSeconds(events: events, through: network))
  }
}
