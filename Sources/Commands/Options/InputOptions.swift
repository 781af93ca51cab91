internal import ArgumentParser
internal import Spiking

/// What acts on networks and between their neurons, besides their weights.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The delays of the synapses in bins (.npy), or a folder of them with the names of the networks.",
      valueName: "FILE|DIR"), completion: .numpyFile)
  var delays: String?
  @Option(
    help: ArgumentHelp("A stimulus; may be repeated.", valueName: "FILE.json"),
    completion: .jsonFile)
  var stimulus: [String] = []

  /// The stimuli, which must fit these networks and bins of `dt` ms.
  func stimuli(
    for networks: [Connectivity], dt: Double, without others: [String] = []
  ) throws(SpikingError) -> [TargetedStimulus] {
    var stimuli: [TargetedStimulus] = []
    for path in stimulus where !others.contains(path) {
      stimuli.append(
        try StimulusFile.load(path, neuronCounts: networks.map(\.neuronCount), dt: dt))
    }
    return stimuli
  }
}
