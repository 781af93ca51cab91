import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What the command says of wrong stimuli, models and parameters.
@Suite struct CommandParameterTests {
  private let folder: CommandFolder

  /// Three networks of five neurons in the folder nets.
  init() throws {
    folder = try CommandFolder()
    let networks = try NormalGenerator(neurons: 5).networks(count: 3, seed: 0)
    try networks.write(to: folder.path("nets"))
  }

  private func simulate(_ options: String, model: String = "BernoulliGLM") throws
    -> CommandFolder.Run
  {
    try folder.spiking(
      "simulate --model \(model) --networks nets --steps 10 --seed 1 --output out.npz \(options)")
  }

  /// Runs with a stimulus whose file holds `text`.
  private func stimulate(_ text: String) throws -> CommandFolder.Run {
    try folder.write(text, to: "s.json")
    return try simulate("--stimulus s.json")
  }

  private func stimulus(targets: String) -> String {
    #"{"stimulus": "Regular", "parameters": {"strength": 5}, "targets": \#(targets)}"#
  }

  @Test(arguments: [
    ("[0, 5]", ["targets of network 0", "neuron 5", "0 to 4"]),
    ("[[0], [1], [7]]", ["targets of network 2", "neuron 7", "0 to 4"]),
    ("[[0], [1]]", ["targets", "2 networks", "3 networks"]),
    ("[[0], [1], [2], [3]]", ["targets", "4 networks", "3 networks"]),
    ("[-1]", ["targets[0]", "-1"]), ("[[0], [0, -2], [0]]", ["targets[1][1]", "-2"]),
    ("[0, 1.5]", ["targets[1]", "1.5"]), ("[1e30]", ["targets[0]", "1e+30"]),
    ("[true]", ["targets[0]", "true"]), (#"["a"]"#, ["targets[0]", #""a""#]),
    ("[[0], 1, 2]", ["targets[1]", "found 1", "like the first"]),
    ("{}", ["targets", "an object"]), ("null", ["targets", "null"]), ("3", ["targets", "found 3"]),
  ])
  func `targets that are no neurons are refused`(targets: String, words: [String]) throws {
    expectFailure(try stimulate(stimulus(targets: targets)), ["s.json: "] + words)
  }

  @Test(arguments: [
    ([4], "(4,)"), ([6], "(6,)"), ([0], "(0,)"), ([3, 4], "(3, 4)"), ([3, 6], "(3, 6)"),
    ([1, 3, 5], "(1, 3, 5)"), ([2, 5], "2 networks"),
  ])
  func `a mask that does not fit the networks is refused`(shape: [Int], found: String) throws {
    // Whatever it marks: a mask without marks fits no better.
    for isMarked in [true, false] {
      let marks = [Bool](repeating: isMarked, count: shape.reduce(1, *))
      try NumPyArray(marks, shape: shape).write(to: folder.path("mask.npy"))
      expectFailure(
        try stimulate(stimulus(targets: #""mask.npy""#)),
        ["s.json: ", found] + (found == "2 networks" ? ["3 networks"] : ["mask.npy: shape"]))
    }
  }

  @Test func `a mask drives the neurons that it marks`() throws {
    try NumPyArray([false, true, false, false, true]).write(to: folder.path("mask.npy"))
    let text = #"{"stimulus": "Regular", "parameters": {"strength": 500}, "targets": "#
    expectSuccess(try stimulate(text + #""mask.npy"}"#))
    let masked = try folder.bytes("out.npz")
    expectSuccess(try stimulate(text + "[1, 4]}"))
    #expect(try folder.bytes("out.npz") == masked)
    let fired = try Set(BinnedSpikes(contentsOf: folder.path("out.npz")).neurons)
    #expect(fired.isSuperset(of: [1, 4, 6, 9, 11, 14]))
  }

  @Test func `a mask that cannot be read or is not boolean is refused`() throws {
    let text = stimulus(targets: #""mask.npy""#)
    expectFailure(try stimulate(text), ["s.json: mask.npy: ", "No such file"])
    try NumPyArray([0, 1, 2, 0, 0]).write(to: folder.path("mask.npy"))
    expectFailure(try stimulate(text), ["s.json: mask.npy: data[2]", "found 2", "0 or 1"])
    try NumPyArray([0, 0.5, 1, 0, 0]).write(to: folder.path("mask.npy"))
    expectFailure(try stimulate(text), ["s.json: mask.npy: data[1]", "found 0.5"])
  }

  @Test(arguments: [
    (#"{"stimulus": "Regular", "parameters": {"strenght": 5}}"#, ["strenght", "strength, period"]),
    (#"{"stimulus": "Wave"}"#, [#""Wave""#, "Regular"]),
    (#"{"stimulus": 3}"#, ["stimulus", "found 3"]),
    (#"{"stimulus": "Regular", "colour": 1}"#, ["colour", "stimulus, parameters"]),
    (#"{"stimulus": "Regular", "parameters": {"strength": "5"}}"#, ["strength", #""5""#]),
    (#"{"stimulus": "Regular", "parameters": {"strength": null}}"#, ["strength", "null"]),
    (#"{"stimulus": "Regular", "parameters": {"strength": NaN}}"#, ["JSON, line 1"]),
    (#"{"stimulus": "Regular", "parameters": {"period": -1}}"#, ["period", "-1", "> 0"]),
    (#"{"stimulus": "Regular", "parameters": [1]}"#, ["parameters", "a list"]),
    ("{\"stimulus\": \"Regular\",\n\"parameters\": {\"strength\": 5,,}}", ["JSON, line 2"]),
    (#"{"stimulus": "Regular""#, ["JSON"]), ("", ["JSON"]), ("[1]", ["JSON", "a list"]),
    ("{}", ["keys", "none", "model or stimulus"]),
    (#"{"model": "BernoulliGLM"}"#, ["a model", "a stimulus"]),
  ])
  func `a stimulus file with a mistake is refused`(text: String, words: [String]) throws {
    expectFailure(try stimulate(text), ["s.json: "] + words)
  }

  @Test func `a stimulus file that is not there is refused`() throws {
    expectFailure(try simulate("--stimulus missing.json"), ["missing.json: ", "No such file"])
    expectFailure(try simulate("--stimulus nets"), ["nets: ", "directory"])
  }

  @Test(arguments: [
    ("dt=0", ["BernoulliGLM.dt", "found 0", "> 0"]), ("dt=-1", ["BernoulliGLM.dt", "found -1"]),
    ("dt=1.5", ["BernoulliGLM.dt", "found 1.5", "≤ 1"]), ("dt=nan", ["BernoulliGLM.dt", "nan"]),
    ("beta=inf", ["BernoulliGLM.beta", "found inf"]),
  ])
  func `a wrong parameter is refused`(assignment: String, words: [String]) throws {
    expectFailure(try simulate("--set \(assignment)"), ["--set"] + words)
  }

  @Test(arguments: ["theta", "theta=", "theta=five", "theta=1,5", "=5"])
  func `an assignment that is none is a wrong command line`(assignment: String) throws {
    expectFailure(
      try simulate("--set \(assignment)"), ["--set: ", "found", "expected"], exitCode: 64)
  }

  @Test func `a wrong model is refused`() throws {
    expectFailure(try simulate("", model: "missing.json"), ["missing.json: ", "No such file"])
    for (text, words) in [
      (#"{"model": "Bernouli"}"#, [#""Bernouli""#, "BernoulliGLM, PoissonGLM"]),
      (#"{"model": "BernoulliGLM", "parameters": {"thta": 5}}"#, ["thta", "theta"]),
      (#"{"model": "BernoulliGLM", "parameters": {"dt": 1.5}}"#, ["dt", "found 1.5"]),
      (#"{"model": "BernoulliGLM", "parameters": {"theta": "5"}}"#, ["theta", #""5""#]),
      (#"{"model": "BernoulliGLM", "targets": [1]}"#, ["targets", "model, parameters"]),
      (#"{"stimulus": "Regular"}"#, ["a stimulus", "a model"]),
      (#"{"model": "BernoulliGLM", "#, ["JSON"]),
    ] {
      try folder.write(text, to: "m.json")
      expectFailure(try simulate("", model: "m.json"), ["m.json: "] + words)
    }
  }

  @Test func `a model file stands for its settings, which --set changes`() throws {
    try folder.write(#"{"model": "BernoulliGLM", "parameters": {"theta": 2}}"#, to: "m.json")
    expectSuccess(try simulate("", model: "m.json"))
    let spikes = try folder.bytes("out.npz")
    expectSuccess(try simulate("--set theta=2"))
    #expect(try folder.bytes("out.npz") == spikes)
    expectSuccess(try simulate("--set theta=7", model: "m.json"))
    let changed = try folder.bytes("out.npz")
    #expect(changed != spikes)
    expectSuccess(try simulate("--set theta=7"))
    #expect(try folder.bytes("out.npz") == changed)
  }

  @Test func `activity that runs away is an error that says who and when`() throws {
    try folder.makeFolder("excited")
    let excited = try Connectivity(
      matrix: [Float](repeating: 20, count: 16), neuronCount: 4)
    try excited.write(to: folder.path("excited/a.npy"))
    let run = try folder.spiking(
      "simulate --model PoissonGLM --set alpha=2 --networks excited --steps 2000 --seed 1 "
        + "--output out.npz")
    expectFailure(run, ["network a", "neuron ", " ms", "ran away"])
  }
}
