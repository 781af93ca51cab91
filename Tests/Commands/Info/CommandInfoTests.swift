import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking info` of everything that there is: in lines and as JSON.
@Suite struct CommandInfoTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private func json(_ arguments: String) throws -> [String: Any] {
    let run = try folder.spiking("info \(arguments) --json")
    expectSuccess(run)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  /// What each file is that the subcommands write, and that no other is in its place.
  @Test func `every file that is written is known for what it is`() throws {
    for line in [
      "intro --networks 1 --neurons 8 --steps 3000 --seed 1 --output intro",
      "generate normal --neurons 6 --count 2 --seed 1 --set std=1 --delays uniform --output nets",
      "simulate --model BernoulliGLM --networks nets --steps 20000 --seed 1 --output s.npz"
        + " --save-run run.json --checkpoint stop.npz",
      "fit s.npz --coupling none --output fit.npz",
      "check fit.npz s.npz --no-figures --seed 1 --output check",
      "analyze s.npz --statistics rates --no-figures --output rates",
      "analyze s.npz --no-figures --output intervals",
      "recover --model PoissonGLM --networks nets --steps 20000 --seed 1 --no-figures --output r",
      "tune --model PoissonGLM --networks nets --steps 5000 --target-rate 15 --parameters b"
        + " --seed 1 --output tuned.json",
      "convert s.npz dense.npy",
    ] {
      let run = try folder.spiking(line + (line.hasPrefix("convert") ? "" : " --quiet"))
      expectSuccess(run)
    }
    let kinds = [
      "intro": "", "intro/networks": "networks", "intro/networks/0.npy": "network",
      "intro/spikes.npz": "spikes in bins", "intro/stimulus.json": "stimulus",
      "intro/summary.json": "results of the introductory example", "nets": "networks",
      "nets/0.npy": "network", "nets/generator.json": "how networks were generated",
      "s.npz": "spikes in bins", "run.json": "run", "fit.npz": "fit",
      "check/check.json": "results of a check", "check/check.npz": "results of a check",
      "rates/statistics.json": "results of an analysis",
      "rates/statistics.npz": "results of an analysis",
      "intervals/statistics.npz": "results of an analysis",
      "r/recovery.json": "results of a recovery", "r/weights.npz": "results of a recovery",
      "tuned.json": "model", "dense.npy": "spikes in bins",
    ].filter { !$0.value.isEmpty }
    for (file, kind) in kinds {
      let found = try json(file)
      #expect(found["kind"] as? String == kind && found["file"] as? String == file, "\(file)")
      let lines = try folder.spiking("info \(file)")
      expectSuccess(lines)
      #expect(lines.output.contains(file == kind ? kind : file))
      // What is no network, model, fit or recording is refused as one, for what it is.
      if !["network", "networks"].contains(kind) {
        let run = try folder.spiking(
          "simulate --model BernoulliGLM --networks \(file) --steps 5 --seed 1 --output x.npz")
        #expect(run.exitCode == 1 && run.error.contains(file), "\(file): \(run.error)")
      }
      if !["model", "fit"].contains(kind), file.hasSuffix(".json") {
        let run = try folder.spiking(
          "simulate --model \(file) --networks nets --steps 5 --seed 1 --output x.npz")
        #expect(run.exitCode == 1 && run.error.contains(file), "\(file): \(run.error)")
      }
      if kind != "fit" {
        let run = try folder.spiking("check \(file) s.npz --seed 1 --output x")
        #expect(run.exitCode == 1 && run.error.contains(file), "\(file): \(run.error)")
      }
      if kind != "spikes in bins", !["network", "networks"].contains(kind) {
        let run = try folder.spiking("analyze \(file) --output x")
        #expect(run.exitCode == 1 && run.error.contains(file), "\(file): \(run.error)")
      }
    }
    for name in ["x", "x.npz"] {
      #expect(!FileManager.default.fileExists(atPath: folder.path(name)))
    }
  }

  @Test func `the same numbers in lines and as JSON`() throws {
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 0, 2, 0], bins: [1, 2, 5, 6, 12], binCount: 20, dt: 2,
      networkOffsets: [0, 3], seed: 4)
    try spikes.write(to: folder.path("s.npz"))
    let found = try json("s.npz")
    #expect(found["spikes"] as? Int == 5 && found["neurons"] as? Int == 3)
    #expect(found["dt_ms"] as? Double == 2 && found["seed"] as? Int == 4)
    // 5 spikes in 3 neurons × 40 ms.
    #expect(abs((found["rate_hz"] as? Double ?? 0) - 5 / 0.12) < 1e-9)
    try spikes.spikeTrains.write(to: folder.path("t.npz"))
    #expect(try json("t.npz")["kind"] as? String == "recording")
    #expect((try json("t.npz")["units"] as? [String: Any])?["stop_ms"] as? Double == 40)
  }

  @Test(arguments: CatalogueKind.allCases)
  func `types with their parameters as JSON`(kind: CatalogueKind) throws {
    let all = try #require(try json("")["types"] as? [String: [[String: Any]]])
    #expect(all.count == CatalogueKind.allCases.count)
    let types = try #require(all[kind.rawValue])
    #expect(types.map { $0["name"] as? String } == Catalogue.standard.names(kind))
    for (type, entry) in zip(types, Catalogue.standard[kind]) where !(entry is any StimulusPair) {
      let parameters = try #require(type["parameters"] as? [[String: Any]])
      #expect(parameters.map { $0["name"] as? String } == entry.parameters.map(\.name))
      for (found, parameter) in zip(parameters, entry.parameters) {
        let value = found["default"] as? Double ?? .infinity
        #expect(value == parameter.value || abs(value / parameter.value - 1) < 1e-15)
        #expect(found["lower"] as? Double ?? -.infinity == parameter.domain.lower)
        #expect(found["kind"] as? String == parameter.domain.kind.rawValue)
      }
    }
  }
}
