import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Runs as files, from the library.
@Suite struct FormatsRunTests {
  private func read(_ path: String) throws -> Run {
    try Run(contentsOf: path)
  }

  @Test func `a run comes back and gives the same spikes`() async throws {
    let folder = try FormatsFolder()
    let networks = try NormalGenerator(neurons: 20, std: 5, glorot: true)
      .networks(count: 2, seed: 1)
    try networks.write(to: folder("nets"))
    var model = BernoulliGLM()
    model.theta = 3.25
    let values = NumericArray((0..<2000).map { Double($0 % 7) / 3 }, shape: [20, 100])
    var run = Run(
      model: model, networks: folder("nets"),
      stimuli: [
        TargetedStimulus(
          PoissonStimulus(strength: 2, meanInterval: 30, duration: 5) + LoadedStimulus(values),
          targets: .perNetwork([[1, 2], [7]])),
        TargetedStimulus(WhiteNoiseStimulus(stdPerBin: 1)),
      ], seed: .max, equilibration: 17, steps: 500, maximumRate: .infinity)
    #expect(run.bin == -17)
    run.bin = 300
    run.checkpoint = folder("stop.npz")
    try run.write(to: folder("run.json"))
    #expect(folder.names.contains("run.stimulus-0.second.values.npy"))

    let again = try read(folder("run.json"))
    #expect(again.model as? BernoulliGLM == model)
    #expect(again.networks == run.networks && again.array == nil && again.seed == .max)
    #expect(again.equilibration == 17 && again.steps == 500 && again.maximumRate == .infinity)
    #expect(again.bin == 300 && again.checkpoint == folder("stop.npz"))
    #expect(again.stimuli.map(\.targets) == run.stimuli.map(\.targets))
    func spikes(_ run: Run) async throws -> BinnedSpikes {
      let model = try #require(run.model as? BernoulliGLM)
      return try await Simulator(model, maximumRate: run.maximumRate).run(
        run.loadNetworks(), steps: run.steps, equilibration: run.equilibration,
        stimuli: run.stimuli, seed: run.seed)
    }
    let first = try await spikes(run)
    #expect(first.spikeCount > 100)
    #expect(try await spikes(again) == first)
  }

  /// What a run file cannot do without, and `rest`, whose keys take the place of others.
  private func text(_ rest: String, model: String = #"{"model": "BernoulliGLM"}"#) -> String {
    let owed = [#""networks": "w.npy""#, #""seed": 7"#, #""steps": 100"#].filter { field in
      !rest.contains(field.prefix { $0 != ":" } + ":")
    }
    return #"{"format": 2, "model": \#(model), \#(owed.joined(separator: ", "))\#(rest)}"#
  }

