import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking compare`: what it writes and prints, and what it refuses.
@Suite(.readsNWB) struct CommandCompareTests {
  private let folder: CommandFolder
  private static let direction =
    #"{"term": "Tuning", "of": "direction", "basis": "cyclic-b-spline:6:0:6.2832"}"#
  private static let speed = #"{"term": "Tuning", "of": "speed", "basis": "b-spline:5:0:10"}"#

  init() throws {
    folder = try CommandFolder()
    let recording = try TunedNeurons.recording([.direction, .nothing], bins: 1200, seed: 7)
    var session = try Recording(recording.session.spikes, source: "tuned")
    for series in recording.session.series { try session.add(series) }
    try session.write(to: folder.path("s.nwb"))
    try write([Self.direction, Self.speed], to: "both.json")
    try write([Self.speed], to: "speed.json")
  }

  private func write(_ terms: [String], to name: String) throws {
    try folder.write(#"{"terms": [\#(terms.joined(separator: ", "))]}"#, to: name)
  }

  private func rows(_ name: String) throws -> [[String]] {
    String(decoding: try folder.bytes(name), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func `designs are compared with the first`() throws {
    let run = try folder.spiking(
      "compare s.nwb --bin 10 --designs speed.json,both.json --folds 6 --output out --no-figures")
    expectSuccess(run)
    let json = try folder.json("out/comparison.json")
    #expect(
      (json["designs"] as? [[String: Any]])?.map { $0["name"] as? String } == ["speed", "both"])
    #expect(json["reference"] as? String == "speed" && json["folds"] as? Int == 6)
    let gains = try #require(json["difference"] as? [[Any]])
    #expect(gains.count == 2 && gains[0][0] is NSNull)
    #expect(try #require(gains[0][1] as? Double) > 0.1)
    #expect(try #require((json["p"] as? [[Any]])?[0][1] as? Double) < 1e-6)
    let table = try rows("out/comparison.csv")
    #expect(table.count == 5 && table.allSatisfy { $0.count == 16 })
    #expect(table[0].prefix(3) == ["neuron", "design", "spikes"] && table[2][1] == "both")
    let (written, gain) = (try #require(Double(table[2][4])), try #require(gains[0][1] as? Double))
    #expect(abs(written - gain) < 1e-12 && table[1][4] == "")
    #expect(run.output.contains("both: better than speed for 1 of 2 neurons"))
    #expect(run.output.contains("6 folds of blocks, 1200 bins of 10.0 ms, in out"))
  }

  @Test func `each term is dropped, and others are selected`() throws {
    let drop = try folder.spiking(
      "compare s.nwb --bin 10 --drop-each both.json --folds 6 --output out")
    expectSuccess(drop)
    #expect(
      drop.output.contains(
        "without direction: better than all terms for 0 of 2 neurons, worse for 1"))
    let json = try folder.json("out/comparison.json")
    #expect(
      (json["designs"] as? [[String: Any]])?.map { $0["name"] as? String }
        == ["all terms", "without direction", "without speed"])
    let select = try folder.spiking(
      "compare s.nwb --bin 10 --select both.json --folds 6 --output out")
    expectSuccess(select)
    #expect(select.output.contains("direction: selected for 1 of 2 neurons"))
    let neurons = try #require(
      try folder.json("out/comparison.json")["neurons"] as? [[String: Any]])
    #expect((neurons[0]["selected"] as? [String])?.contains("direction") == true)
    #expect(try rows("out/comparison.csv").allSatisfy { $0.count == 9 })
    // Figures of the comparison before are gone with its numbers.
    #expect(!FileManager.default.fileExists(atPath: folder.path("out/comparison.png")))
  }

  @Test func `penalties and trials are as in fits`() throws {
    try folder.write("start,stop\n0,3000\n3000,6000\n6000,9000\n9000,12000\n", to: "trials.csv")
    let run = try folder.spiking(
      """
      compare s.nwb --bin 10 --designs speed.json,both.json --folds 2 --table trials.csv --time-unit ms --trials trials \
      --ridge 0.001 --observation bernoulli --clip --output out --no-figures --quiet
      """)
    expectSuccess(run)
    #expect(run.output == "")
    let json = try folder.json("out/comparison.json")
    #expect(json["folds_by"] as? String == "trials")
    // Under a penalty likelihood ratios are of another hypothesis.
    #expect((json["p"] as? [[Any]])?[0][1] is NSNull)
    let free = try #require((json["parameters"] as? [[Double]])?[0])
    #expect(free[1] < 10 && free[0] < free[1])
  }

  @Test func `what is wrong is told in one line`() throws {
    try write([Self.speed.replacing("\"speed\"", with: "\"sped\"")], to: "wrong.json")
    try folder.write(#"{"bin": 5, "terms": [\#(Self.speed)]}"#, to: "narrow.json")
    try folder.write("nothing", to: "none.json")
    try folder.write(#"{"terms": []}"#, to: "empty.json")
    for (options, parts, code) in [
      ("--designs speed.json,wrong.json", ["wrong.json: term sped", "\"sped\"", "direction"], 1),
      ("--drop-each wrong.json", ["wrong.json: term sped", "direction"], 1),
      ("--select wrong.json", ["wrong.json: term sped", "direction"], 1),
      ("--designs speed.json,narrow.json", ["narrow.json: bin", "found 5", "speed.json"], 1),
      ("--designs speed.json,none.json", ["none.json"], 1),
      ("--designs speed.json,absent.json", ["absent.json"], 1),
      ("--drop-each empty.json", ["empty.json: terms", "at least one"], 1),
      ("--designs speed.json", ["--designs", "1 file", "at least two"], 64),
      ("--designs speed.json,both.json --folds 1", ["--folds", "found 1"], 64),
      (
        "--designs speed.json,both.json --folds 5 --folds-by trials",
        ["--folds", "found 5", "number of trials"], 1
      ),
      (
        "--designs speed.json,both.json --stop 60 --folds 7",
        ["--folds", "found 7", "2 to 6", "number of bins"], 1
      ),
      ("--select both.json --folds 4", ["--folds", "found 4"], 1),
      ("--select both.json --keep past", ["--keep", "\"past\"", "direction, speed"], 1),
      ("--drop-each both.json --keep speed", ["--keep", "--select"], 64),
      ("--select both.json --level 2", ["--level", "2.0"], 64),
      ("--select both.json --drop-each both.json", ["--drop-each and --select"], 64),
      ("", ["--designs", "found none"], 64),
    ] as [(String, [String], Int32)] {
      let run = try folder.spiking("compare s.nwb --bin 10 \(options) --output out")
      expectFailure(run, parts, exitCode: code)
    }
  }
}
