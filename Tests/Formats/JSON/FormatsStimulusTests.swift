import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Stimuli in files: arrays, sums and products.
@Suite struct FormatsStimulusTests {
  private func read(_ path: String) throws -> TargetedStimulus {
    try ParameterFile(contentsOf: path).stimulus()
  }

  @Test func `every stimulus comes back as it was saved`() throws {
    let folder = try FormatsFolder()
    func check<S: Stimulus & Equatable>(
      _ stimulus: S, _ files: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let path = folder("s.json")
      let targets = StimulusTargets.perNetwork([[1], [0, 2]])
      try TargetedStimulus(stimulus, targets: targets).write(to: path)
      let found = try read(path)
      #expect(found.stimulus as? S == stimulus, sourceLocation: sourceLocation)
      #expect(found.targets == targets)
      #expect(folder.names == (files + ["s.json"]).sorted(), sourceLocation: sourceLocation)
      for name in folder.names { try FileManager.default.removeItem(atPath: folder(name)) }
    }
    let times = (0..<101).map { Double($0) * 0.7 }
    let matrix = NumericArray((0..<12).map { Double($0) / 7 }, shape: [3, 4])
    let train = PulseTrainStimulus(times: [4.5, 0.1, 1e-300], strength: 2, duration: 3)
    let loaded = LoadedStimulus(matrix, scale: 0.5, dt: 0.1)
    let noise = WhiteNoiseStimulus(stdPerBin: 2, mean: 1)
    try check(SinusoidStimulus(amplitude: 1, period: 3, phase: 0.1, baseline: 2, start: 1), [])
    try check(
      PoissonStimulus(strength: 2, meanInterval: 30, duration: 4, start: 5, stop: 600), [])
    try check(RampStimulus(from: 1, to: 2, start: 3, duration: 4), [])
    try check(noise, [])
    try check(train, [])
    try check(PulseTrainStimulus(times: times, strength: 2, duration: 3), ["s.times.npy"])
    try check(loaded, ["s.values.npy"])
    try check(LoadedStimulus([1, 2, -0.5]), ["s.values.npy"])
    try check(LoadedStimulus(NumericArray(matrix.values, shape: [2, 3, 2])), ["s.values.npy"])
    try check(
      LoadedStimulus(networks: [matrix, NumericArray([1, 2])]),
      ["s.values-0.npy", "s.values-1.npy"])
    let ragged = [[1.0], [0.5, 0.25], []]
    try check(
      FilteredStimulus(
        signal: [times, times.reversed(), times], filters: ragged, scale: 3, dt: 0.2),
      ["s.signal.npy"])
    try check(FilteredStimulus(signal: ragged, filters: ragged), [])
    try check(train + noise, [])
    try check(
      (loaded + train) * (noise * loaded),
      ["s.first.first.values.npy", "s.second.second.values.npy"])
  }

