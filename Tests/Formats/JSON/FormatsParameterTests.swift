import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct FormatsParameterTests {
  /// A type with all kinds of parameters.
  private struct Everything: Stimulus, Hashable {
    var real = 0.1
    var whole = 7
    var flag = true
    var end = Double.infinity
    func strength(at time: Double) -> Double { real }
    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("real", &real, in: .real)
      visit("whole", &whole)
      visit("flag", &flag)
      visit("end", &end, in: .endTime)
    }
  }

  @Test func `a model is read and applied`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file(
      "m.json",
      #"{"version": 1, "model": "BernoulliGLM", "parameters": {"theta": 2.5, "couplingWindow": 8.0}}"#
    )
    let file = try ParameterFile(contentsOf: path)
    #expect(file.kind == .model && file.typeName == "BernoulliGLM" && file.targets == .all)
    #expect(file.parameters == ["theta": 2.5, "couplingWindow": 8])
    var model = BernoulliGLM()
    try file.apply(to: &model)
    var expected = BernoulliGLM()
    expected.theta = 2.5
    expected.couplingWindow = 8
    #expect(model == expected)
    let bare = try folder.file("bare.json", #"{"model": "X"}"#)
    #expect(try ParameterFile(contentsOf: bare).parameters == [:])
  }

  @Test func `a model is written in the order of its declaration`() throws {
    let folder = try FormatsFolder()
    var model = BernoulliGLM()
    model.theta = 2.5
    try model.write(to: folder("m.json"))
    #expect(
      String(decoding: try bytes(folder("m.json")), as: UTF8.self) == """
        {
          "format": 2,
          "version": "\(spikingVersion)",
          "model": "BernoulliGLM",
          "parameters": {
            "theta": 2.5,
            "dt": 1,
            "couplingWindow": 5,
            "alpha": 0.2,
            "absoluteRefractoryScale": 3,
            "absoluteRefractoryStrength": -100,
            "relativeRefractoryScale": 7,
            "relativeRefractoryStrength": -30,
            "beta": 0.5,
            "r": 1
          }
        }

        """)
    var read = BernoulliGLM()
    try ParameterFile(contentsOf: folder("m.json")).apply(to: &read)
    #expect(read == model)
  }

  @Test func `every kind of value comes back`() throws {
    let folder = try FormatsFolder()
    for (real, end) in [(0.1, Double.infinity), (1e-300, 5), (-1e21, -.infinity)] {
      let value = Everything(real: real, whole: 1 << 52, flag: false, end: end)
      try TargetedStimulus(value).write(to: folder("s.json"))
      var read = Everything()
      try ParameterFile(contentsOf: folder("s.json")).apply(to: &read)
      #expect(read == value)
    }
    let text = String(decoding: try bytes(folder("s.json")), as: UTF8.self)
    #expect(text.contains(#""flag": false"#) && text.contains(#""whole": 4503599627370496"#))
  }

  @Test(arguments: [
    ("", StimulusTargets.all), (#", "targets": [2, 0]"#, .everyNetwork([2, 0])),
    (#", "targets": []"#, .everyNetwork([])),
    (#", "targets": [[0, 3], [], [1]]"#, .perNetwork([[0, 3], [], [1]])),
    (#", "targets": "mask1.npy""#, .mask([false, true, true])),
    (#", "targets": "mask2.npy""#, .masks([[true, false], [false, false], [true, true]])),
  ]) func `targets have many forms`(_ text: String, _ targets: StimulusTargets) throws {
    let folder = try FormatsFolder()
    try NumPyArray([false, true, true]).write(to: folder("mask1.npy"))
    try NumPyArray([1, 0, 0, 0, 1, 1], shape: [3, 2]).write(to: folder("mask2.npy"))
    let path = try folder.file(
      "s.json", #"{"stimulus": "Regular", "parameters": {"strength": 5}"# + text + "}")
    let file = try ParameterFile(contentsOf: path)
    #expect(file.kind == .stimulus && file.typeName == "Regular")
    #expect(file.parameters == ["strength": 5] && file.targets == targets)
  }

  @Test(arguments: [
    StimulusTargets.all, .everyNetwork([0, 3]), .perNetwork([[0, 3], []]), .mask([true, false]),
    .masks([[true, false], [false, false]]),
  ]) func `a stimulus comes back with its targets`(_ targets: StimulusTargets) throws {
    let folder = try FormatsFolder()
    let stimulus = RegularStimulus(strength: 5, period: 100, duration: 10, stop: 1000)
    try TargetedStimulus(stimulus, targets: targets).write(to: folder("s.json"))
    let file = try ParameterFile(contentsOf: folder("s.json"))
    #expect(file.typeName == "Regular" && file.targets == targets)
    var read = RegularStimulus(strength: 0, period: 1, duration: 1)
    try file.apply(to: &read)
    #expect(read == stimulus)
  }

  @Test(arguments: [
    ("", ["JSON"]), ("{\n\"model\": \"X\",,\n}", ["JSON, line 2"]), ("[1]", ["JSON", "a list"]),
    ("\"X\"", ["JSON", "\"X\"", "an object"]),
    (#"{"model": "X", "parameters": {"a": 1e999}}"#, ["JSON", "1e999"]),
    (#"{"model": "X", "parameters": {"a": NaN}}"#, ["JSON"]),
    ("{}", ["keys", "model or stimulus"]),
    (#"{"model": "X", "stimulus": "Y"}"#, ["keys", "model, stimulus"]),
    (#"{"model": 5}"#, ["model", "found 5", "a name"]),
    (#"{"model": null}"#, ["model", "found null"]),
    (#"{"model": "X", "parameters": [1]}"#, ["parameters", "a list", "object"]),
    (#"{"stimulus": "X", "parameters": {"a": "5"}}"#, ["parameters.a", "found \"5\"", "a number"]),
    (#"{"model": "X", "parameters": {"a": null}}"#, ["parameters.a", "found null"]),
    (#"{"model": "X", "parameters": {"a": [5]}}"#, ["parameters.a", "found a list"]),
    (#"{"model": "X", "parameters": {"a": {}}}"#, ["parameters.a", "found an object"]),
    (#"{"model": "X", "theta": 5}"#, ["theta", "model, parameters, version"]),
    (#"{"model": "X", "targets": [0]}"#, ["targets", "model, parameters, version"]),
    (#"{"model": "X", "format": 3}"#, ["format", "found 3", "1 to 2"]),
    (#"{"model": "X", "format": 0}"#, ["format", "found 0", "1 to 2"]),
    (#"{"model": "X", "format": "2"}"#, ["format", "found \"2\"", "1 to 2"]),
    (#"{"stimulus": "X", "targets": 5}"#, ["targets", "found 5", "list of neurons"]),
    (#"{"stimulus": "X", "targets": null}"#, ["targets", "found null"]),
    (#"{"stimulus": "X", "targets": [0, -1]}"#, ["targets[1]", "found -1"]),
    (#"{"stimulus": "X", "targets": [0, 1.5]}"#, ["targets[1]", "found 1.5"]),
    (#"{"stimulus": "X", "targets": [0, true]}"#, ["targets[1]", "found true"]),
    (#"{"stimulus": "X", "targets": [0, [1]]}"#, ["targets[1]", "found a list"]),
    (#"{"stimulus": "X", "targets": [[0], 1]}"#, ["targets[1]", "found 1", "list"]),
    (#"{"stimulus": "X", "targets": [[0], ["a"]]}"#, ["targets[1][0]", "found \"a\""]),
  ]) func `wrong files are errors`(_ text: String, _ parts: [String]) throws {
    let folder = try FormatsFolder()
    let path = try folder.file("wrong.json", text)
    expectError(.invalidData, [path] + parts) { _ = try ParameterFile(contentsOf: path) }
  }

  /// As version 0.1.0 wrote them.
  @Test func `files of format 1 are read`() throws {
    let folder = try FormatsFolder()
    let model = try folder.file(
      "m.json",
      """
      {
        "model": "BernoulliGLM",
        "parameters": {
          "theta": 2.5,
          "dt": 1,
          "couplingWindow": 5,
          "alpha": 0.2,
          "absoluteRefractoryScale": 3,
          "absoluteRefractoryStrength": -100,
          "relativeRefractoryScale": 7,
          "relativeRefractoryStrength": -30,
          "beta": 0.5,
          "r": 1
        }
      }

      """)
    var expected = BernoulliGLM()
    expected.theta = 2.5
    let read = try ParameterFile(contentsOf: model).model()
    #expect(read as? BernoulliGLM == expected)
    let stimulus = try folder.file(
      "s.json",
      """
      {
        "stimulus": "Regular",
        "parameters": {
          "strength": 5,
          "period": 100,
          "duration": 10,
          "start": 0,
          "stop": "infinity"
        },
        "targets": [[0, 3], [1, 7]]
      }

      """)
    let pulses = try ParameterFile(contentsOf: stimulus).stimulus()
    #expect(
      pulses.stimulus as? RegularStimulus
        == RegularStimulus(strength: 5, period: 100, duration: 10))
    #expect(pulses.targets == .perNetwork([[0, 3], [1, 7]]))
  }

  @Test func `wrong masks are errors`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("s.json", #"{"stimulus": "X", "targets": "mask.npy"}"#)
    expectError(.unreadableFile, [path, folder("mask.npy"), "No such file"]) {
      _ = try ParameterFile(contentsOf: path)
    }
    try NumPyArray([1, 0, 2, 1], shape: [2, 2]).write(to: folder("mask.npy"))
    expectError(.invalidData, [path, folder("mask.npy"), "data[1, 0]", "found 2"]) {
      _ = try ParameterFile(contentsOf: path)
    }
    try NumPyArray(scalar: true).write(to: folder("mask.npy"))
    expectError(.invalidData, [path, folder("mask.npy"), "shape", "()"]) {
      _ = try ParameterFile(contentsOf: path)
    }
    expectError(.unreadableFile, [folder("no.json"), "No such file"]) {
      _ = try ParameterFile(contentsOf: folder("no.json"))
    }
  }

  @Test func `parameters that do not fit name the file`() throws {
    let folder = try FormatsFolder()
    let unknown = try folder.file("u.json", #"{"model": "BernoulliGLM", "parameters": {"tau": 1}}"#)
    let outside = try folder.file("o.json", #"{"model": "BernoulliGLM", "parameters": {"dt": -1}}"#)
    let endless = try folder.file(
      "e.json", #"{"model": "BernoulliGLM", "parameters": {"theta": "infinity"}}"#)
    var model = BernoulliGLM()
    expectError(.unknownName, [unknown, "BernoulliGLM.tau", "theta, dt"]) {
      try ParameterFile(contentsOf: unknown).apply(to: &model)
    }
    expectError(.invalidParameter, [outside, "BernoulliGLM.dt", "found -1"]) {
      try ParameterFile(contentsOf: outside).apply(to: &model)
    }
    expectError(.invalidParameter, [endless, "BernoulliGLM.theta", "found inf"]) {
      try ParameterFile(contentsOf: endless).apply(to: &model)
    }
    let truth = try folder.file(
      "t.json", #"{"model": "BernoulliGLM", "parameters": {"theta": true}}"#)
    expectError(.invalidParameter, [truth, "BernoulliGLM.theta", "found true", "a finite number"]) {
      try ParameterFile(contentsOf: truth).apply(to: &model)
    }
    #expect(model == BernoulliGLM())
    var catalogue = Catalogue()
    catalogue.models = [PoissonGLM()]
    let other = catalogue
    expectError(.unknownName, [truth, "\"BernoulliGLM\"", "one of PoissonGLM"]) {
      _ = try ParameterFile(contentsOf: truth).model(in: other)
    }
    expectError(.invalidData, [truth, "a model", "a stimulus"]) {
      _ = try ParameterFile(contentsOf: truth).stimulus()
    }
  }
}
