import Foundation
import Spiking
import SpikingTestSupport
import Testing
import Tutorials

@Suite struct TutorialTests {
  @Test func `two unconnected neurons are correlated by what they share`() async throws {
    let confounder = try await Confounder.run()
    #expect(confounder.network[2, 7] == 0 && confounder.network[7, 2] == 0)
    #expect(confounder.network.synapseCount > 10)
    let before = try #require(confounder.before[2, 7])
    let after = try #require(confounder.after[2, 7])
    // 50 000 bins: the standard error of a coefficient near 0 is 0.0045.
    #expect(abs(before) < 4 * 0.0045)
    #expect(after > 0.1)
    // What has no part in it stays as it was, within the errors of two coefficients.
    let others = (0..<10).filter { neuron in
      ![2, 7].contains(neuron) && confounder.network[2, neuron] == 0
        && confounder.network[7, neuron] == 0
    }
    for i in others {
      for j in others where j < i {
        let (first, second) = (confounder.before[i, j] ?? 0, confounder.after[i, j] ?? 0)
        #expect(abs(first - second) < 0.03, "\(i), \(j)")
      }
    }
  }

  @Test func `the auditory model keeps the promises of models`() throws {
    #expect(problems(with: AuditoryModel()) == [])
    #expect(AuditoryModel().parameters.map(\.name).contains("bands.4"))
    // One click in one band: the drive is that band's filter.
    let model = AuditoryModel()
    let click = (0..<5).map { band in (0..<30).map { $0 == 3 && band == 3 ? 1.0 : 0 } }
    let stimulus = model.stimulus(click)
    for (k, tap) in model.hearing.taps(dt: 1).enumerated() {
      #expect(abs(stimulus.strength(at: Double(3 + k)) + 0.3 * tap) < 1e-12)
    }
  }

  @Test func `the auditory model hears a band that excites it and one that inhibits it`()
    async throws
  {
    func means(tone: Int) async throws -> (during: Double, before: Double) {
      let rates = try await AuditoryModel.rates(tone: tone).rates.map { $0 ?? 0 }
      // Bins of 5 ms: 15 to 50 ms after the onset, and the 50 ms before the next.
      return (rates[3..<10].reduce(0, +) / 7, rates[30...].reduce(0, +) / 10)
    }
    let excited = try await means(tone: 1)
    let inhibited = try await means(tone: 4)
    #expect(excited.during > 1.5 * excited.before)
    #expect(inhibited.during < 0.7 * inhibited.before)
  }

  @Test(arguments: [
    ("Confounder", ["Confounder"]), ("AuditoryModel", ["AuditoryModel"]),
    ("RealRecordings", ["Receptor", "Hippocampus"]),
    ("EncodingModels", ["LinearTrack", "LinearTrackCurves", "EarlierModels"]),
  ])
  func `tutorials show exactly the code that runs`(name: String, sources: [String]) throws {
    let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: examples.deletingLastPathComponent().appending(path: "Docs/Tutorials/\(name).md"),
      encoding: .utf8)
    let running = try sources.flatMap { source in
      parts(
        of: try String(
          contentsOf: examples.appending(path: "Sources/Tutorials/\(source).swift"),
          encoding: .utf8), from: "// BEGIN TUTORIAL", to: "// END TUTORIAL")
    }
    let shown = parts(of: text, from: "```swift", to: "```")
    #expect(running.count >= 2 && shown == running)
  }

  /// The lines between two marks, without blanks at their ends and empty lines.
  private func parts(of text: String, from first: String, to last: String) -> [[String]] {
    var parts: [[String]] = []
    var part: [String]?
    for line in text.components(separatedBy: "\n") {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line == first {
        part = []
      } else if line == last, let finished = part {
        parts.append(finished)
        part = nil
      } else if !line.isEmpty {
        part?.append(line)
      }
    }
    return parts
  }
}
