import Spiking

/// Where the time of a bin goes, and how far each stage is from what the machine can do.
func measureStages(_ roofline: Roofline) async throws -> Section {
  var results: [Measurement] = []
  for reference in ReferenceNetwork.all {
    let network = try reference.network()
    for model in ReferenceNetwork.models {
      results += try await stages(
        of: model, network, name: reference.name(with: model), bins: reference.bins, roofline)
    }
  }
  return Section(
    name: "stages",
    title:
      "Where the time of a bin goes (%), and what of it the machine needs at best (% of limit)",
    measurements: results)
}

private func stages(
  of model: some CascadeModel, _ network: Connectivity, name: String, bins: Int,
  _ roofline: Roofline
) async throws -> [Measurement] {
  let stages = try await Stages.measure(model, network)
  let run = try await SimulationTime.measure(model, network, bins: bins, pairs: 3)
  let neurons = network.neuronCount
  let drive = await Roofline.driveSeconds(neurons: neurons, stateBytes: model.stateBytes * neurons)
  let scatter = await roofline.scatterSeconds(events: stages.events, through: network)
  let draw = roofline.drawSeconds(neurons: neurons)
  return [
    ("µs a bin", stages.bin * 1e6),
    ("of the run's", stages.bin / run.seconds),
    ("drive", stages.drive / stages.bin * 100),
    ("nonlin.", stages.nonlinearity / stages.bin * 100),
    ("draw", stages.draw / stages.bin * 100),
    ("scatter", stages.scatter / stages.bin * 100),
    ("ns an event", stages.scatter / stages.events * 1e9),
    ("drive of limit", drive / stages.drive * 100),
    ("draw of limit", draw / stages.draw * 100),
    ("scatter of limit", scatter / stages.scatter * 100),
  ].map { Measurement(name: name, value: $0.1, unit: $0.0) }
}

extension CascadeModel {
  /// What the filters remember of a neuron, in bytes: arrivals of the window's bins, own effects on
  /// the bins ahead, a filtered sum, a drive and a bound.
  fileprivate var stateBytes: Int {
    4 * (coupling.taps(dt: dt).count + 1) + 8 * (ownFilter.taps(dt: dt).count + 1) + 8 + 8 + 4
  }
}
