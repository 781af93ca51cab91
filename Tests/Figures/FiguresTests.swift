import Foundation
import SpikingAnalysis
import SpikingFigures
import SpikingFramework
import SpikingTestCases
import Testing

/// Drawing needs gnuplot; without it only the errors can be tested.
private let hasGnuplot = (try? Gnuplot()) != nil

@Suite struct FiguresTests {
  private static let recording = Result {
    try SpikeTrains(
      trains: (0..<20).map { neuron in (0..<50).map { Double($0 * 20 + neuron) } }, start: 0,
      stop: 1000)
  }

  private static func network(_ weight: Float = 1) throws -> Connectivity {
    let matrix = (0..<100).map { Float($0 % 7 == 0 ? ($0 < 50 ? 1 : -1) : 0) * weight }
    return try Connectivity(matrix: matrix, neuronCount: 10)
  }

  /// Every figure of a recording and a network.
  private static func figures(
    _ recording: SpikeTrains, _ network: Connectivity, stimulated: Set<Int>
  ) throws -> [any Figure] {
    let others = (0..<recording.neuronCount).filter { !stimulated.contains($0) }
    let groups = try (
      recording.selecting(stimulated.sorted()), recording.selecting(others)
    )
    let intervals = IntervalHistogram(binWidth: 2, upperLimit: 100)
    let rates = PeristimulusHistogram(period: 100, binWidth: 2)
    let histograms = try (intervals.analyze(groups.0), intervals.analyze(groups.1))
    return [
      try NetworkGraphFigure(network, stimulated: stimulated), WeightMatrixFigure(network),
      IntervalComparisonFigure(stimulated: histograms.0, unstimulated: histograms.1),
      IntervalComparisonFigure(
        stimulated: histograms.0, unstimulated: histograms.1, scale: .logarithmic),
      try IntervalHistogramFigure(intervals.analyze(recording)),
      try PeristimulusFigure(
        stimulated: rates.analyze(groups.0), unstimulated: rates.analyze(groups.1), pulse: 0...10),
      try RasterFigure(
        recording, stimulated: stimulated, from: 0, to: 500, pulses: [0...10, 490...900]),
    ]
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func everyFigureIsDrawnTwice() throws {
    try withFolder { folder in
      let figures = try Self.figures(
        Self.recording.get(), Self.network(), stimulated: [1, 5])
      for figure in figures {
        let files = try Gnuplot().render(figure, to: folder.path)
        #expect(files == ["\(figure.name).png", "\(figure.name).svg"])
        let png = try Data(contentsOf: folder.appending(path: "\(figure.name).png"))
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        // Bytes 16 to 19 are the width; a blank page of this size takes less than 10 kB.
        #expect(png[16..<20].elementsEqual([0, 0, 0x06, 0x40]))
        #expect(png.count > 15_000, "\(figure.name)")
        let svg = try String(
          contentsOf: folder.appending(path: "\(figure.name).svg"), encoding: .utf8)
        #expect(svg.hasPrefix("<?xml") && svg.contains("</svg>"))
        let plot = figure.plot
        let axes = plot.frame == .none ? [] : [plot.xAxis.label, plot.yAxis.label]
        for text in [plot.title] + axes + plot.layers.compactMap(\.name) {
          #expect(svg.contains(text), "\(figure.name): \(text)")
        }
      }
      let names = Set(figures.map(\.name))
      #expect(names.count == 6)
      let found = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(found) == Set(names.flatMap { ["\($0).png", "\($0).svg"] }))
    }
  }

