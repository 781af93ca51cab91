import Foundation
import Spiking
import SpikingTestCases
import Testing

/// How numbers and neurons are written on the command line.
@Suite struct CommandNumberTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  @Test(arguments: [
    ("12", 12), ("1.2e1", 12), ("1_2", 12), ("+12", 12), ("1200e-2", nil), ("0.12E2", 12),
    ("12.0", 12), ("12.", 12), ("1e1.0", nil), ("12.5", nil), ("1.25e1", nil), ("_12", nil),
    ("12_", nil), ("1__2", nil), ("1e", nil), ("e1", nil), (".", nil), ("0x1", nil), ("1e400", nil),
    ("twelve", nil), ("1 2", nil), ("", nil), ("１２", nil),
  ])
  func `whole numbers`(text: String, number: Int?) throws {
    let run = try folder.spiking([
      "generate", "normal", "--neurons", text, "--count", "1", "--output", "o", "--quiet",
    ])
    guard let number else {
      return expectFailure(run, ["--neurons: found ", "expected a whole number"], exitCode: 64)
    }
    expectSuccess(run)
    #expect(try Connectivity(contentsOf: folder.path("o/0.npy")).neuronCount == number)
  }

  @Test func `seeds keep all their digits`() throws {
    for (text, seed) in [
      ("18446744073709551615", UInt64.max), ("1844674407370955161.5e1", .max),
      ("9_007_199_254_740_993", 9_007_199_254_740_993), ("1e19", 10_000_000_000_000_000_000),
    ] {
      let run = try folder.spiking("generate normal --neurons 2 --seed \(text) --output o")
      #expect(run.exitCode == 0 && run.output.contains("seed \(seed)\n"), "\(run.error)")
    }
  }

  @Test func `other numbers may have underscores, too`() throws {
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 0], bins: [1, 2, 5], binCount: 10, dt: 1, networkOffsets: [0, 2], seed: 0)
    try spikes.write(to: folder.path("s.npz"))
    for (option, code) in [
      ("--longest 1_0.5", 0), ("--longest 1e1", 0), ("--longest 1_", 64), ("--longest 1,5", 64),
    ] as [(String, Int32)] {
      let run = try folder.spiking("analyze s.npz \(option) --no-figures --output o")
      #expect(run.exitCode == code)
      if code == 64 {
        #expect(run.error.contains("expected a number such as 0.5 or 1e-3"), "\(run.error)")
      }
    }
    let run = try folder.spiking(
      "generate normal --neurons 3 --set std=1_000 --set mean=1e3 --output o")
    expectSuccess(run)
    let parameters = try folder.json("o/generator.json")["parameters"] as? [String: Double]
    #expect(parameters?["std"] == 1000 && parameters?["mean"] == 1000)
  }

  @Test func `values of a list are told with the list`() throws {
    expectFailure(
      try folder.spiking("simulate --storage spares"),
      ["--storage: found \"spares\", expected one of automatic, dense, sparse\n"], exitCode: 64)
  }

  @Test(arguments: [
    ("3", [3]), ("3,7-11", [3, 7, 8, 9, 10, 11]), ("7-8,3", [7, 8, 3]), ("0-11", Array(0..<12)),
    ("5-5", [5]),
  ])
  func `neurons and ranges`(text: String, neurons: [Int]) throws {
    try saveTwelve()
    let run = try folder.spiking("analyze s.npz --neurons \(text) --no-figures --output o")
    expectSuccess(run)
    let archive = try NumPyArchive(contentsOf: folder.path("o/statistics.npz"))
    #expect(try archive.array("neuron").integers() == neurons)
  }

  @Test(
    arguments: [
      ("11-7", 64, "expected 7-11"), ("3,2-5", 64, "expected neuron 3 once"),
      ("3,3", 64, "expected neuron 3 once"), ("", 64, "whole numbers ≥ 0 and ranges"),
      ("3-", 64, "such as 3,7-11"), ("1-2-3", 64, "such as 3,7-11"), ("3,,4", 64, "such as 3,7-11"),
      ("3,x", 64, "such as 3,7-11"),
      ("10-12", 1, "s.npz: --neurons: found neuron 12, expected 0 to 11"),
      ("0-9223372036854775807", 1, "found neuron 12, expected 0 to 11"),
    ] as [(String, Int32, String)])
  func `neurons that are none`(text: String, code: Int32, words: String) throws {
    try saveTwelve()
    let run = try folder.spiking(["analyze", "s.npz", "--neurons", text, "--output", "o"])
    expectFailure(run, ["--neurons: found ", words], exitCode: code)
  }

  /// Spikes s.npz of twelve neurons.
  private func saveTwelve() throws {
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 0], bins: [1, 2, 5], binCount: 10, dt: 1, networkOffsets: [0, 12], seed: 0)
    try spikes.write(to: folder.path("s.npz"))
  }
}
