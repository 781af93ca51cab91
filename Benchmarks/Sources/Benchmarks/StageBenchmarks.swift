import Spiking

/// Where the time of a bin goes, and how far each stage is from what the machine can do.
func measureStages() async throws -> Section {
  var results: [Measurement] = []
  for reference in ReferenceNetwork.all {
    let network = try reference.network()
    // Called with a known type, so that the stages are compiled for it, as they are in the package.
    results += table(
      try await Stages.measure(BernoulliGLM(), network, simulatorBins: reference.bins),
      name: reference.name(with: BernoulliGLM()))
    results += table(
      try await Stages.measure(
        ReferenceNetwork.poisson, network, simulatorBins: reference.bins),
      name: reference.name(with: ReferenceNetwork.poisson))
  }
  return Section(
    name: "stages",
    title: "Where the time of a bin goes (%), and how much of that the machine needs at best (%)",
    measurements: results)
}

private func table(_ rounds: [Stages], name: String) -> [Measurement] {
  let columns: [(unit: String, quantity: (Stages) -> Double)] = [
    ("µs a bin", { $0.bin * 1e6 }),
    ("of the simulator's", { $0.bin / $0.simulatorBin }),
    ("% drive", { $0.drive / $0.bin * 100 }),
    ("% nonlinearity", { $0.nonlinearity / $0.bin * 100 }),
    ("% draw", { $0.draw / $0.bin * 100 }),
    ("% scatter", { $0.scatter / $0.bin * 100 }),
    ("ns an event", { $0.scatter / $0.events * 1e9 }),
    ("best drive", { $0.driveLimit / $0.drive * 100 }),
    ("best draw", { $0.drawLimit / $0.draw * 100 }),
    ("best scatter", { $0.scatterLimit / $0.scatter * 100 }),
  ]
  return columns.map { column in
    Measurement(name: name, value: median(of: rounds.map(column.quantity)), unit: column.unit)
  }
}
