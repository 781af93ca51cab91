import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking tune`, as a user runs it.
@Suite struct CommandTuneTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    let networks = try NormalGenerator(neurons: 20, std: 5, glorot: true).networks(
      count: 4, seed: 0)
    try networks.write(to: folder.path("nets"))
    try folder.write(
      #"{"stimulus": "Sinusoid", "parameters": {"amplitude": 1, "period": 100}, "targets": [0, 1]}"#,
      to: "s.json")
  }

  private func tune(_ options: String) throws -> CommandFolder.Run {
    try folder.spiking(
      "tune --model BernoulliGLM --networks nets --relative-error 0.02 --seed 3 --output m.json "
        + options)
  }

  @Test func `a tuned model simulates at its target`() throws {
    let run = try tune("--target-rate 15 --parameters theta")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(run.created == ["m.json"])
    #expect(run.output.contains("before: ") && run.output.contains("after:  "))
    #expect(run.output.contains("± ") && run.output.contains("seed 3"))
    let model = try folder.json("m.json")
    #expect(model["seed"] as? Int == 3 && model["version"] as? String == spikingVersion)
    let theta = try #require((model["parameters"] as? [String: Any])?["theta"] as? Double)
    #expect(theta < 5 && theta > 3)
    #expect(
      try folder.spiking(
        "simulate --model m.json --networks nets --steps 50000 --seed 8 --output spikes.npz"
      ).exitCode == 0)
    let spikes = try BinnedSpikes(contentsOf: folder.path("spikes.npz"))
    let rate = RateEstimate(spikes)
    #expect(abs(rate.rate - 15) < 15 * 4 * 0.02)
  }

  @Test func `a rate that is reached is written, however well it is known`() throws {
    // 80 neurons at 0.3 Hz for 100 s: 2400 spikes, some 2 %.
    let run = try folder.spiking(
      "tune --model BernoulliGLM --networks nets --target-rate 0.3 --parameters theta "
        + "--maximum-steps 100000 --seed 3 --output m.json")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(run.created == ["m.json"])
    #expect(run.output.contains("known to 2"), "\(run.output)")
    #expect(run.output.contains("not to the 0.3 % of --relative-error"), "\(run.output)")
    let precise = try tune("--target-rate 15 --parameters theta")
    #expect(!precise.output.contains("note"))
  }

  @Test func `first runs may be as long as a run can be`() throws {
    let run = try tune("--target-rate 15 --parameters thta --steps 20000000")
    #expect(run.exitCode == 64)
    #expect(run.error.contains("thta: no such parameter"), "\(run.error)")
  }

  @Test func `a tuned model and its stimulus need two files`() throws {
    let run = try tune(
      "--stimulus s.json --target-rate 9 --parameters stimulus.baseline --stimulus-output m.json")
    #expect(run.exitCode == 64 && run.created == [])
    #expect(run.error.contains("--stimulus-output"), "\(run.error)")
  }

  @Test func `a tuned stimulus goes to a file of its own`() throws {
    let run = try tune(
      "--stimulus s.json --target-rate 9 --parameters stimulus.baseline,stimulus.amplitude "
        + "--stimulus-output tuned.json")
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(run.created == ["m.json", "tuned.json"])
    let tuned = try ParameterFile(contentsOf: folder.path("tuned.json"))
    #expect(tuned.typeName == "Sinusoid" && tuned.targets == .everyNetwork([0, 1]))
    #expect(tuned.parameters["baseline"] != 0 && tuned.parameters["period"] == 100)
  }

  @Test(arguments: [
    ("--target-rate 15 --parameters couplingWindow", ["couplingWindow", "whole number"]),
    ("--target-rate 1500 --parameters theta", ["theta: found", "1500"]),
    ("--target-rate 15 --parameters theta --stimulus none.json", ["none.json"]),
    ("--target-rate 15 --parameters theta --set beta=-1", ["--set", "beta"]),
  ])
  func `what cannot be tuned is one clear line, and no file`(options: String, words: [String])
    throws
  {
    expectFailure(try tune(options), words)
  }

  @Test(arguments: [
    ("--target-rate -3 --parameters theta", "--target-rate"),
    ("--target-rate 2000 --parameters theta", "--target-rate"),
    ("--target-rate 3 --parameters theta --output m.npz", "m.npz"),
    ("--target-rate 3 --parameters theta --relative-error 2", "--relative-error"),
    ("--target-rate 3 --parameters theta --steps 0", "--steps"),
    ("--target-rate 3 --parameters theta --equilibration -1", "--equilibration"),
    ("--target-rate 3 --parameters theta --maximum-steps 0", "--maximum-steps"),
    ("--target-rate 3 --stimulus s.json --parameters stimulus.amplitude", "--stimulus-output"),
    ("--target-rate 3 --parameters theta --stimulus-output x.json", "--stimulus-output"),
  ])
  func `a wrong command line is refused`(options: String, word: String) throws {
    expectFailure(try tune(options), [word], exitCode: 64)
  }
}
