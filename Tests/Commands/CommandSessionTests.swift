import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The command on a session: what is chosen of it, what is odd about it, where it goes.
@Suite(.readsNWB) struct CommandSessionTests {
  private let folder: CommandFolder
  private let session = TestFiles.golden("sessions/session.nwb")

  init() throws { folder = try CommandFolder() }

  private func spikes(_ options: [String]) throws -> [Int] {
    let run = try folder.spiking(
      ["analyze", session, "--output", "out", "--no-figures", "--quiet"] + options)
    expectSuccess(run)
    let neurons = try #require(
      try folder.json("out/statistics.json")["neurons"] as? [[String: Any]])
    return try neurons.map { try #require($0["spikes"] as? Int) }
  }

  @Test func `units, epochs and trials are chosen by option`() throws {
    let recording = try Recording(contentsOf: session)
    func expected(_ chosen: Recording) -> [Int] {
      (0..<chosen.unitCount).map { chosen.spikes.observedSpikeCount(of: $0) }
    }
    #expect(try spikes([]) == expected(recording))
    #expect(
      try spikes(["--units", "location == ADN and quality == good"])
        == expected(recording.units([0])))
    #expect(
      try spikes(["--units", "quality == good", "--neurons", "3,0-1"])
        == expected(recording.units([3, 0])))
    #expect(try spikes(["--epochs", "wake"]) == expected(recording.during("wake")))
    #expect(
      try spikes(["--trials", "trials where side == left and correct", "--start", "5000"])
        == expected(
          recording.during(5000..<60_000).during("trials where side == left and correct")))
  }

  @Test func `fits evaluate the bins of chosen trials and units`() throws {
    let run = try folder.spiking(
      [
        "fit", session, "--bin", "10", "--history", "none", "--coupling", "none", "--output",
        "f.npz",
        "--units", "quality == good", "--trials", "trials where side == left", "--epochs", "maze",
      ])
    expectSuccess(run)
    let fit = try CoupledFit(contentsOf: folder.path("f.npz"))
    // Trials of 3 s from 1, 9, 17 and 25 s within the first 30 s; unit 2 was observed until 20 s.
    #expect(fit.neuronCount == 3 && fit.binsUsed == 900)
  }

  @Test func `what there is not is told in one line, with what there is`() throws {
    for (options, parts) in [
      (["--units", "place == ADN"], ["--units", "column place", "quality", "location", "rate"]),
      (["--units", "quality =="], ["--units", "a value"]),
      (["--units", "quality == great"], ["--units", "no unit of 5"]),
      (["--epochs", "rest"], ["--epochs", "\"rest\"", "epochs, states, trials, running"]),
      (["--trials", "trials where side == up"], ["--trials", "none of 12 trials"]),
      (["--trials", "trials", "--start", "57000"], ["--trials trials"]),
      (["--neurons", "7"], ["--neurons", "neuron 7", "0 to 4"]),
    ] {
      let run = try folder.spiking(
        ["analyze", session, "--output", "out", "--no-figures"] + options)
      #expect(run.exitCode != 0 && run.created.isEmpty, "\(options)")
      #expect(run.errorLines.filter { !$0.isEmpty }.count >= 1)
      for part in parts { #expect(run.error.contains(part), "\(run.error)") }
    }
  }

  @Test func `info lists the session, and what is odd`() throws {
    let run = try folder.spiking(["info", session])
    expectSuccess(run)
    for line in [
      "  time 0 is 2021-04-05T14:13:02+00:00", "quality (good, mua, noise)",
      "location (ADN, ADN/PoS, PoS)", "  trials: 12 intervals, 1000.0 to 48000.0 ms; ",
      "side (left, right)", "  events notes: lick: 2", "  left out: /units: columns lags",
      "  missing values: /processing/behavior/position: 20 of 1200 values",
      "  gaps: /stimulus/presentation/sound: 1, the longest of 20050.0 ms",
    ] { #expect(run.output.contains(line), "\(line)") }
    let json = try folder.spiking(["info", session, "--json"])
    let found = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(
      (found["columns"] as? [[String: Any]])?.contains { $0["name"] as? String == "snr" } == true)
    #expect((found["irregularities"] as? [Any])?.isEmpty == false)
  }

  @Test func `strict reading refuses what is odd`() throws {
    let odd = TestFiles.golden("sessions/odd.nwb")
    for command in ["analyze", "fit", "convert"] {
      var words = [command, odd, "--strict"]
      words +=
        command == "convert" ? ["out.npz"] : ["--output", command == "fit" ? "f.npz" : "out"]
      let run = try folder.spiking(words)
      expectFailure(run, ["odd.nwb: --strict", "irregularities, the first unsorted"])
      #expect(run.created.isEmpty)
    }
    expectSuccess(try folder.spiking(["convert", odd, "out.npz"]))
  }

  @Test func `a session becomes an archive or a table, and what is lost is said`() throws {
    let whole = try folder.spiking(["convert", session, "s.npz"])
    expectSuccess(whole)
    #expect(whole.output.contains("s.npz does not hold /units: columns lags"))
    #expect(try SpikeTrains(contentsOf: folder.path("s.npz")) == SpikeTrains(contentsOf: session))
    let table = try folder.spiking(["convert", session, "s.csv", "--neurons", "1"])
    expectSuccess(table)
    for lost in ["the table of units", "intervals trials, epochs", "events", "2 time series"] {
      #expect(table.output.contains(lost) || lost.hasPrefix("intervals"), "\(table.output)")
    }
    let read = try Recording(contentsOf: folder.path("s.csv"))
    #expect(read.spikes.times == Array(try SpikeTrains(contentsOf: session)[1]))
  }

  @Test func `tables join a recording, choose its trials, and go into a session`() throws {
    let spikes = (0..<200).map { "\($0 * 10),4\n" }.joined()
    let positions = (0..<200).map { "\(Double($0) / 100),\($0 % 7),1\n" }.joined()
    try folder.write("time_ms,unit\n" + spikes, to: "spikes.csv")
    try folder.write(
      "start_s,stop_s,side\n0,0.5,left\n0.5,1,right\n1,2,left\n", to: "t.csv")
    try folder.write("time_s,x (cm),y\n" + positions, to: "p.csv")
    let analysed = try folder.spiking([
      "analyze", "spikes.csv", "--table", "t.csv", "--trials", "t where side == left", "--output",
      "out", "--no-figures",
    ])
    expectSuccess(analysed)
    let neurons = try #require(
      try folder.json("out/statistics.json")["neurons"] as? [[String: Any]])
    // 0, 10, … 500 and 1000, … 1990 ms.
    #expect(neurons[0]["spikes"] as? Int == 51 + 100)
    expectSuccess(
      try folder.spiking(
        ["convert", "spikes.csv", "s.npz", "--table", "t.csv", "--table", "p.csv"]))
    let session = try Recording(contentsOf: folder.path("s.npz"))
    #expect(session.intervals.map(\.name) == ["t"])
    #expect(session.series.map(\.path).sorted() == ["/processing/p/x", "/processing/p/y"])
    #expect(try session.series(named: "x").load().values.prefix(3) == [0, 1, 2])
    let fit = ["fit", "spikes.csv", "--bin", "10", "--history", "none", "--coupling", "none"]
    for (stimulus, channels) in [("p.csv:x", 1), ("p.csv:y,x", 2), ("p.csv", 2)] {
      let run = try folder.spiking(fit + ["--stimulus", stimulus, "--output", "f.npz", "--force"])
      expectSuccess(run)
      #expect(try CoupledFit(contentsOf: folder.path("f.npz")).stimuli.count == channels)
    }
    expectFailure(
      try folder.spiking(fit + ["--stimulus", "p.csv:z", "--output", "g.npz"]),
      ["--stimulus: p.csv", "\"z\"", "one of x, y"], exitCode: 64)
    expectFailure(
      try folder.spiking(["info", "spikes.csv", "--table", "no.csv"]), ["no.csv", "No such file"])
  }

  @Test func `a folder of a sorter is analysed and converted`() throws {
    let phy = TestFiles.golden("sessions/phy")
    expectSuccess(
      try folder.spiking(
        ["analyze", phy, "--units", "group == good", "--output", "out", "--no-figures"]))
    let neurons = try folder.json("out/statistics.json")["neurons"] as? [[String: Any]]
    #expect(neurons?.map { $0["spikes"] as? Int } == [3])
    let info = try folder.spiking(["info", phy])
    expectSuccess(info)
    #expect(
      info.output.contains("6 spikes of 3 neurons")
        && info.output.contains("group (good, mua, noise)"))
    expectSuccess(try folder.spiking(["convert", phy, "phy.npz"]))
    #expect(try Recording(contentsOf: folder.path("phy.npz")).units["group"]?.texts[2] == "noise")
  }
}
