import Spiking
import SpikingTestCases
import Testing

/// Mean rates around the times of trials against counts by hand.
@Suite struct TrialAlignmentTests {
  /// 20 bins of 10 ms with four trials of 50 ms, the third of which has no side, and licks.
  private static let counts = [0, 1, 0, 2, 0, 1, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0]

  private func session() throws -> BinnedRecording {
    let times = Self.counts.indices.filter { Self.counts[$0] > 0 }
    let spikes = try BinnedSpikes(
      neurons: times.map { _ in 0 }, bins: times.map(UInt32.init),
      counts: times.map { UInt16(Self.counts[$0]) }, binCount: 20, dt: 10, networkOffsets: [0, 1],
      seed: nil)
    var session = Recording(spikes, source: "tiny")
    try session.add(Recording.Events("licks", times: [35, 184]))
    try session.add(
      IntervalTable(
        name: "trials", intervals: [0...50, 50...100, 100...150, 150...200],
        table: Table([
          Column("side", .texts(["left", "right", "", "left"])),
          Column("cue_time", .numbers([10, 60, 110, .nan])),
        ])))
    return BinnedRecording(session, spikes, origin: 0)
  }

  private func average(_ alignment: TrialAlignment) async throws -> TrialAverage {
    let session = try session()
    let fit = try await Design {}.fit(session)
    return alignment.average(of: try await fit.rates(in: session)[0])
  }

  @Test func `means are those of counts by hand`() async throws {
    let alignment = try TrialAlignment(to: "trials", by: "side", in: session())
    #expect(alignment.conditions == ["left", "right"] && alignment.missing == 1)
    #expect(alignment.lags == 0..<5 && alignment.milliseconds == [0, 10, 20, 30, 40])
    let average = try await average(alignment)
    // Left are bins 0 to 4 and 15 to 19, right 5 to 9; one spike in a bin is 100 Hz.
    #expect(average.recorded == [0, 50, 0, 150, 0, 100, 100, 0, 0, 0])
    #expect(average.trialCounts == [2, 2, 2, 2, 2, 1, 1, 1, 1, 1])
    // 9 spikes in 200 ms.
    for rate in average.predicted { #expect(abs(rate - 45) < 1e-5) }
  }

  @Test func `windows reach before and behind the recording`() async throws {
    let alignment = try TrialAlignment(to: "licks", window: -20...30, in: session())
    #expect(alignment.conditions == ["all"] && alignment.lags == -2..<3)
    let average = try await average(alignment)
    // Bins 1 to 5 and 16 to 20, of which the last one is not there.
    #expect(average.recorded == [50, 0, 150, 0, 100])
    #expect(average.trialCounts == [2, 2, 2, 2, 1])
    let cues = try TrialAlignment(
      to: "trials.cue_time where side == right", window: 0...20, in: session())
    #expect(cues.missing == 0)
    let own = try await self.average(cues)
    #expect(own.recorded == [100, 0] && own.trialCounts == [1, 1])
  }

  @Test func `what there is not is told in one line`() throws {
    let session = try session()
    expectError(.unknownName, ["trials or events \"tries\"", "trials, licks", "trials.cue_time"]) {
      _ = try TrialAlignment(to: "tries", in: session)
    }
    expectError(.unknownName, ["column of trials \"sides\"", "side, cue_time, start"]) {
      _ = try TrialAlignment(to: "trials", by: "sides", in: session)
    }
    expectError(.invalidParameter, ["licks", "without a table"]) {
      _ = try TrialAlignment(to: "licks", by: "side", window: 0...50, in: session)
    }
    expectError(.invalidData, ["trials", "up"]) {
      _ = try TrialAlignment(to: "trials where side == up", in: session)
    }
    expectError(.invalidParameter, ["window", "1.0 to 3.0 ms", "bins of 10 ms"]) {
      _ = try TrialAlignment(to: "trials", window: 1...3, in: session)
    }
    expectError(.invalidParameter, ["window", "1e+300"]) {
      _ = try TrialAlignment(to: "trials", window: 0...1e300, in: session)
    }
  }
}
