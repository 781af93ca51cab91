import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Sessions in files, as `Golden/scripts/sessions.py` wrote them and as they come back.
@Suite(.readsNWB) struct SessionTests {
  private struct Expected: Decodable {
    let units: [[Double]]
    let trials: [Trial]
    let position: [Double?]
    let sound: [Double]
    let soundTimes: [Double]

    enum CodingKeys: String, CodingKey {
      case units, trials, position, sound
      case soundTimes = "sound_times"
    }

    struct Trial: Decodable {
      let start, stop: Double
      let side: String
      let cue: Double
      let isCorrect: Bool

      init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        start = try fields.decode(Double.self)
        stop = try fields.decode(Double.self)
        side = try fields.decode(String.self)
        cue = try fields.decode(Double.self)
        isCorrect = try fields.decode(Bool.self)
      }
    }
  }

  private static func session() throws -> Recording {
    try Recording(contentsOf: TestFiles.golden("sessions/session.nwb"))
  }

  /// What is in the file must be in a recording, wherever it has been meanwhile.
  private func expectSession(_ session: Recording) throws {
    let expected: Expected = try golden("sessions/session")
    #expect(session.unitCount == 5 && session.hasObservations)
    for (train, times) in zip(session.spikes, expected.units) {
      #expect(train.count == times.count)
      #expect(zip(train, times).allSatisfy { abs($0 - $1) < 1e-9 })
    }
    #expect(session.spikes.observed(2) == [0...20_000, 30_000...60_000])
    #expect(session.origin == "2021-04-05T14:13:02+00:00")
    let units = session.units
    #expect(
      units["quality"]?.values == .texts(["good", "mua", "good", "good", "noise"]))
    #expect(units["quality"]?.description == "how well it is isolated")
    #expect(units["is_fast"]?.values == .flags([false, true, false, true, false]))
    #expect(units["channel"]?.values == .integers([0, 3, 6, 9, 12]))
    #expect(units["snr"]?.numbers?[2].isNaN == true && units["snr"]?.numbers?[3] == 7.25)
    // Of the electrodes of each unit.
    #expect(units["location"]?.texts == ["ADN", "ADN", "PoS", "ADN/PoS", "PoS"])
    #expect(units["group_name"]?.texts[3] == "shank0/shank1")
    let trials = try #require(session.intervals(named: "trials"))
    #expect(trials.intervals == expected.trials.map { $0.start...$0.stop })
    #expect(trials.table["side"]?.texts == expected.trials.map(\.side))
    #expect(trials.table["cue_time"]?.numbers == expected.trials.map(\.cue))
    #expect(trials.table["correct"]?.values == .flags(expected.trials.map(\.isCorrect)))
    #expect(try session.intervals(of: "wake").intervals == [0...30_000, 50_000...60_000])
    #expect(try session.intervals(of: "rem").intervals == [40_000...50_000])
    #expect(try session.intervals(of: "running").intervals == [2000...6000, 10_000...11_500])
    let events = Dictionary(uniqueKeysWithValues: session.events.map { ($0.name, $0.times) })
    #expect(
      events == ["notes: lick": [1000, 3000], "notes: reward": [5000], "cues": [1500, 2500]])
    let position = try session.series(named: "position").load()
    #expect(position.channelCount == 2 && position.unit == "cm")
    for (value, expected) in zip(position.values[190..<230], expected.position) {
      #expect(expected.map { $0 == value } ?? value.isNaN)
    }
    let sound = try session.series(named: "sound").load()
    #expect(Array(sound.values[395..<405]) == expected.sound)
    #expect((395..<405).map(sound.time(ofSample:)) == expected.soundTimes)
  }

  @Test func `a session of NWB has all that the file has`() throws {
    try expectSession(try Self.session())
  }

  @Test func `an archive holds all of a session`() throws {
    let folder = try FormatsFolder()
    let lost = try Self.session().write(to: folder("session.npz"))
    #expect(lost == [])
    let again = try Recording(contentsOf: folder("session.npz"))
    try expectSession(again)
    #expect(again.spikes == (try Self.session()).spikes)
    // What is not a number is not equal to itself.
    #expect(
      again.units.columns.filter { $0.name != "snr" }
        == (try Self.session()).units.columns.filter { $0.name != "snr" })
    #expect(again.intervals == (try Self.session()).intervals)
    // What was read can be written again, byte for byte.
    try again.write(to: folder("again.npz"))
    #expect(try bytes(folder("again.npz")) == bytes(folder("session.npz")))
  }

  @Test func `a column of lists costs nothing else and is named`() throws {
    let notices = try Self.session().notices
    #expect(notices.map(\.kind) == [.leftOut])
    #expect(notices[0].message.contains("/units: columns lags"))
  }

  @Test func `what is odd is found and kept`() throws {
    let odd = try Recording(contentsOf: TestFiles.golden("sessions/odd.nwb"))
    let found = try odd.irregularities()
    #expect(
      Set(found.map(\.kind)) == [
        .unsorted, .timesBeforeZero, .duplicates, .refractoryViolations, .coincidentUnits,
        .silence, .gaps, .irregularSampling, .missingValues,
      ])
    func message(_ kind: Irregularity.Kind) -> String {
      found.first { $0.kind == kind }?.message ?? ""
    }
    #expect(message(.unsorted).contains("unit 0,"))
    #expect(message(.timesBeforeZero).contains("2 spikes of unit 1"))
    #expect(message(.duplicates).contains("2 spikes of unit 2"))
    #expect(message(.coincidentUnits).contains("units 0 and 3 have 2"))
    #expect(message(.silence).contains("unit 4"))
    #expect(odd.spikes[0].elementsEqual(odd.spikes[0].sorted()))
    #expect(odd.spikes.start == -500)
  }

  @Test func `arrays that contradict each other are refused`() throws {
    let folder = try FormatsFolder()
    try Self.session().write(to: folder("session.npz"))
    let archive = try NumPyArchive(contentsOf: folder("session.npz"))
    var arrays: [(name: String, array: NumPyArray)] = []
    for name in archive.names { arrays.append((name, try archive.array(name))) }
    for (name, array, parts) in [
      ("units/quality", NumPyArray(["good"]), ["units/quality", "(1,)", "(5,)"]),
      ("intervals/trials/stop", NumPyArray([1.0]), ["intervals/trials/stop", "1 times"]),
      ("intervals/trials/columns/side", NumPyArray(["a"]), ["columns/side", "(12,)"]),
      ("series/processing/behavior/position/step", NumPyArray(scalar: 0.0), ["steps of 0.0 ms"]),
      ("events/cues", NumPyArray(["a"]), ["events/cues", "numbers"]),
    ] {
      try NumPyArchive.write(
        arrays.map { $0.name == name ? (name, array) : $0 }, to: folder("wrong.npz"))
      expectError(.invalidData, ["wrong.npz"] + parts) {
        let recording = try Recording(contentsOf: folder("wrong.npz"))
        for series in recording.series { _ = try series.load() }
      }
    }
  }
}
