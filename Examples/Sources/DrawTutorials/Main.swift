import Spiking
import Tutorials

/// Draws the pictures of the tutorials: `swift run -c release --package-path Examples DrawTutorials DIR`.
@main
struct Main {
  static func main() async throws {
    let folder = CommandLine.arguments.dropFirst().first ?? "."
    let confounder = try await Confounder.run()
    print(
      "correlation of neurons 2 and 7:", confounder.before[2, 7] ?? .nan, "without and",
      confounder.after[2, 7] ?? .nan, "with the stimulus")
    let tone = PeristimulusFigure(try await AuditoryModel.rates(tone: 1), pulse: 0...50)
    let ring = try await RingErrorsFigure.measured()
    for curve in ring.curves {
      let error = curve.points.reduce(0) {
        $0 + ($1.estimate - $1.truth) * ($1.estimate - $1.truth)
      }
      let truth = curve.points.reduce(0) { $0 + $1.truth * $1.truth }
      print("ring, \(curve.name): relative error", (error / truth).squareRoot())
    }
    let figures: [any Figure] = confounder.figures + [tone, ring]
    for figure in figures {
      for file in try Gnuplot().render(figure, to: folder) { print(file) }
    }
  }
}
