import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking recover`, as a user runs it.
@Suite struct CommandRecoverTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    let networks = try NormalGenerator(neurons: 8, std: 4, glorot: true).networks(count: 2, seed: 0)
    try networks.write(to: folder.path("nets"))
  }

  private func recover(_ options: String) throws -> CommandFolder.Run {
    try folder.spiking("recover --networks nets --seed 3 --output out " + options)
  }

  @Test func `what is written is what the library finds`() async throws {
    let run = try recover("--model BernoulliGLM --steps 30000 --lengths 10000")
    expectSuccess(run)
    let figures = ["recovery-characteristic", "recovery-lengths", "recovery-weights"].flatMap {
      ["out/\($0).png", "out/\($0).svg"]
    }
    #expect(run.created == (["out", "out/recovery.json", "out/weights.npz"] + figures).sorted())
    #expect(run.output.contains("correlation") && run.output.contains("seed 3"))

    let found = try await RecoveryExperiment(BernoulliGLM()).run(
      try [Connectivity](contentsOf: folder.path("nets")), lengths: [10_000, 30_000], seed: 3)
    let file = try folder.json("out/recovery.json")
    #expect(file["seed"] as? Int == 3 && file["version"] as? String == spikingVersion)
    let lengths = try #require(file["lengths"] as? [[String: Any]])
    #expect(lengths.map { $0["bins"] as? Int } == [10_000, 30_000])
    for (length, networks) in zip(lengths, found) {
      let correlations = try networks.compactMap { try RecoveryMeasures($0).correlation }
      let means = try #require(length["means"] as? [String: Any])
      let mean = try #require(means["correlation"] as? Double)
      #expect(abs(mean - correlations.reduce(0, +) / 2) < 1e-12)
      let deviations = try #require(length["standard_deviations"] as? [String: Any])
      let deviation = try #require(deviations["correlation"] as? Double)
      #expect(abs(deviation - abs(correlations[0] - correlations[1]) / 2.0.squareRoot()) < 1e-12)
      #expect(
        (length["networks"] as? [[String: Any]])?.map { $0["name"] as? String } == ["0", "1"])
    }
    let archive = try NumPyArchive(contentsOf: folder.path("out/weights.npz"))
    #expect(archive.names == ["true", "estimate", "standard_error", "p_value", "version"])
    let estimates = try archive.array("estimate")
    #expect(estimates.shape == [2, 8, 8])
    let values = try estimates.doubles()
    let expected = found[1].flatMap(\.estimates)
    #expect(zip(values, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
    #expect(values[0].isNaN && values[1].isFinite)
  }

  @Test func `with Dale's signs estimates keep to them, and have no standard errors`() throws {
    let run = try recover("--model BernoulliGLM --steps 20000 --dale --no-figures")
    expectSuccess(run)
    #expect(run.created == ["out", "out/recovery.json", "out/weights.npz"])
    let archive = try NumPyArchive(contentsOf: folder.path("out/weights.npz"))
    #expect(archive.names == ["true", "estimate", "version"])
    for (place, estimate) in try archive.array("estimate").doubles().enumerated() {
      // The first half of each network excites.
      if estimate.isNaN { continue }
      #expect(place / 8 % 8 < 4 ? estimate >= 0 : estimate <= 0)
    }
    let lengths = try folder.json("out/recovery.json")["lengths"] as? [[String: Any]]
    let means = try #require(lengths?.first?["means"] as? [String: Any])
    #expect(means["coverage"] is NSNull && means["correlation"] is Double)
  }

  @Test(arguments: [
    ("--model BernoulliGML --steps 100", ["BernoulliGML", "expected one of"], 64),
    ("--model BernoulliGLM --steps 100 --set dt=2", ["--set", "dt"], 1),
    ("--model BernoulliGLM --steps 5", ["5 bins", "history"], 1),
  ])
  func `what cannot be recovered is one clear line`(
    options: String, words: [String], exitCode: Int32
  ) throws {
    let run = try recover(options)
    expectFailure(run, words, exitCode: exitCode, created: run.created)
    #expect(!run.created.contains("out/recovery.json"))
  }

  @Test(arguments: [
    ("--steps 0", "--steps"), ("--steps 100 --lengths 50,x", "--lengths"),
    ("--steps 100 --lengths 200", "--lengths"), ("--steps 100 --threads 0", "--threads"),
  ])
  func `a wrong command line is refused`(options: String, word: String) throws {
    expectFailure(try recover("--model BernoulliGLM " + options), [word], exitCode: 64)
  }
}
