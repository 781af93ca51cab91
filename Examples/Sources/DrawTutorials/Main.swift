import Foundation
import Spiking
import Tutorials

/// Draws the pictures of the tutorials: `swift run -c release --package-path Examples DrawTutorials DIR`.
/// With a second folder, that of recordings, also those of `RealRecordings` and `EncodingModels`, and prints
/// their tables.
@main
struct Main {
  static func main() async throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "."
    let confounder = try await Confounder.run()
    print(
      "correlation of neurons 2 and 7:", confounder.before[2, 7] ?? .nan, "without and",
      confounder.after[2, 7] ?? .nan, "with the stimulus")
    let tone = PeristimulusFigure(try await AuditoryModel.rates(tone: 1), pulse: 0...50)
    var figures = confounder.figures + [tone, try await ring()]
    if let recordings = CommandLine.arguments.dropFirst(2).first {
      figures += try await receptor(recordings) + hippocampus(recordings)
      figures += try await track(recordings)
    }
    for figure in figures {
      for file in try Gnuplot().render(figure, to: folder) { print(file) }
    }
  }

  static func ring() async throws -> any Figure {
    let ring = try await RingErrorsFigure.measured()
    for curve in ring.curves {
      let error = curve.points.reduce(0) {
        $0 + ($1.estimate - $1.truth) * ($1.estimate - $1.truth)
      }
      let truth = curve.points.reduce(0) { $0 + $1.truth * $1.truth }
      print("ring, \(curve.name): relative error", (error / truth).squareRoot())
    }
    return ring
  }

  static func receptor(_ recordings: String) async throws -> [any Figure] {
    let receptor = try Receptor(folder: recordings + "/grasshopper-receptor")
    for (name, result) in try await receptor.results() {
      let values =
        result.bitsPerSpike + result.intervals.map { $0.distance ?? .nan }
        + result.intervals.map { $0.autocorrelation[0] }
      print("|", name, "|", values.map { rounded($0) }.joined(separator: " | "), "|")
    }
    let steps = try await receptor.steps()
    print(steps.fit.warnings.count, "warnings, excess", steps.fit[0]?.certificate.excess ?? .nan)
    print("p =", steps.intervals.pValue ?? .nan)
    return try await receptor.figures()
  }

  static func hippocampus(_ recordings: String) async throws -> [any Figure] {
    let hippocampus = try await Hippocampus(folder: recordings + "/rat-hippocampus")
    for unit in 0..<hippocampus.spikes.neuronCount {
      let bits = [hippocampus.alone, hippocampus.coupled, hippocampus.distinct]
        .map { rounded($0.bitsPerSpike[unit]) }
      let intervals = hippocampus.coupled.intervals[unit]
      print(
        "| \(unit) | \(hippocampus.recording[unit].count) |", bits.joined(separator: " | "), "|",
        rounded(intervals.distance ?? .nan), "|", rounded(intervals.band95 ?? .nan), "|")
    }
    let couplings = hippocampus.couplings
    print(
      couplings.count, "couplings,", couplings.count { $0.taps.reduce(0, +) > 0 }, "positive;",
      hippocampus.coupled.fit.warnings.count, "warnings")
    print(
      hippocampus.recording.coincidences(0, 12, within: 0.13), "spikes of unit 0 with one of 12")
    return try hippocampus.figures()
  }

  static func rounded(_ value: Double, digits: Int = 2) -> String {
    String(format: "%.\(digits)f", value)
  }
}
