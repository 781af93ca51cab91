import Spiking
import SpikingTestCases
import Testing

/// What terms say of wrong names, ranges, events and tables, and which bins they leave out.
@Suite struct TermErrorTests {
  private static let basis = BSplineBasis(count: 6, window: 6)
  private static let lags = RaisedCosineLogBasis(count: 4, window: 20)

  /// The recording of the golden values, with a neuron that fires in every third bin.
  private func session() throws -> BinnedRecording {
    let recording: EncodedRecording = try golden("encoding_data")
    return try recording.session([(0..<recording.bins).map { $0 % 3 == 0 ? 1 : 0 }])
  }

  private func session(
    adding change: (inout Recording) throws -> Void
  ) throws -> BinnedRecording {
    let whole = try session()
    var recording = whole.session
    try change(&recording)
    return BinnedRecording(recording, whole.spikes, origin: whole.origin)
  }

  private func series(_ name: String, _ values: [Double]) throws -> RecordedSeries {
    RecordedSeries("/\(name)", try TimeSeries(values: values, times: .regular(start: 0, step: 10)))
  }

  @Test func `an unknown covariate lists the known ones`() async throws {
    let session = try session()
    let range = Self.basis.over(0...60)
    expectError(.unknownName, ["term sped", "no covariate \"sped\"", "behavior/speed"]) {
      _ = try DesignInputs(Design { Tuning("sped", range) }, in: session)
    }
    expectError(.unknownName, ["no covariate", "trials.reward"]) {
      _ = try DesignInputs(Design { StimulusTerm("trials.rewards") }, in: session)
    }
    expectError(.unknownName, ["no events \"cue\"", "lick", "trials.cue_time"]) {
      _ = try DesignInputs(Design { Event("cue", Self.lags) }, in: session)
    }
    expectError(.unknownName, ["no categories \"trials.sides\"", "trials.side"]) {
      _ = try Design { Category("trials.sides") }.resolved(in: session)
    }
    expectError(.unknownName, ["column of trials \"size\"", "reward"]) {
      _ = try DesignInputs(
        Design { Event("trials.cue_time", Self.lags, scaledBy: "size") }, in: session)
    }
    expectError(.invalidData, ["trials.side", "texts"]) {
      _ = try DesignInputs(Design { StimulusTerm("trials.side") }, in: session)
    }
  }

  @Test func `a channel is named where there are several`() throws {
    let session = try session { recording in
      try recording.add(
        RecordedSeries(
          "/position",
          TimeSeries(
            values: (0..<1200).map(Double.init), channelCount: 2,
            times: .regular(start: 0, step: 10))))
    }
    #expect(try session.covariate("position.1")[3] == 7)
    expectError(.invalidData, ["position", "2 channels", "position.0 to position.1"]) {
      _ = try session.covariate("position")
    }
    expectError(.invalidData, ["position.2", "2 channels"]) {
      _ = try session.covariate("position.2")
    }
  }

