import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What is written in figures stays on the page, and meets neither other text nor lines, whatever
/// the data are: measured in the SVG files by the metrics of the font.
@Suite(.enabled(if: (try? Gnuplot()) != nil, "gnuplot is not installed"))
struct FiguresLayoutTests {
  /// A figure of any plot.
  private struct Drawing: Figure {
    let name: String
    let plot: Plot
  }

  private static let long =
    "A name that is much longer than a line of the page, as those of networks, units and areas of "
    + "the brain are apt to be, with parentheses (n = 460) and 0.05 ≤ p < 0.1"

  @Test func `figures of networks and spikes`() throws {
    for neurons in [1, 60, 200] {
      // Autapses, and weights around zero on neighbours of both sides.
      let matrix: [Float] = (0..<neurons * neurons).map { index in
        let distance = (index / neurons - index % neurons + neurons) % neurons
        let weight = Float(index % 7) * 1e-6 - 3e-6
        return [0, 1, 5, neurons - 1].contains(distance) ? weight : 0
      }
      let network = try Connectivity(matrix: matrix, neuronCount: neurons)
      try expectNoFaults([
        try NetworkGraphFigure(network, stimulated: [0], maximumSynapses: 1000),
        WeightMatrixFigure(network),
      ])
    }
  }

  @Test func `figures of spikes, of none, few and many`() throws {
    for (neurons, spikes) in [(1, 0), (40, 200)] {
      let trains: [[Double]] = (0..<neurons).map { neuron in
        let first = Double(neuron * 7 % 10) / 10
        return (0..<spikes).map { first + Double($0 * $0) }
      }
      let recording = try SpikeTrains(trains: trains, start: 0, stop: 100_000)
      let intervals = try IntervalHistogram(binWidth: 0.01, upperLimit: 50).analyze(recording)
      let rates = try PeristimulusHistogram(period: 50_000, binWidth: 0.5).analyze(recording)
      try expectNoFaults([
        try RasterFigure(
          recording, stimulated: [0], from: 0, to: spikes > 100 ? 50_000 : 1e7,
          pulses: [0...1000]),
        IntervalHistogramFigure(intervals, of: "neurons 3, 7, 11, 19 and 1\u{2009}024"),
        IntervalComparisonFigure(stimulated: intervals, unstimulated: intervals),
        IntervalComparisonFigure(
          stimulated: intervals, unstimulated: intervals, scale: .logarithmic),
        PeristimulusFigure(rates, of: Self.long, pulse: 0...100),
        PeristimulusFigure(stimulated: rates, unstimulated: rates, pulse: nil),
        PairMatrixFigure(try CountCorrelation(binWidth: 100).analyze(recording), title: Self.long),
      ])
    }
  }

  @Test func `figures of fits`() throws {
    let results = try (0..<200).map { neuron in
      // Every tenth model is twenty times off.
      TimeRescaling().analyze(
        try PredictedSpikes(
          neuron: neuron, intensities: Array(repeating: neuron % 10 == 0 ? 2 : 0.1, count: 300),
          counts: (0..<300).map { $0 % (neuron + 2) == 0 ? 1 : 0 }, events: .occupiedBins))
    }
    let weights = (0..<2000).map { Double($0 % 41) - 20 }
    let lengths = [100.0, 1e4, 1e7]
    try expectNoFaults([
      TimeRescalingFigure([]), TimeRescalingFigure(Array(results[..<1])),
      TimeRescalingFigure(Array(results[..<5])), TimeRescalingFigure(results, title: Self.long),
      try WeightComparisonFigure(
        trueWeights: weights, estimatedWeights: weights.map { $0 * 1e5 },
        standardErrors: weights.map { $0 * $0 },
        title: "Estimated and true weights of network \(Self.long)"),
      try RecoveryFigure(
        lengths: lengths,
        measures: [
          "correlation of weights", "AUC of synapses", "its limit", "95 % intervals that hold",
          "synapses found", Self.long,
        ].map { .init($0, lengths.map { $0 / 1e7 - 0.5 }) }),
      try RecoveryFigure(lengths: [300], measures: [.init("a", [0.5])]),
      ReceiverOperatingFigure(
        try (0..<6).map { curve in
          .init(
            curve == 0 ? Self.long : "score \(curve)",
            try ReceiverOperatingCharacteristic(
              evidence: weights, truth: weights.map { $0 > Double(curve) }))
        }),
      try FilterFigure(
        (0..<40).map {
          .init("\($0) → \($0 + 1)", taps: (1...20).map { pow(0.8, Double($0)) * 1e-5 })
        }, dt: 1, label: Self.long),
    ])
  }

