import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Tables of text beside a recording: trials, covariates, events.
struct SessionTableTests {
  private func session(
    _ name: String, _ text: String, unit: TimeUnit? = nil
  ) throws -> Recording {
    let folder = try FormatsFolder()
    var session = try Recording(SpikeTrains(trains: [[1, 5], [3]], start: 0, stop: 10))
    try session.addTable(contentsOf: folder.file(name, text), timeUnit: unit)
    return session
  }

  @Test(arguments: [
    ("start_ms,stop_ms,side,reward\n0,1.5,left,1\n2,2,right,\n6,9.5,left,3\n", nil),
    (
      "side;start (s);reward;end (s)\nleft;0;1;0,0015\nright;0,002;;0,002\nleft;0,006;3;0,0095\n",
      nil
    ),
    (
      "start_time\tside\treward\tstop_time\n0\tleft\t1\t1.5\n2\tright\t\t2\n6\tleft\t3\t9.5\n",
      TimeUnit.milliseconds
    ),
  ])
  func `starts and stops are intervals, with the other columns`(_ text: String, _ unit: TimeUnit?)
    throws
  {
    let session = try session("trials.csv", text, unit: unit)
    let trials = try #require(session.intervals(named: "trials"))
    let expected: [ClosedRange<Double>] = [0...1.5, 2...2, 6...9.5]
    for (found, expected) in zip(trials.intervals, expected) {
      #expect(abs(found.lowerBound - expected.lowerBound) < 1e-12)
      #expect(abs(found.upperBound - expected.upperBound) < 1e-12)
    }
    #expect(trials.intervals.count == 3)
    #expect(trials.table["side"]?.texts == ["left", "right", "left"])
    let reward = try #require(trials.table["reward"]?.numbers)
    #expect(reward[0] == 1 && reward[1].isNaN && reward[2] == 3)
    let left = try session.during("trials where side == left and reward > 1")
    #expect(left.spikes.observations.allSatisfy { $0.count == 1 })
  }

  @Test func `a time and numbers are series`() throws {
    let session = try session(
      "track.csv", "time_s,x (cm),speed [cm/s],state\n0.001,10,,run\n0.004,12.5,-3,run\n")
    #expect(session.series.map(\.path) == ["/processing/track/x", "/processing/track/speed"])
    let x = try session.series(named: "x").load()
    #expect(x.values == [10, 12.5] && x.unit == "cm" && x.times == .stamps([1, 4]))
    let speed = try session.series(named: "speed").load()
    #expect(speed.values[0].isNaN && speed.values[1] == -3 && speed.unit == "cm/s")
    #expect(session.notices.map(\.message) == ["columns state of track"])
  }

  @Test func `a time and texts, or nothing, are events`() throws {
    let cues = try session("cues.tsv", "time_ms\tcue\n7\tgo\n2\tstop\n4\tgo\n")
    #expect(
      cues.events == [
        Recording.Events("cues: go", times: [4, 7]), Recording.Events("cues: stop", times: [2]),
      ])
    let licks = try session("licks.txt", "#licks of the left spout\ntime\n7\n2\n", unit: .seconds)
    #expect(licks.events == [Recording.Events("licks", times: [2000, 7000])])
  }

  @Test func `a series is read from its columns`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("track.csv", "x (cm),t_ms,y (cm),z (V)\n1,10,2,3\n4,20,5,6\n")
    let two = try TimeSeries(contentsOf: path, columns: ["y", "x (cm)"])
    #expect(two.values == [2, 1, 5, 4] && two.channelCount == 2 && two.unit == "cm")
    let all = try TimeSeries(contentsOf: path)
    #expect(all.values == [1, 2, 3, 4, 5, 6] && all.unit == "" && all.times == .stamps([10, 20]))
    expectError(.unknownName, [path, "\"w\"", "one of x, y, z"]) {
      _ = try TimeSeries(contentsOf: path, columns: ["w"])
    }
  }

  @Test(arguments: [
    ("1,2\n3,4\n", ["first line", "names of columns"]),
    ("start,stop\n1,2\n", ["start", "--time-unit"]),
    ("start_ms,stop_ms\n1,2\n4,3\n", ["row 2", "start ≤ stop"]),
    ("start_ms,stop_ms\n1,2\n4,\n", ["stop_ms, row 2", "nan"]),
    ("start_ms,stop_ms\n1,soon\n", ["stop_ms", "texts"]),
    ("time_ms,x\n2,1\n1,1\n", ["x", "timestamps[1]", "ascending"]),
    ("place,x\n2,1\n", ["place, x", "columns start and stop, or time"]),
    ("time_ms,x,x\n2,1,1\n", ["two series"]),
    ("start_ms,stop_ms,a,a\n1,2,3,4\n", ["\"a\"", "two of this name"]),
  ])
  func `what is none of these is told`(_ text: String, _ parts: [String]) throws {
    let error = try #require(throws: SpikingError.self) { try session("other.csv", text) }
    for part in ["other.csv"] + parts { #expect("\(error)".contains(part), "\(error)") }
  }

  @Test func `a name comes once`() throws {
    let folder = try FormatsFolder()
    let path = try folder.file("licks.csv", "time_ms\n1\n")
    var session = try Recording(SpikeTrains(trains: [[1]], start: 0, stop: 2))
    try session.addTable(contentsOf: path)
    expectError(.invalidData, [path, "two events \"licks\""]) {
      try session.addTable(contentsOf: path)
    }
    #expect(session.events.count == 1)
  }
}
