internal import SpikingFiles
public import SpikingFramework

/// A run of a model on networks, and where it stands, as a JSON file: all that it takes to run it again, or
/// to go on with it.
///
/// ```json
/// {"format": 2, "version": "…", "model": {"model": "BernoulliGLM", "parameters": {"theta": 5}},
///  "stimuli": [{"stimulus": "Regular", "targets": [3, 7]}], "networks": "networks", "seed": 7,
///  "equilibration": 100, "steps": 100000, "maximumRate": 500, "bin": 40000,
///  "checkpoint": "spikes.checkpoint.npz"}
/// ```
///
/// ```swift
/// let run = RunDescription(model: model, networks: "networks", stimuli: stimuli, seed: 7, steps: 1000)
/// try run.save(to: "run.json")
/// let again = try RunDescription(
///   contentsOf: "run.json", models: [BernoulliGLM()], stimuli: BuiltInStimuli.all)
/// ```
///
/// Paths in the file start at its folder; here, they are as seen from the working directory.
public struct RunDescription: Sendable {
  /// What is simulated.
  public var model: any SpikingModel
  /// The input from outside.
  public var stimuli: [TargetedStimulus]
  /// The networks: a file, or a folder of `.npy` files, whose names decide the random numbers.
  public var networks: String
  /// Which array of an `.npz` is the network; nil where only one can be.
  public var array: String?
  /// What tells the networks from others, `RunFingerprint.fingerprint(of:)`; nil where any will do.
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
  /// The checkpoint of a run that was stopped at `bin`; without one it starts anew.
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

  private static let keys = [
    "model", "stimuli", "networks", "networksNumber", "array", "delays", "seed", "equilibration",
    "steps",
    "maximumRate", "bin",
    "checkpoint", "format", "version",
  ]

  /// Reads the run of a file. Networks and checkpoint are not read.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - models: one of each type that the model may be.
  ///   - stimuli: one of each type that a stimulus may be.
  /// - Throws: `unreadableFile`, `invalidData`, `unknownName` or `invalidParameter`, naming the file,
  ///   the key, what was found and what was expected.
  public init(
    contentsOf path: String, models: [any SpikingModel], stimuli: [any Stimulus]
  ) throws(SpikingError) {
    do throws(SpikingError) {
      try self.init(JSONObject(contentsOf: path), models, stimuli)
    } catch {
      throw error.subject == visible(path) ? error : error.within(path)
    }
  }

  private init(
    _ file: JSONObject, _ models: [any SpikingModel], _ prototypes: [any Stimulus]
  ) throws(SpikingError) {
    try file.allow(Self.keys)
    let description = try TypeDescription(
      "model", file.object("model", expected: "a model, {\"model\": …}"))
    try description.object.allow(description.keys)
    let equilibration =
      file["equilibration"] == nil
      ? 100 : try file.whole("equilibration", in: 0...BinnedSpikes.maximumBinCount)
    self.init(
      model: try description.model(among: models),
      networks: file.resolved(try file.string("networks", expected: "a path in quotes")),
      array: file["array"] == nil ? nil : try file.string("array"),
      delays: try file.path("delays"), seed: try file.seed("seed"),
      equilibration: equilibration,
      steps: try file.whole("steps", in: 1...BinnedSpikes.maximumBinCount))
    try SpikingError.within("model", model.validate())
    for object in try file.objects("stimuli", expected: "a stimulus, {\"stimulus\": …}") {
      let stimulus = try TypeDescription("stimulus", object).stimulus(among: prototypes)
      let (targets, _) = try object.targets("targets")
      self.stimuli.append(TargetedStimulus(stimulus, targets: targets))
    }
    if file["maximumRate"] != nil {
      guard let rate = file["maximumRate"]?.double, rate > 0 else {
        throw file.error("maximumRate", expected: "a positive rate in Hz, or \"infinity\"")
      }
      maximumRate = rate
    }
    if file["bin"] != nil { bin = try file.whole("bin", in: -equilibration...steps) }
    checkpoint = try file.path("checkpoint")
    if file["networksNumber"] != nil { networksFingerprint = try file.seed("networksNumber") }
  }

  /// Whether the file at `path` describes a run, and not a model or a stimulus alone.
  public static func isRun(_ path: String) -> Bool {
    (try? JSONObject(contentsOf: path))?["networks"] != nil
  }

  /// The networks of the run.
  ///
  /// - Throws: as `ConnectivityFile`; `invalidData` where stimuli do not fit the networks.
  public func loadNetworks() throws(SpikingError) -> [Connectivity] {
    var loaded: [Connectivity]
    if let array {
      loaded = [try ConnectivityFile(networks).load(array: array)]
    } else {
      loaded = try ConnectivityFile.loadAll(networks)
    }
    if let delays { loaded = try DelayFile.load(delays, for: loaded) }
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
