import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A session goes from format to format and comes back: the same numbers under the same names, and what is lost is said.
@Suite(.readsNWB) struct RecordingRoundTripTests {
  /// Units with columns, electrodes and observations, trials with texts, numbers and truth values, epochs, events and series, as PyNWB
  /// wrote them.
  private static func session() throws -> Recording {
    try Recording(contentsOf: TestFiles.golden("sessions/session.nwb"))
  }

  @Test func `NWB, archive and NWB again`() throws {
    let folder = try FormatsFolder()
    let session = try Self.session()
    #expect(!session.events.isEmpty && session.intervals.count == 4 && session.series.count == 2)
    #expect(try session.write(to: folder("1.npz")) == [])
    let archived = try Recording(contentsOf: folder("1.npz"))
    try expectSame(archived, session)
    #expect(try archived.write(to: folder("2.nwb")) == [])
    let again = try Recording(contentsOf: folder("2.nwb"))
    try expectSame(again, session)
    #expect(try again.write(to: folder("3.npz")) == [])
    try expectSame(try Recording(contentsOf: folder("3.npz")), session)
  }

  @Test(.readsMATLAB) func `NWB, MATLAB and NWB again`() throws {
    let folder = try FormatsFolder()
    let session = try Self.session()
    #expect(
      try session.write(to: folder("1.mat"))
        == ["intervals \(session.intervals.map(\.name).joined(separator: ", "))", "events"]
        + ["2 time series"])
    let read = try Recording(contentsOf: folder("1.mat"))
    #expect(try read.write(to: folder("2.nwb")) == [])
    let again = try Recording(contentsOf: folder("2.nwb"))
    for found in [read, again] {
      #expect(found.spikes == session.spikes && found.origin == session.origin)
      #expect(found.spikes.observations == session.spikes.observations)
      #expect(Set(found.units.columns.map(\.name)) == Set(session.units.columns.map(\.name)))
      for column in session.units.columns {
        #expect("\(column.values)" == "\(found.units[column.name]?.values ?? .texts([]))")
      }
    }
  }

  @Test(arguments: ["csv", "tsv", "txt"])
  func `a table has the spikes, and what it has not is said`(kind: String) throws {
    let folder = try FormatsFolder()
    let session = try Self.session()
    let lost = try session.write(to: folder("1.\(kind)"))
    #expect(
      lost == [
        "when each unit was observed", "the table of units",
        "intervals \(session.intervals.map(\.name).joined(separator: ", "))", "events",
        "2 time series", "when the recording begins and ends",
      ])
    let table = try Recording(contentsOf: folder("1.\(kind)"))
    #expect(table.spikes.offsets == session.spikes.offsets)
    #expect(table.spikes.times == session.spikes.times)
    // Back through NWB.
    try table.write(to: folder("2.nwb"))
    try Recording(contentsOf: folder("2.nwb")).write(to: folder("3.\(kind)"))
    #expect(try bytes(folder("3.\(kind)")) == bytes(folder("1.\(kind)")))
  }

  @Test func `events without times are not in an NWB file, and that is said`() throws {
    let folder = try FormatsFolder()
    let session = try Recording(
      SpikeTrains(trains: [[1]], start: 0, stop: 2),
      events: [
        .init("cue: left", times: []), .init("cue: right", times: [1]), .init("licks", times: []),
      ])
    #expect(
      try session.write(to: folder("1.nwb"))
        == ["the events cue: left, licks, which have no times"])
    #expect(
      try Recording(contentsOf: folder("1.nwb")).events.map(\.times) == [[1]])
    #expect(try session.write(to: folder("1.npz")) == [])
    #expect(try Recording(contentsOf: folder("1.npz")).events == session.events)
  }
}