  @Test func `values outside a range and without a number are not evaluated, and counted`()
    async throws
  {
    var speed: [Double] = (0..<600).map { Double($0 % 60) }
    for bin in 100..<110 { speed[bin] = .nan }
    let values = speed
    let session = try session { try $0.add(series("pace", values)) }
    let design = Design { Tuning("pace", Self.basis.over(0...29.5)) }
    let inputs = try DesignInputs(design, in: session)
    // 30 … 59 of every minute, of which 40 … 49 are missing in the second one.
    #expect(
      inputs.notices == [
        "pace: no value in 10 of 600 bins, which are not evaluated",
        "pace: outside 0 to 29.5 in 290 of 600 bins, which are not evaluated",
      ])
    let fit = try await design.fit(session)
    #expect(fit.binsUsed == 300)
    expectError(.invalidData, ["pace", "outside 100 to 200 in 590", "values within the ranges"]) {
      _ = try DesignInputs(
        Design { Tuning("pace", Self.basis.over(100...200)) }, in: session)
    }
    expectError(.invalidParameter, ["tuning to pace", "range 5 to 5"]) {
      _ = try DesignInputs(Design { Tuning("pace", Self.basis.over(5...5)) }, in: session)
    }
    // A signal without a value begins a new segment.
    let filtered = try await Design { StimulusTerm("pace", Self.lags) }.fit(session)
    #expect(filtered.binsUsed == 600 - 10 - 2 * 19)
  }

  @Test func `events outside the recording are counted, and are an error where all are`() throws {
    let session = try session {
      try $0.add(Recording.Events("late", times: [-5000, 300, 6001, 99_000]))
      try $0.add(Recording.Events("gone", times: [99_000]))
    }
    let inputs = try DesignInputs(Design { Event("late", Self.lags) }, in: session)
    #expect(inputs.notices == ["late: 3 of 4 events outside the recording, 0.0 to 6000.0 ms"])
    expectError(.invalidData, ["gone", "none of 1 event within the recording"]) {
      _ = try DesignInputs(Design { Event("gone", Self.lags) }, in: session)
    }
    expectError(.invalidParameter, ["late", "\"reward\" of events without a table"]) {
      _ = try DesignInputs(Design { Event("late", Self.lags, scaledBy: "reward") }, in: session)
    }
  }

  @Test func `trials that overlap have no one category`() throws {
    let session = try session { recording in
      try recording.add(
        IntervalTable(
          name: "blocks", intervals: [0...1000, 900...2000],
          table: Table([Column("kind", .texts(["a", "b"])), Column("level", .numbers([1, 2]))])))
    }
    for term in [Category("blocks.kind"), StimulusTerm("blocks.level")] as [any Term] {
      expectError(.invalidData, ["blocks[1], 900.0 to 2000.0 ms", "overlaps blocks[0]"]) {
        _ = try DesignInputs(Design([Design.Part(term)]).resolved(in: session), in: session)
      }
    }
  }

  @Test func `a category that a fit does not know is an error, and bins without one are left out`()
    async throws
  {
    let whole = try session()
    let session = try session { recording in
      try recording.add(
        IntervalTable(
          name: "blocks", intervals: [0...1000, 1500...2000, 2000...2500],
          table: Table([Column("kind", .texts(["a", "b", ""]))])))
    }
    let design = try Design { Category("blocks.kind") }.resolved(in: session)
    let fit = try await design.fit(session)
    #expect(fit.binsUsed == 150)
    #expect(
      try DesignInputs(design, in: session).notices == [
        "blocks.kind: no category in 450 of 600 bins, which are not evaluated"
      ])
    let other = try whole.session.intervals(of: "trials")
    var renamed = whole.session
    try renamed.add(
      IntervalTable(
        name: "blocks", intervals: other.intervals,
        table: Table([Column("kind", .texts(Array(repeating: "c", count: 12)))])))
    let others = BinnedRecording(renamed, whole.spikes, origin: 0)
    expectError(.invalidData, ["blocks.kind, row 0", "\"c\"", "one of a, b, as in the fit"]) {
      _ = try DesignInputs(design, in: others)
    }
    expectError(.invalidData, ["one category", "at least two"]) {
      _ = try DesignInputs(
        Design { Category("blocks.kind") }.resolved(in: others), in: others)
    }
    expectError(.unknownName, ["reference", "\"z\"", "one of a, b"]) {
      _ = try DesignInputs(
        Design { Category("blocks.kind", reference: "z") }.resolved(in: session), in: session)
    }
  }

  @Test func `a tuning to many covariates has more weights than there can be`() throws {
    let session = try session()
    let basis = BSplineBasis(count: 500, window: 500).over(0...100)
    expectError(.invalidParameter, ["250000 × 500 functions", "at most a million"]) {
      _ = try DesignInputs(
        Design { Tuning(Array(repeating: "x", count: 9), Array(repeating: basis, count: 9)) },
        in: session)
    }
  }

  @Test func `a design has one term of a name, and one history`() throws {
    let session = try session()
    expectError(.invalidParameter, ["two terms \"speed\"", "named"]) {
      _ = try Design {
        StimulusTerm("speed")
        Tuning("speed", Self.basis.over(0...60))
      }.resolved(in: session)
    }
    expectError(.invalidParameter, ["a second history"]) {
      _ = try DesignInputs(
        Design {
          History(Self.lags)
          History(Self.lags).named("again")
        }, in: session)
    }
  }
}
