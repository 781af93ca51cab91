import Foundation
import Spiking
import Testing
import Tutorials

private let examples = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent()
private let repository = examples.deletingLastPathComponent()
private let data = repository.deletingLastPathComponent().appending(path: "shared/data")
private let isThere = FileManager.default.fileExists(atPath: data.path)

/// `Docs/Tutorials/RealRecordings.md`, of recordings that are not part of the repository.
@Suite(.enabled(if: isThere, "there is no folder ../shared/data with recorded data"))
struct RealRecordingTests {
  private let text: String

  init() throws {
    text = try String(
      contentsOf: repository.appending(path: "Docs/Tutorials/RealRecordings.md"), encoding: .utf8)
  }

  /// The numbers of the row of a table that begins with `name`.
  private func numbers(_ name: String) throws -> [Double] {
    let row = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("| \(name) |") }, "no row \(name)")
    return row.split(separator: "|").dropFirst().compactMap {
      Double(
        $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "−", with: "-"))
    }
  }

  @Test func `the models of the receptor are as good as the table says`() async throws {
    let receptor = try Receptor(
      folder: data.appending(path: "grasshopper-receptor").path)
    for (name, result) in try await receptor.results() {
      let row = try numbers(name)
      let found =
        result.bitsPerSpike + result.intervals.map { $0.distance ?? .nan }
        + result.intervals.map { $0.autocorrelation[0] }
      #expect(row.count == 6 && found.count == 6)
      for (number, value) in zip(row, found) { #expect(abs(number - value) < 0.006, "\(name)") }
    }
  }

  @Test func `the receptor hears with a latency, rests after a spike, and adapts`() async throws {
    let receptor = try Receptor(
      folder: data.appending(path: "grasshopper-receptor").path)
    let (fit, filters, goodness, intervals) = try await receptor.steps()
    #expect(fit.warnings.isEmpty)
    #expect(fit[0]?.certificate.hasConverged == true)
    #expect(try #require(fit[0]).certificate.excess < 1e-12)
    let sound = try #require(filters[.stimulus(0)])
    #expect(sound.taps.firstIndex(of: try #require(sound.taps.max())) == 7)
    #expect(abs(sound.taps[7] - 1.55) < 0.01 && abs(sound.standardErrors[7] - 0.05) < 0.01)
    for run in receptor.runs { #expect(run.spikes.counts.allSatisfy { $0 == 1 }) }
    let history = try #require(filters[.history])
    #expect(abs(history.taps[0] + 9.4) < 0.1 && abs(history.standardErrors[0] - 1) < 0.1)
    #expect(history.taps[..<7].allSatisfy { $0 < -0.3 })
    #expect(abs(try #require(goodness.bitsPerSpike) - 1.38) < 0.01)
    // The model would be refused once in twenty times were it right.
    #expect(try #require(intervals.distance) < (try #require(intervals.band95)))
    #expect(abs(try #require(intervals.pValue) - 0.21) < 0.05)
    #expect(intervals.autocorrelation[0] > (try #require(intervals.autocorrelationBand)))
    // Spikes in the first and in the last second, recorded and expected.
    let second = receptor.runs[1]
    let prediction = try await fit.predictions(for: second.spikes, stimuli: [second.sound])[0]
    let expected = [prediction.means[..<900], prediction.means[8900...]].map { $0.reduce(0, +) }
    let recorded = [prediction.counts[..<900], prediction.counts[8900...]].map { $0.reduce(0, +) }
    #expect(recorded == [106, 75])
    #expect(abs(expected[0] - 60) < 1 && abs(expected[1] - 79) < 1)
  }

  @Test func `a fit within one run does not see that free lags fail`() async throws {
    let run = try Receptor(folder: data.appending(path: "grasshopper-receptor").path).runs[0]
    for (fitter, bits) in [
      (run.fitter(), 1.96), (run.fitter(hearing: IdentityBasis(window: 20)), 1.98),
    ] {
      let fit = try await fitter.fit(run.spikes, segments: [0..<5000])
      let prediction = try await fit.predictions(
        for: run.spikes, stimuli: [run.sound], segments: [5000..<10_000])[0]
      #expect(abs(try #require(try prediction.goodness().bitsPerSpike) - bits) < 0.01)
    }
  }

  @Test func `units are predicted, and not explained`() async throws {
    let hippocampus = try await Hippocampus(
      folder: data.appending(path: "rat-hippocampus").path)
    for unit in 0..<16 {
      let row = try numbers("\(unit)")
      let results = [hippocampus.alone, hippocampus.coupled, hippocampus.distinct]
      let intervals = hippocampus.coupled.intervals[unit]
      let distance = try #require(intervals.distance)
      let band = try #require(intervals.band95)
      let found =
        [Double(hippocampus.recording[unit].count)] + results.map { $0.bitsPerSpike[unit] }
        + [distance, band]
      #expect(row.count == 6)
      for (number, value) in zip(row, found) { #expect(abs(number - value) < 0.006, "\(unit)") }
      #expect(results.allSatisfy { $0.bitsPerSpike[unit] > 0 })
      #expect(distance > band)
      #expect(results.allSatisfy { $0.fit[unit]?.certificate.hasConverged == true })
    }
    #expect(hippocampus.coupled.fit.warnings.isEmpty)
    #expect(hippocampus.couplings.count == 220)
    #expect(hippocampus.couplings.count { $0.taps.reduce(0, +) > 0 } == 213)
    // Most of what couplings tell does not come from shared spikes.
    func mean(_ result: Hippocampus.Result) -> Double { result.bitsPerSpike.reduce(0, +) / 16 }
    let gains = [hippocampus.coupled, hippocampus.distinct].map {
      mean($0) - mean(hippocampus.alone)
    }
    #expect(abs(gains[1] / gains[0] - 0.9) < 0.02)
  }

  @Test func `units share spikes across groups, never within one`() throws {
    let recording = try NWBFile(
      data.appending(path: "rat-hippocampus/rat_hippocampus.nwb").path
    ).units()
    #expect(recording.coincidences(0, 12, within: 0.13) == 1285)
    let groups = [[0, 1], [2, 3, 4], [5, 6, 7, 8, 9], [10, 11], [12, 13], [14, 15]]
    for group in groups {
      for unit in group {
        for other in group where other != unit {
          #expect(recording.coincidences(unit, other, within: 0.5) == 0)
        }
      }
    }
    // The two sets of groups of the text, and what is left between them.
    let sets = [[0, 2, 4], [1, 3, 5]].map { $0.flatMap { groups[$0] } }
    for unit in sets[0] {
      for other in sets[1] { #expect(recording.coincidences(unit, other, within: 0.13) < 10) }
    }
    #expect(recording.coincidences(10, 14, within: 0.13) > 500)
    // Bursts, and bins with two spikes.
    for unit in [0, 1, 5, 10, 12] {
      let train = recording[unit]
      let short = zip(train, train.dropFirst()).count { $1 - $0 < 10 }
      #expect(0.29...0.41 ~= Double(short) / Double(train.count - 1), "\(unit)")
    }
    #expect(try recording.binned(width: 1).counts.count { $0 == 2 } == 20)
  }
}