  @Test(arguments: [
    (#"{"stimulus": "Loaded", "file": "one.npy"}"#, [[[1.0, 1], [2, 2]], [[1, 1], [2, 2]]]),
    (#"{"stimulus": "Loaded", "values": "two.npy"}"#, [[[1, 3], [2, 4]], [[1, 3], [2, 4]]]),
    (
      #"{"stimulus": "Loaded", "file": "three.npy", "parameters": {"scale": 2}}"#,
      [[[2, 6], [4, 8]], [[10, 14], [12, 16]]]
    ),
    (
      #"{"stimulus": "Loaded", "file": ["one.npy", "two.npy"]}"#,
      [[[1, 1], [2, 2]], [[1, 3], [2, 4]]]
    ),
    (#"{"stimulus": "Loaded", "values": "two.csv"}"#, [[[1, 3], [2, 4]], [[1, 3], [2, 4]]]),
    (#"{"stimulus": "Loaded", "file": "one.txt"}"#, [[[1, 1], [2, 2]], [[1, 1], [2, 2]]]),
    (
      #"{"stimulus": "Loaded", "values": [7, 8], "targets": [[0], [1]]}"#,
      [[[7, 0], [8, 0]], [[0, 7], [0, 8]]]
    ),
    (
      #"{"stimulus": "Loaded", "values": [[7, 8], [5, 6]]}"#,
      [[[7, 5], [8, 6]], [[7, 5], [8, 6]]]
    ),
    (
      #"{"stimulus": "PulseTrain", "times": [1], "parameters": {"strength": 3, "duration": 1}}"#,
      [[[0, 0], [3, 3]], [[0, 0], [3, 3]]]
    ),
    (
      #"{"stimulus": "PulseTrain", "file": "one.npy", "parameters": {"duration": 1}}"#,
      [[[0, 0], [1, 1]], [[0, 0], [1, 1]]]
    ),
    (
      #"{"stimulus": "Filtered", "file": "two.npy", "filters": [[1], [0, 2]]}"#,
      [[[1, 1], [8, 8]], [[1, 1], [8, 8]]]
    ),
    (
      #"{"stimulus": "Filtered", "signal": [[1, 5]], "filters": "row.npy"}"#,
      [[[4, 4], [20, 20]], [[4, 4], [20, 20]]]
    ),
    (
      #"""
      {"stimulus": "Sum", "first": {"stimulus": "Loaded", "file": "two.npy"}, "targets": [1],
       "second": {"stimulus": "Product", "first": {"stimulus": "Loaded", "values": [5, 6]},
                  "second": {"stimulus": "Loaded", "values": [2, 3]}}}
      """#, [[[0, 13], [0, 22]], [[0, 13], [0, 22]]]
    ),
  ]) func `stimuli by hand`(_ text: String, _ expected: [[[Double]]]) throws {
    let folder = try FormatsFolder()
    try NumPyArray([1.0, 2]).write(to: folder("one.npy"))
    _ = try folder.file("one.txt", "1\n2\n")
    _ = try folder.file("two.csv", "left,right\n1,3\n2,4\n")
    try NumPyArray([Float(1), 2, 3, 4], shape: [2, 2]).write(to: folder("two.npy"))
    try NumPyArray([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2, 2]).write(to: folder("three.npy"))
    try NumPyArray([4], shape: [1]).write(to: folder("row.npy"))
    let stimulus = try read(folder.file("s.json", text))
    for network in 0..<2 {
      let input = try BlockInput(
        [stimulus], network: network, neuronCounts: [2, 2], neurons: 0..<2, dt: 1,
        random: RandomSource(seed: 0))
      for bin in 0..<2 {
        var drive = [0.0, 0]
        input.add(to: &drive, bin: bin)
        #expect(drive == expected[network][bin])
      }
    }
  }

  @Test(arguments: [
    (#"{"stimulus": "Wave"}"#, ["stimulus", "\"Wave\"", "one of Regular, Poisson, Sinusoid"]),
    (#"{"stimulus": "Regular", "colour": 1}"#, ["colour", "stimulus, parameters, version"]),
    (#"{"stimulus": "Regular", "file": "a.npy"}"#, ["file", "no such key"]),
    (#"{"stimulus": "Loaded"}"#, ["values", "nothing", "the path of a .npy"]),
    (#"{"stimulus": "Loaded", "file": 5}"#, ["file", "found 5", "the path of a .npy"]),
    (#"{"stimulus": "Loaded", "file": "no.npy"}"#, ["no.npy", "No such file"]),
    (
      #"{"stimulus": "Loaded", "file": "a.npy", "values": [1]}"#, ["file", "either file or values"]
    ),
    (#"{"stimulus": "Loaded", "file": ["a.npy", 5]}"#, ["file[1]", "found 5", "a path"]),
    (#"{"stimulus": "Loaded", "file": "text.npy"}"#, ["text.npy", "'<U2'", "numbers"]),
    (#"{"stimulus": "Loaded", "file": "nan.npy"}"#, ["element [1]", "nan", "finite"]),
    (#"{"stimulus": "Loaded", "values": [[1, 2], [3]]}"#, ["values", "row 1", "1 numbers", "2"]),
    (#"{"stimulus": "Loaded", "values": [1, "2"]}"#, ["values[1]", "\"2\"", "a number"]),
    (#"{"stimulus": "Loaded", "values": [[1], 2]}"#, ["values[1]", "found 2", "a list"]),
    (#"{"stimulus": "PulseTrain", "times": [1, true]}"#, ["times[1]", "found true", "a number"]),
    (#"{"stimulus": "PulseTrain", "times": [1, "infinity"]}"#, ["times[1]", "a number"]),
    (#"{"stimulus": "PulseTrain", "times": "matrix.npy"}"#, ["matrix.npy", "(2, 1)", "(N,)"]),
    (#"{"stimulus": "PulseTrain", "times": {}}"#, ["times", "an object", "a list of numbers"]),
    (#"{"stimulus": "Filtered", "file": "a.npy"}"#, ["filters", "nothing", "list of lists"]),
    (#"{"stimulus": "Filtered", "file": "a.npy", "filters": [1]}"#, ["filters[0]", "found 1"]),
    (
      #"{"stimulus": "Filtered", "file": "a.npy", "filters": [[1], [2]]}"#, ["2 filters", "1, one"]
    ),
    (#"{"stimulus": "Sum", "first": {"stimulus": "Regular"}}"#, ["second", "nothing", "stimulus"]),
    (#"{"stimulus": "Sum", "first": 1, "second": 2}"#, ["first", "found 1", "a stimulus"]),
    (
      #"{"stimulus": "Sum", "first": {"stimulus": "Wave"}, "second": {"stimulus": "Wave"}}"#,
      ["first: stimulus", "\"Wave\""]
    ),
    (
      #"{"stimulus": "Sum", "first": {"stimulus": "Regular", "targets": [1]}, "second": {}}"#,
      ["first.targets", "no such key"]
    ),
    (
      #"{"stimulus": "Sum", "first": {"stimulus": "Regular", "parameters": {"period": -1}}, "second": {}}"#,
      ["first: RegularStimulus.period", "found -1", "> 0"]
    ),
    (#"{"stimulus": "Sum", "third": 1, "first": {}, "second": {}}"#, ["third", "first, second"]),
  ]) func `wrong stimuli are errors of one line`(_ text: String, _ words: [String]) throws {
    let folder = try FormatsFolder()
    try NumPyArray([1.0, 2]).write(to: folder("a.npy"))
    try NumPyArray([1.0, .nan]).write(to: folder("nan.npy"))
    try NumPyArray([1.0, 2], shape: [2, 1]).write(to: folder("matrix.npy"))
    try NumPyArray(scalar: "ab").write(to: folder("text.npy"))
    let path = try folder.file("s.json", text)
    do {
      _ = try read(path)
      Issue.record("no error")
    } catch let error as SpikingError {
      for word in [path] + words { #expect(error.description.contains(word), "\(error)") }
      #expect(!error.description.contains("\n"))
    }
  }

  @Test func `keys that a stimulus has no use for are errors where it is applied`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("s.json", #"{"stimulus": "Regular", "target": [0]}"#)
    var regular = RegularStimulus(strength: 1, period: 1, duration: 1)
    expectError(.invalidData, [path, "target", "stimulus, parameters, version, seed, targets"]) {
      try ParameterFile(contentsOf: path).apply(to: &regular)
    }
    var train = PulseTrainStimulus(times: [], strength: 1, duration: 1)
    let times = try folder.file("t.json", #"{"stimulus": "PulseTrain", "times": [3, 1]}"#)
    try ParameterFile(contentsOf: times).apply(to: &train)
    #expect(train.times == [1, 3])
  }

  private let catalogue: Catalogue = {
    var catalogue = Catalogue()
    catalogue.stimuli = [Steps()]
    return catalogue
  }()

  @Test func `the arrays of a plugin come back under their names`() throws {
    let folder = try FormatsFolder()
    var steps = Steps()
    (steps.times, steps.heights) = ([1, 2.5], [[1], [], [2, 3]])
    try TargetedStimulus(steps).write(to: folder("s.json"))
    #expect(
      try String(contentsOfFile: folder("s.json"), encoding: .utf8).contains(
        #""heights": [[1], [], [2, 3]]"#))
    #expect(
      try ParameterFile(contentsOf: folder("s.json")).stimulus(in: catalogue).stimulus as? Steps
        == steps)
    let path = try folder.file("t.json", #"{"stimulus": "Steps", "file": [7], "heights": [[1]]}"#)
    let found = try ParameterFile(contentsOf: path).stimulus(in: catalogue).stimulus
    #expect((found as? Steps)?.times == [7])
    expectError(.invalidData, ["heights", "nothing", "a list of lists of numbers"]) {
      let path = try folder.file("u.json", #"{"stimulus": "Steps", "times": []}"#)
      _ = try ParameterFile(contentsOf: path).stimulus(in: catalogue)
    }
  }

  @Test func `a closure cannot be saved, alone or in a sum`() throws {
    let folder = try FormatsFolder()
    let closure = ClosureStimulus { $0 }
    for stimulus in [closure, closure + WhiteNoiseStimulus(stdPerBin: 1)] as [any Stimulus] {
      expectError(.unwritableFile, [folder("s.json"), "function of a ClosureStimulus"]) {
        try TargetedStimulus(stimulus).write(to: folder("s.json"))
      }
    }
    #expect(folder.names == [])
  }
}

/// A stimulus as a plugin has it, made of a list and of lists.
private struct Steps: Stimulus, Equatable {
  var times: [Double] = []
  var heights: [[Double]] = []

  mutating func visitParameters(_ visit: inout some ParameterVisitor) {}

  var arrays: [NamedArrays] {
    get { [NamedArrays("times", times), NamedArrays("heights", heights)] }
    set { (times, heights) = (newValue[0].list, newValue[1].lists) }
  }

  func strength(at time: Double) -> Double { Double(times.count { $0 <= time }) }
}
