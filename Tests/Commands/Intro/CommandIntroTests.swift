import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking intro` on small networks.
@Suite struct CommandIntroTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private static let figures = [
    "interval-comparison", "interval-histogram", "network-graph", "peristimulus-histogram",
    "raster", "weight-matrix",
  ]
  private static let data = [
    "out", "out/networks", "out/networks/0.npy", "out/networks/1.npy", "out/spikes.npz",
    "out/stimulus.json", "out/summary.json",
  ]

  private func intro(_ options: String = "", environment: [String: String] = [:]) throws
    -> CommandFolder.Run
  {
    try folder.spiking(
      "intro --networks 2 --neurons 20 --steps 500 --output out \(options)",
      environment: environment)
  }

  private func number(_ summary: [String: Any], _ key: String, _ group: String) throws -> Double {
    let pair = try #require(summary[key] as? [String: Any])
    #expect(pair.keys.sorted() == ["stimulated", "unstimulated"])
    return try #require(pair[group] as? Double)
  }

  @Test func `the example writes networks, spikes, a summary and figures`() throws {
    let run = try intro()
    expectSuccess(run)
    let figures = Self.figures.flatMap { ["\($0).png", "\($0).svg"] }
    #expect(Set(run.created) == Set(Self.data + figures.map { "out/\($0)" }))
    for name in ["0", "1"] {
      let network = try NumPyArray(contentsOf: folder.path("out/networks/\(name).npy"))
      #expect(network.shape == [20, 20] && network.elementType == .float32)
      // Of its 380 synapses every second one is there, ± 4 standard errors.
      #expect(abs(try network.floats().count { $0 != 0 } - 190) < 40)
    }
    for figure in figures {
      let bytes = try folder.bytes("out/\(figure)")
      let start = figure.hasSuffix("png") ? [0x89] + Array("PNG".utf8) : Array("<?xml".utf8)
      #expect(bytes.starts(with: start))
    }
    let spikes = try BinnedSpikes(contentsOf: folder.path("out/spikes.npz"))
    #expect(spikes.networkOffsets == [0, 20, 40] && spikes.binCount == 500 && spikes.dt == 1)
    #expect(run.output.contains("\(spikes.spikeCount) spikes in 20000 neuron-steps"))
    for line in ["firing rate: ", "mean interval: ", "figures in out: "] {
      #expect(run.output.contains("\n\(line)"), "\(run.output)")
    }
  }

  @Test func `the summary holds what it promises`() throws {
    expectSuccess(try intro("--seed 3"))
    let summary = try folder.json("out/summary.json")
    #expect(
      summary.keys.sorted() == [
        "figures", "mean_isi_ms", "neuron_steps", "rate_hz", "seed", "simulate_seconds", "spikes",
        "version",
      ])
    let spikes = try BinnedSpikes(contentsOf: folder.path("out/spikes.npz"))
    #expect(summary["spikes"] as? Int == spikes.spikeCount)
    #expect(summary["neuron_steps"] as? Int == 20_000)
    #expect(summary["seed"] as? Int == 3 && spikes.seed == 3)
    #expect(summary["version"] as? String == spikingVersion)
    let seconds = try #require(summary["simulate_seconds"] as? Double)
    #expect(0..<60 ~= seconds)
    let figures = try #require(summary["figures"] as? [String])
    #expect(Set(figures) == Set(Self.figures.flatMap { ["\($0).png", "\($0).svg"] }))
    // Four neurons in each network of 20 are stimulated; all neurons together fire as recorded.
    let stimulated = try number(summary, "rate_hz", "stimulated")
    let others = try number(summary, "rate_hz", "unstimulated")
    #expect(stimulated > others)
    let mean = 1000 * Double(spikes.spikeCount) / 20_000
    #expect(abs((8 * stimulated + 32 * others) / 40 - mean) < 1e-9)
    let shorter = try number(summary, "mean_isi_ms", "stimulated")
    #expect(0 < shorter && shorter < 500)
    #expect(try 0..<500 ~= number(summary, "mean_isi_ms", "unstimulated"))
  }

  @Test func `means that do not exist are null`() throws {
    // One bin has no intervals, and one neuron leaves nobody unstimulated.
    expectSuccess(try folder.spiking("intro --networks 1 --neurons 1 --steps 1 --output out"))
    let summary = try folder.json("out/summary.json")
    for (key, groups) in [
      ("mean_isi_ms", ["stimulated", "unstimulated"]), ("rate_hz", ["unstimulated"]),
    ] {
      let pair = try #require(summary[key] as? [String: Any])
      for group in groups { #expect(pair[group] is NSNull) }
    }
  }

  /// Expects all but the figures, and a line that says how to get these.
  private func expectWarning(_ run: CommandFolder.Run, created: [String]) {
    #expect(run.exitCode == 0 && run.created == created)
    #expect(run.error.hasPrefix("spiking: warning: no figures: gnuplot: "))
    #expect(run.error.contains("gnuplot-nox") && run.errorLines.count == 2)
    #expect(!run.output.isEmpty)
  }

  @Test func `without gnuplot only the figures are missing`() throws {
    let nowhere = ["PATH": folder.path("nowhere")]
    let run = try intro(environment: nowhere)
    expectWarning(run, created: Self.data)
    let summary = try folder.json("out/summary.json")
    #expect(summary["figures"] as? [String] == [])
    #expect(try number(summary, "rate_hz", "stimulated") > 0)
    let analysis = try folder.spiking(
      "analyze out/spikes.npz --output statistics", environment: nowhere)
    expectWarning(
      analysis, created: ["statistics", "statistics/statistics.json", "statistics/statistics.npz"])
    let quiet = try folder.spiking(
      "analyze out/spikes.npz --no-figures --output other", environment: nowhere)
    expectSuccess(quiet)
    #expect(quiet.created == ["other", "other/statistics.json", "other/statistics.npz"])
    for name in ["statistics.json", "statistics.npz"] {
      #expect(try folder.bytes("other/\(name)") == folder.bytes("statistics/\(name)"))
    }
  }

  @Test func `the same seed makes the same networks and spikes, on any number of threads`() throws {
    let nowhere = ["PATH": ""]
    func files(_ options: String) throws -> [[UInt8]] {
      _ = try intro(options, environment: nowhere)
      return try ["networks/0.npy", "networks/1.npy", "spikes.npz"].map {
        try folder.bytes("out/\($0)")
      }
    }
    let first = try files("--seed 7 --threads 1")
    for threads in [2, 8] { #expect(try files("--seed 7 --threads \(threads)") == first) }
    let other = try files("--seed 8")
    #expect(zip(first, other).allSatisfy { $0 != $1 })
    // Without a seed it is 0.
    #expect(try files("") == files("--seed 0"))
  }
}