  /// Nothing to show is no error: no neurons, no spikes, one spike, no synapses, only an autapse.
  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func emptyDataCanBeDrawn() throws {
    let empty = try Connectivity(offsets: [0, 0], targets: [], weights: [])
    let autapse = try Connectivity(offsets: [0, 1], targets: [0], weights: [-2])
    let cases: [(SpikeTrains, Connectivity, Set<Int>)] = [
      (try SpikeTrains(trains: [], start: 0, stop: 0), empty, []),
      (try SpikeTrains(trains: [[]], start: 0, stop: 100), empty, [0]),
      (try SpikeTrains(trains: [[3]], start: 0, stop: 10), autapse, []),
      (try SpikeTrains(trains: [[3, 3, 3]], start: 0, stop: 1000), autapse, [0]),
    ]
    try withFolder { folder in
      for (recording, network, stimulated) in cases {
        for figure in try Self.figures(recording, network, stimulated: stimulated) {
          #expect(try Gnuplot().render(figure, to: folder.path).count == 2)
        }
      }
    }
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func textIsDrawnAsItIsWritten() throws {
    struct Odd: Figure {
      let name = "odd"
      var plot: Plot {
        var plot = Plot(
          title: #"It's A_b^{c} @d \n `ls` %g ''''"#, subtitle: "line\nbreak $x; quit",
          xAxis: Axis("x_1 \"(ms)\"", 0...1), yAxis: Axis("EOD", 0...1))
        plot.layers = [
          Layer(
            .lines([[Point(0, 0), Point(1, 1)]], width: 2, isDashed: true), color: .ink,
            name: "{/Bold n}'")
        ]
        return plot
      }
    }
    try withFolder { folder in
      try Gnuplot().render(Odd(), to: folder.path)
      let svg = try String(contentsOf: folder.appending(path: "odd.svg"), encoding: .utf8)
      for text in [
        #"It's A_b^{c} @d \n `ls` %g ''''"#, "line break $x; quit", "x_1 \"(ms)\"", ">EOD<",
        "{/Bold n}'",
      ] {
        #expect(svg.contains(text), "\(text)")
      }
    }
  }

  @Test func aMissingProgramIsAnError() throws {
    try withFolder { folder in
      for path in ["", folder.path, "/nonexistent:\(folder.path)"] {
        let error = #expect(throws: SpikingError.self) { try Gnuplot(searchPath: path) }
        #expect(error?.code == .missingProgram && error?.subject == "gnuplot")
        #expect(error?.message.contains("gnuplot-nox") == true)
      }
    }
  }

  /// A program that fails: its message comes in one line, and nothing is left behind.
  @Test func gnuplotsOwnErrorsAreReported() throws {
    try withFolder { folder in
      let program = folder.appending(path: "gnuplot")
      let script =
        "#!/bin/sh\nprintf 'plot x\\n     ^\\n\"f\", line 7: no such thing\\n\\n' >&2\nexit 1\n"
      try writeProgram(script, to: program.path)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: program.path)
      let gnuplot = try Gnuplot(searchPath: folder.path)
      let error = #expect(throws: SpikingError.self) {
        try gnuplot.render(WeightMatrixFigure(Self.network()), to: folder.path)
      }
      #expect(error?.message.hasSuffix("plot x \"f\", line 7: no such thing") == true)
      #expect(error?.description.contains("\n") == false)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["gnuplot"])

      // One that ends well without having drawn anything.
      try writeProgram("#!/bin/sh\n", to: program.path)
      let silent = #expect(throws: SpikingError.self) {
        try gnuplot.render(WeightMatrixFigure(Self.network()), to: folder.path)
      }
      #expect(silent?.code == .unwritableFile)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["gnuplot"])
    }
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func aFolderThatCannotBeWrittenIsAnError() throws {
    try withFolder { folder in
      let file = folder.appending(path: "file")
      try Data("kept".utf8).write(to: file)
      let taken = folder.appending(path: "taken")
      try FileManager.default.createDirectory(
        at: taken.appending(path: "weight-matrix.svg"), withIntermediateDirectories: true)
      for target in [folder.appending(path: "missing"), file, taken] {
        let error = #expect(throws: SpikingError.self) {
          try Gnuplot().render(WeightMatrixFigure(Self.network()), to: target.path)
        }
        #expect(error?.code == .unwritableFile)
        #expect(error?.subject.hasPrefix(target.path) == true)
      }
      #expect(try Data(contentsOf: file) == Data("kept".utf8))
      let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      #expect(Set(left) == ["file", "taken", "taken/weight-matrix.svg"])
    }
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "spiking-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