  @Test func `what is left out has its default, and paths start at the folder`() throws {
    let folder = try FormatsFolder()
    let run = try read(folder.file("run.json", text("")))
    #expect(run.networks == folder("w.npy") && run.seed == 7 && run.steps == 100)
    #expect(run.equilibration == 100 && run.maximumRate == nil && run.bin == -100)
    #expect(run.stimuli.isEmpty && run.array == nil && run.checkpoint == nil)
    let other = try read(
      folder.file(
        "other.json",
        text(#", "checkpoint": "../c.npz", "bin": -3, "equilibration": 3, "array": "W""#)))
    #expect(other.checkpoint == folder("../c.npz") && other.bin == -3 && other.array == "W")
    #expect(Run.isRun(folder("run.json")))
    let model = try folder.file("m.json", #"{"model": "BernoulliGLM"}"#)
    #expect(!Run.isRun(model) && !Run.isRun(folder("none.json")))
  }

  @Test func `the fingerprint of networks is written, read under both its names, and compared`()
    throws
  {
    let folder = try FormatsFolder()
    let networks = [try NormalGenerator(neurons: 3).network(0, seed: 0)]
    try networks.write(to: folder("nets"))
    let fingerprint = RunFingerprint.fingerprint(of: try [Connectivity](contentsOf: folder("nets")))
    var run = Run(model: BernoulliGLM(), networks: folder("nets"), seed: 1, steps: 1)
    run.networksFingerprint = fingerprint
    try run.write(to: folder("run.json"))
    let text = try String(contentsOfFile: folder("run.json"), encoding: .utf8)
    #expect(text.contains("\"networksFingerprint\": \(fingerprint),"))
    #expect(try read(folder("run.json")).loadNetworks() == networks)
    let former = try folder.file(
      "former.json", text.replacing("networksFingerprint", with: "networksNumber"))
    #expect(try read(former).networksFingerprint == fingerprint)
    let other = try folder.file("other.json", text.replacing("\(fingerprint)", with: "5"))
    expectError(.invalidData, ["networks", "other networks", "the same names"]) {
      _ = try read(other).loadNetworks()
    }
  }

  @Test func `masks and arrays of a run are compared with its networks`() throws {
    let folder = try FormatsFolder()
    try NormalGenerator(neurons: 3).network(0, seed: 0).write(to: folder("w.npy"))
    let masked = text(#", "stimuli": [{"stimulus": "Regular", "targets": "mask.npy"}]"#)
    let path = try folder.file("run.json", masked)
    try NumPyArray([true, false, true]).write(to: folder("mask.npy"))
    #expect(try read(path).loadNetworks().count == 1)
    #expect(try read(path).stimuli[0].targets == .mask([true, false, true]))
    try NumPyArray([true, false]).write(to: folder("mask.npy"))
    expectError(.invalidData, ["stimuli[0]", "mask", "network 0", "2 neurons", "3"]) {
      _ = try read(path).loadNetworks()
    }
    let loaded = try folder.file(
      "loaded.json",
      text(#", "stimuli": [{"stimulus": "Regular"}, {"stimulus": "Loaded", "values": [[1], [2]]}]"#)
    )
    expectError(.invalidData, ["stimuli[1]", "network 0", "(2, 1)", "(3, bins)"]) {
      _ = try read(loaded).loadNetworks()
    }
  }

  @Test(arguments: [
    ("", ["JSON"]), ("[]", ["JSON", "a list", "an object"]),
    (#"{"format": 3}"#, ["format", "found 3", "1 to 2"]), ("{}", ["model", "nothing", "a model"]),
    (#"{"model": {"model": "BernoulliGLM"}}"#, ["networks", "nothing", "a path"]),
  ]) func `files that are no runs are errors`(_ text: String, _ words: [String]) throws {
    try expectWrong(text, words)
  }

  @Test(arguments: [
    (#", "colour": 1"#, ["colour", "no such key", "model, fit, stimuli, networks"]),
    (#", "seed": -1"#, ["seed", "found -1", "0 to 18446744073709551615"]),
    (#", "seed": 1.5"#, ["seed", "found 1.5"]), (#", "seed": "7""#, ["seed", "found \"7\""]),
    (#", "steps": 0"#, ["steps", "found 0", "1 to 4294967295"]),
    (#", "steps": 1e10"#, ["steps", "found 10000000000"]),
    (#", "steps": true"#, ["steps", "found true", "a whole number"]),
    (#", "equilibration": -1"#, ["equilibration", "found -1", "0 to"]),
    (#", "bin": 101"#, ["bin", "found 101", "-100 to 100"]),
    (#", "bin": -101"#, ["bin", "found -101"]), (#", "bin": null"#, ["bin", "found null"]),
    (#", "maximumRate": 0"#, ["maximumRate", "found 0", "positive rate in Hz"]),
    (#", "checkpoint": 1"#, ["checkpoint", "found 1", "a path"]),
    (#", "array": []"#, ["array", "a list", "a name"]),
    (#", "networks": 1"#, ["networks", "found 1", "a path"]),
    (#", "stimuli": {}"#, ["stimuli", "an object", "a list"]),
    (#", "stimuli": [1]"#, ["stimuli[0]", "found 1", "a stimulus"]),
    (
      #", "stimuli": [{"stimulus": "Regular"}, {"stimulus": "Wave"}]"#,
      ["stimuli[1]: stimulus", "\"Wave\"", "Regular"]
    ),
    (
      #", "stimuli": [{"stimulus": "Regular", "parameters": {"period": "1"}}]"#,
      ["stimuli[0].parameters.period", "\"1\"", "a number"]
    ),
    (
      #", "stimuli": [{"stimulus": "Regular", "parameters": {"period": 0}}]"#,
      ["stimuli[0]: RegularStimulus.period", "found 0", "> 0"]
    ),
    (
      #", "stimuli": [{"stimulus": "Regular", "targets": [-1]}]"#,
      ["stimuli[0].targets[0]", "found -1"]
    ),
    (#", "stimuli": [{"stimulus": "Regular", "color": 1}]"#, ["stimuli[0].color", "no such key"]),
  ]) func `wrong values are errors that say what was expected`(
    _ rest: String, _ words: [String]
  ) throws {
    try expectWrong(text(rest), words)
  }

  @Test(arguments: [
    ("5", ["model", "found 5", "a model"]),
    (#"{"model": "Bernouli"}"#, ["model: model", "\"Bernouli\"", "BernoulliGLM, PoissonGLM"]),
    (#"{"model": "BernoulliGLM", "parameters": {"thta": 1}}"#, ["model: ", "thta", "theta"]),
    (#"{"model": "BernoulliGLM", "parameters": {"dt": 2}}"#, ["model: ", "dt", "found 2"]),
    (#"{"model": "BernoulliGLM", "parameters": {"dt": []}}"#, ["model.parameters.dt", "a list"]),
    (#"{"model": "BernoulliGLM", "targets": 1}"#, ["model.targets", "no such key"]),
  ]) func `wrong models are errors`(_ model: String, _ words: [String]) throws {
    try expectWrong(text("", model: model), words)
  }

  private func expectWrong(_ text: String, _ words: [String]) throws {
    let folder = try FormatsFolder()
    let path = try folder.file("run.json", text)
    do {
      _ = try read(path)
      Issue.record("no error for \(text)")
    } catch let error as SpikingError {
      for word in [path] + words { #expect(error.description.contains(word), "\(error)") }
      #expect(!error.description.contains("\n"))
    }
  }
}
