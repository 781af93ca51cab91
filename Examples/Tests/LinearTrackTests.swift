import Foundation
import Spiking
import Testing
import Tutorials

private let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
private let data = repository.deletingLastPathComponent().appending(path: "shared/data")
private let isThere = FileManager.default.fileExists(atPath: data.path)

/// `Docs/Tutorials/EncodingModels.md`, of recordings that are not part of the repository.
@Suite(.enabled(if: isThere, "there is no folder ../shared/data with recorded data"))
struct LinearTrackTests {
  private let text: String
  private let track: LinearTrack
  /// The units that have a field.
  private let placeCells = [0, 8, 10, 12, 13, 16, 18, 19, 20, 21, 22, 27]

  init() throws {
    text = try String(
      contentsOf: repository.appending(path: "Docs/Tutorials/EncodingModels.md"), encoding: .utf8)
    track = try LinearTrack(folder: data.appending(path: "linear-track").path)
  }

  /// The cells of the row of a table after the first, which is `name`.
  private func cells(_ name: String) throws -> [String] {
    let row = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("| \(name) |") }, "no row \(name)")
    return row.split(separator: "|").dropFirst().map {
      $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "−", with: "-")
    }
  }

  private func numbers(_ name: String) throws -> [Double] {
    try cells(name).compactMap { Double($0) }
  }

  @Test func `the rat runs to and fro`() throws {
    let runs = try #require(track.session.intervals(named: "runs"))
    let directions = try #require(runs.table["direction"]).texts
    #expect(directions.count == 41 && directions.count { $0 == "left" } == 18)
    let seconds = runs.intervals.reduce(0) { $0 + $1.upperBound - $1.lowerBound } / 1000
    #expect(abs(seconds - 178) < 0.5)
    #expect(track.units == (placeCells + [14, 15, 29, 30]).sorted())
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "track.nwb").path
    try track.session.write(to: path)
    let written = try Recording(contentsOf: path)
    #expect(written.intervals(named: "runs")?.intervals == runs.intervals)
    #expect(
      try written.binned(width: 25).covariate("speed").count { $0 > 50 }
        == track.track.covariate("speed").count { $0 > 50 })
    // Unit 4 hardly fires in runs, unit 22 in few of them.
    let spikes = track.session.spikes
    #expect(spikes[4].count == 875)
    #expect(try track.session.during("runs").spikes.observedSpikeCount(of: 4) == 28)
    #expect(
      runs.intervals.count { run in spikes[22].contains { run.contains($0) } } == 14)
  }

  @Test func `the design of the file is that of the code`() throws {
    let json = try #require(text.components(separatedBy: "```json\n").last).prefix {
      $0 != "`"
    }
    let file = try DesignFile(json: String(json))
    #expect(file.bin == 25 && file.observation == "poisson" && file.nonlinearity == "exp")
    #expect(file.design == track.design)
  }

  @Test func `the table says what each unit cares about`() async throws {
    let places = try await track.places()
    let (dropped, selected) = try await track.terms()
    #expect(places.binsUsed == 7084 && dropped.binsUsed == 7084)
    let losses = dropped.lossPValues(2).adjusted
    for (index, unit) in track.units.enumerated() {
      let (neuron, loss) = (places.neurons[index], dropped.neurons[index])
      #expect(neuron.neuron == unit && loss.neuron == unit)
      let found =
        [Double(neuron.spikeCount)] + (0..<4).map { neuron.bitsPerSpike($0) ?? .nan }
        + [-(loss.difference(2) ?? .nan), loss.standardError(2) ?? .nan, losses[index]]
      let row = try numbers("\(unit)")
      #expect(row.count == 8)
      for (number, value) in zip(row, found) { #expect(abs(number - value) < 0.006, "\(unit)") }
      let terms = selected.neurons[index].terms
      #expect(try cells("\(unit)").last == (terms.isEmpty ? "–" : terms.joined(separator: ", ")))
      // What place tells, a factor for the direction, and curves of their own.
      let isPlaceCell = placeCells.contains(unit)
      #expect(isPlaceCell == (found[5] > 0.5) && isPlaceCell == (found[5] > 0.061))
      #expect(isPlaceCell == (neuron.gainTest(3, over: 1).pValue < 0.05), "\(unit)")
      let gain = try #require(neuron.difference(3, from: 2))
      if [16, 19, 22].contains(unit) {
        #expect(0.18...0.235 ~= gain, "\(unit)")
      } else {
        #expect(gain < 0.051, "\(unit)")
      }
      #expect(-(loss.difference(1) ?? 0) < 0.35)
    }
    let directions = places.neurons.map { $0.gainTest(3, over: 1).pValue }
    #expect(try FalseDiscoveryRate.adjusted(directions).count { $0 <= 0.05 } == 11)
    #expect(dropped.lossPValues(3).adjusted.allSatisfy { $0 > 0.05 })
  }

  @Test func `fields are on the way in one direction, and rates as in the figures`() async throws {
    let (fit, rates) = try await track.rates()
    let grid = try TermGrid.all(of: #require(fit.design), in: track.track)[0]
    let values = grid.axes[1].values
    #expect(grid.axes[0].labels == ["left", "right"] && values.count == 48)
    func peak(_ unit: Int, _ direction: Int) throws -> (place: Double, rate: Double) {
      let curve = try #require(rates.first { $0.neuron == unit }).curves[0]
      let part = curve.rates[direction * 48..<(direction + 1) * 48]
      let rate = try #require(part.max())
      return (values[try #require(part.firstIndex(of: rate)) - direction * 48], rate)
    }
    for unit in placeCells where ![16, 19, 22].contains(unit) {
      let peaks = try [peak(unit, 0).rate, peak(unit, 1).rate].sorted()
      #expect(peaks[0] < 0.13 * peaks[1], "\(unit)")
    }
    #expect(abs(try peak(13, 1).place - 240) < 7)
    #expect(abs(try peak(16, 0).place - 400) < 7)
    #expect(abs(try peak(16, 1).place - 200) < 7)
    let curve = try #require(rates.first { $0.neuron == 15 }).curves[0]
    #expect(curve.rates.allSatisfy { 2.3...13 ~= $0 })
    #expect(curve.occupancy.reduce(0, +) / 96 < 2000)
    #expect(curve.interval?.allSatisfy { $0 != nil } == true)
  }

  @Test func `what was held out, or the evidence, says how smooth curves are`() async throws {
    let row = try numbers("bits per spike")
    let found = try await track.smoothness().map(\.bitsPerSpike)
    #expect(row.count == 5 && found.count == 5)
    for (number, value) in zip(row, found) { #expect(abs(number - value) < 0.0006) }
    #expect(found.max() == found[2])
    let evidence = try await track.evidence()
    #expect(evidence.names == ["history", "place", "speed"])
    for (neuron, degrees) in zip(evidence.fit.neurons, evidence.degrees) {
      #expect(6.5...13.85 ~= degrees[1])
      #expect([19, 22].contains(neuron.neuron) == (degrees[0] < 0.1))
    }
    let later = try await track.laterRuns()
    for (index, unit) in track.units.enumerated() {
      let (fixed, chosen) = (later.fixed[index], later.evidence[index])
      switch unit {
      case 8: #expect(abs(fixed + 2.82) < 0.01 && abs(chosen - 1.59) < 0.01)
      case 12: #expect(abs(fixed + 1.11) < 0.01 && abs(chosen + 0.67) < 0.01)
      default: #expect(abs(fixed - chosen) < 0.2, "\(unit)")
      }
    }
  }

  @Test func `units without a covariate are told by others, and not by a drift`() async throws {
    let comparison = try await EarlierModels.hippocampus(
      folder: data.appending(path: "rat-hippocampus").path)
    #expect(comparison.designs.map(\.name).last == "without drift")
    for neuron in comparison.neurons {
      let row = try numbers("unit \(neuron.neuron)")
      let found = (0..<4).map { neuron.bitsPerSpike($0) ?? .nan }
      #expect(row.count == 4)
      for (number, value) in zip(row, found) { #expect(abs(number - value) < 0.006) }
      #expect(found[2] < found[1] && found[3] >= found[0])
      // Akaike's criterion takes a drift where held-out stretches do not.
      let wantsDrift = neuron.fits[0].akaike < neuron.fits[3].akaike - 1
      #expect(wantsDrift == [1, 13].contains(neuron.neuron))
      if wantsDrift { #expect(found[3] > found[0] + 0.01) }
    }
  }

  @Test func `the receptor as a design is the same fit`() async throws {
    let folder = data.appending(path: "grasshopper-receptor").path
    let run = try Receptor(folder: folder).runs[0]
    let earlier = try #require(try await run.fitter().fit(run.spikes)[0])
    let fit = try #require(
      try await EarlierModels.receptor("\(folder)/grasshopper_1.nwb")[0])
    #expect(abs(try #require(fit.bitsPerSpike) - 2.06) < 0.006)
    #expect(abs(fit.logLikelihood - earlier.logLikelihood) < 1e-9)
    #expect(fit.coefficients.count == earlier.coefficients.count)
    for (one, other) in zip(fit.coefficients, earlier.coefficients) {
      #expect(abs(one - other) < 1e-9 * max(1, abs(other)))
    }
  }
}