  @Test(
    arguments: [
      (0...1e5, 0...3e-7), (0...1e7, -2.5e5...3.1e5), (-1e-12...1e-12, 0...1e300),
      (123_456_788...123_456_789, -17...99_999), (1_600_000_000...1_600_000_060, -0.3...0.0021),
    ] as [(ClosedRange<Double>, ClosedRange<Double>)])
  func `axes of every size`(x: ClosedRange<Double>, y: ClosedRange<Double>) throws {
    try expectNoFaults([drawing(Axis("Time (ms)", x), Axis("Spikes per bin", y))])
  }

  @Test(
    arguments: [
      (1e-9...1e9, 0.3...0.9), (2...9, 1e-300...1e300),
    ] as [(ClosedRange<Double>, ClosedRange<Double>)])
  func `logarithmic axes of every size`(x: ClosedRange<Double>, y: ClosedRange<Double>) throws {
    var (horizontal, vertical) = (Axis("Length (s)", x), Axis("Rate (Hz)", y))
    (horizontal.scale, vertical.scale) = (.logarithmic, .logarithmic)
    try expectNoFaults([drawing(horizontal, vertical)])
  }

  @Test(arguments: [0.0123, 3e7])
  func `colours of every scale`(limit: Double) throws {
    var plot = Plot(
      title: Self.long, subtitle: Self.long, xAxis: Axis("Neuron", -0.5...1.5),
      yAxis: Axis("Neuron", -0.5...1.5))
    plot.heatMap = HeatMap(
      values: [0, limit, -limit, limit], columns: 2, x: 0...1, y: 0...1, label: "Weight")
    try expectNoFaults([Drawing(name: "colours", plot: plot)])
  }

  /// Every letter whose width is known, and words that have no room in a line.
  @Test func `names of every letter and length`() throws {
    let letters = try FontMetrics().letters.filter { $0 != " " }
    let word = String(repeating: "Wm_", count: 100)
    var plot = Plot(
      title: word, subtitle: letters.joined(), xAxis: Axis("\(Self.long) (ms)", 0...1),
      yAxis: Axis(Self.long, 0...1))
    plot.layers = ([Self.long, word, "n", ""] + letters.map { String(repeating: $0, count: 9) })
      .enumerated().map { index, name in
        Layer(.bars(edges: [0, 1], heights: [1]), color: .series(index), name: name)
      }
    try expectNoFaults([Drawing(name: "letters", plot: plot)])
  }

  private func drawing(_ x: Axis, _ y: Axis) -> Drawing {
    var plot = Plot(title: "Axes", subtitle: "of every size", xAxis: x, yAxis: y)
    let line = [
      Point(x.range.lowerBound, y.range.lowerBound), Point(x.range.upperBound, y.range.upperBound),
    ]
    plot.layers = [Layer(.lines([line], width: 4, isDashed: false), color: .ink, name: "diagonal")]
    return Drawing(name: "axes", plot: plot)
  }

  /// Draws figures and measures them. Nothing is cut: all that a plot says is in the file.
  private func expectNoFaults(
    _ figures: [any Figure], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let metrics = try FontMetrics()
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "spiking-layout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for figure in figures {
      try Gnuplot().render(figure, to: folder.path)
      let svg = try String(
        contentsOf: folder.appending(path: "\(figure.name).svg"), encoding: .utf8)
      let page = SVGPage(svg, metrics: metrics)
      #expect(page.faults == [], "\(figure.name)", sourceLocation: sourceLocation)
      #expect(
        page.texts.allSatisfy { $0.font.hasPrefix("DejaVu Sans,") }, sourceLocation: sourceLocation)
      let plot = figure.plot
      let axes = plot.frame == .none ? [] : [plot.xAxis, plot.yAxis]
      for text in [plot.title, plot.subtitle ?? "", plot.heatMap?.label ?? ""]
        + axes.map(\.label) + plot.layers.compactMap(\.name) + plot.labels.map(\.text)
      {
        let letters = text.filter { $0 != " " }
        #expect(
          letters.isEmpty || page.letters.contains(letters), "\(figure.name): \(text)",
          sourceLocation: sourceLocation)
      }
    }
  }
}
