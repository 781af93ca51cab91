public import SpikingFramework
internal import SpikingModels

/// What `simulate` does: a model on networks with stimuli, from a seed, and where it stands. All that it
/// takes to run it again, or to go on with it, which a JSON file holds:
///
/// ```json
/// {"format": 2, "version": "…", "model": {"model": "BernoulliGLM", "parameters": {"theta": 5}},
///  "stimuli": [{"stimulus": "Regular", "targets": [3, 7]}], "networks": "networks",
///  "networksFingerprint": 91, "seed": 7, "equilibration": 100, "steps": 100000, "maximumRate": 500,
///  "bin": 40000, "checkpoint": "spikes.checkpoint.npz"}
/// ```
///
/// ```swift
/// let run = Run(model: model, networks: "networks", stimuli: stimuli, seed: 7, steps: 1000)
/// try run.write(to: "run.json")
/// let again = try Run(contentsOf: "run.json")
/// ```
///
/// Paths in the file start at its folder; here, they are as seen from the working directory.
public struct Run: Sendable {
  /// What is simulated.
  public var model: any SpikingModel
  /// The input from outside.
  public var stimuli: [TargetedStimulus]
  /// The networks: a file, or a folder of `.npy` files, whose names decide the random numbers.
  public var networks: String
  /// Which array of an `.npz` is the network; nil where only one can be.
  public var array: String?
  /// The file of the fit that the model is of; nil for other models. Where it is the file of the networks, too,
  /// the network is that of the fit.
  public var fit: String?
  /// How many times the network of the fit is run, each with random numbers of its own: as networks "0", "1", ….
  public var trials = 1
  /// The fingerprint of the networks, `RunFingerprint.fingerprint(of:)`; nil where any will do.
  public var networksFingerprint: UInt64?
  /// The delays of the synapses: a file, or a folder of `.npy` files with the names of the networks; nil
  /// where all are one bin.
  public var delays: String?
  /// What all random numbers of the run derive from.
  public var seed: UInt64
  /// The bins before the first that is recorded.
  public var equilibration: Int
  /// The bins to record.
  public var steps: Int
  /// The mean rate in Hz beyond which the run is stopped with an error; infinity never stops it, nil stands
  /// for the simulator's default.
  public var maximumRate: Double?
  /// The first bin that has not been simulated: `steps` after the end, `-equilibration` before the
  /// beginning.
  public var bin: Int
  /// The checkpoint of a run that was stopped at `bin`; without one it starts from the beginning.
  public var checkpoint: String?

  /// A run that has not begun.
  public init(
    model: any SpikingModel, networks: String, array: String? = nil, delays: String? = nil,
    stimuli: [TargetedStimulus] = [], seed: UInt64, equilibration: Int = 100, steps: Int,
    maximumRate: Double? = nil
  ) {
    self.model = model
    self.stimuli = stimuli
    self.networks = networks
    self.array = array
    self.delays = delays
    self.seed = seed
    self.equilibration = equilibration
    self.steps = steps
    self.maximumRate = maximumRate
    bin = -equilibration
  }

  /// The networks of the run.
  ///
  /// - Throws: as `Connectivity(contentsOf:)`; `invalidData` where stimuli do not fit the networks.
  public func loadNetworks() throws(SpikingError) -> [Connectivity] {
    var loaded: [Connectivity]
    if fit == networks, let model = model as? CoupledGLM {
      loaded = [try model.network(name: "0")]
      for trial in 1..<max(trials, 1) {
        var again = loaded[0]
        again.name = "\(trial)"
        loaded.append(again)
      }
    } else if let array {
      loaded = [try Connectivity(contentsOf: networks, array: array)]
    } else {
      loaded = try [Connectivity](contentsOf: networks)
    }
    if let delays { loaded = try loaded.withDelays(contentsOf: delays) }
    if let networksFingerprint, RunFingerprint.fingerprint(of: loaded) != networksFingerprint {
      throw SpikingError(
        .invalidData, "networks", found: "other networks in \(networks) than those of the run",
        expected: "the same names, synapses and delays")
    }
    let neuronCounts = loaded.map(\.neuronCount)
    for (number, stimulus) in stimuli.enumerated() {
      try SpikingError.within(
        "stimuli[\(number)]", stimulus.validate(neuronCounts: neuronCounts, dt: model.dt))
    }
    return loaded
  }
}
