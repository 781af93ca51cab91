import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The figures of fits: what they show, and that they can be drawn.
@Suite struct FiguresFitTests {
  /// Intervals of a neuron whose spikes come as predicted, or too rarely.
  private static func intervals(
    _ neuron: Int, bins: Int = 2000, scale: Double = 1
  ) throws -> RescaledIntervals {
    var stream = RandomSource(seed: 4).stream(neuron)
    let counts = (0..<bins).map { _ in stream.uniform() < 0.2 ? 1 : 0 }
    return TimeRescaling().analyze(
      try PredictedSpikes(
        neuron: neuron, intensities: Array(repeating: -log(1 - 0.2) * scale, count: bins),
        counts: counts, events: .occupiedBins))
  }

  @Test func `the plot of one neuron has its quantiles and its band`() throws {
    let result = try Self.intervals(3, bins: 400)
    let plot = TimeRescalingFigure([result]).plot
    let n = Double(result.count)
    let curve = lines(plot, "neuron 3")
    #expect(curve.count == 1 && curve[0].count == result.count)
    #expect(curve[0].map(\.x) == result.intervals.sorted())
    #expect(curve[0][7].y == 7.5 / n)
    let band = lines(plot, "95 % band")
    let width = 1.36 / n.squareRoot()
    #expect(
      band == [[Point(0, width), Point(1 - width, 1)], [Point(width, 0), Point(1, 1 - width)]])
    #expect(plot.subtitle?.contains("D = 0.0") == true && plot.subtitle?.contains("p = 0.") == true)
  }

  /// Neurons with 80 and with 8000 intervals: each in units of its own band, so that one band is all's.
  @Test func `the band of several neurons is each neuron's own`() throws {
    let results = [try Self.intervals(1, bins: 400), try Self.intervals(2, bins: 40_000)]
    let plot = TimeRescalingFigure(results).plot
    #expect(lines(plot, "95 % band") == [-1, 1].map { [Point(0, $0), Point(1, $0)] })
    for result in results {
      let name = try #require(
        plot.layers.compactMap(\.name).first { $0.hasPrefix("neuron \(result.neuron), p = ") })
      let curve = lines(plot, name)[0]
      let (n, band) = (Double(result.count), 1.36 / Double(result.count).squareRoot())
      // Before and after the first interval, the fractions 0 and 1/n.
      let least = try #require(result.intervals.min())
      #expect(curve[0] == Point(least, -least / band))
      #expect(abs(curve[1].y - (1 / n - least) / band) < 1e-12 && curve[1].x == least)
      // A curve of every interval attains the distance of Kolmogorov and Smirnov.
      guard result.count < 800, let distance = result.distance else { continue }
      #expect(abs((curve.map(\.y.magnitude).max() ?? 0) - distance / band) < 1e-12)
    }
  }

  @Test func `many neurons are divided by their bands`() throws {
    let results = try (0..<12).map { try Self.intervals($0, scale: $0 < 3 ? 2 : 1) }
    let plot = TimeRescalingFigure(results + [try Self.intervals(20, bins: 1)]).plot
    let outside = results.filter { ($0.distance ?? 0) > ($0.band95 ?? 0) }
    #expect(3...5 ~= outside.count)
    #expect(lines(plot, "within the band (\(12 - outside.count))").count == 12 - outside.count)
    #expect(lines(plot, "outside (\(outside.count))").count == outside.count)
    #expect(plot.subtitle == "\(12 - outside.count) of 12 neurons within their 95 % bands")
    // Up to five have names and colours of their own.
    let few = TimeRescalingFigure(Array(results[0..<4])).plot
    #expect(few.layers.compactMap(\.name).filter { $0.hasPrefix("neuron") }.count == 4)
    #expect(few.layers.compactMap(\.name).contains("neuron 0, p < 0.0001"))
    #expect(Set(few.layers.filter { $0.name?.hasPrefix("neuron") == true }.map(\.color)).count == 4)
  }

  /// One model of forty is far off: the others keep their room.
  @Test func `a few wrong models do not widen the plot`() throws {
    let results = try (0..<40).map { try Self.intervals($0, scale: $0 == 0 ? 20 : 1) }
    let plot = TimeRescalingFigure(results).plot
    #expect(2...4 ~= plot.yAxis.range.upperBound)
    #expect(plot.subtitle?.hasSuffix("within their 95 % bands, 1 beyond the plot") == true)
  }

  @Test func `characteristics have their corners and areas`() throws {
    let good = try ReceiverOperatingCharacteristic(
      evidence: [3, 2, 1, 0], truth: [true, false, true, false])
    let plot = ReceiverOperatingFigure([.init("good", good), .init("again", good)]).plot
    #expect(
      lines(plot, "good: area 0.75")[0].prefix(5)
        == [Point(0, 0), Point(0, 0.5), Point(0.5, 0.5), Point(0.5, 1), Point(1, 1)])
    #expect(plot.subtitle == "2 positives, 2 negatives")
    let other = try ReceiverOperatingCharacteristic(evidence: [1], truth: [true])
    let mixed = ReceiverOperatingFigure([.init("good", good), .init("other", other)]).plot
    #expect(mixed.subtitle == nil && mixed.layers.compactMap(\.name).contains("other: undefined"))
  }

  @Test func `weights are shown by their signs, with intervals`() throws {
    let plot = try WeightComparisonFigure(
      trueWeights: [1, -2, 0, 0, 3], estimatedWeights: [1.5, -2.5, 0.1, .infinity, 2],
      standardErrors: [0.1, 1, nil, 1, 0.4]
    ).plot
    #expect(points(plot, "excitatory (2)") == [Point(1, 1.5), Point(3, 2)])
    #expect(points(plot, "inhibitory (1)") == [Point(-2, -2.5)])
    #expect(points(plot, "no synapse (1)").map(\.y) == [0.1])
    // Two of the three intervals do not hold the truth: 1.5 ± 0.196 and 2 ± 0.784.
    #expect(
      plot.subtitle
        == "4 weights, 1 not shown, r = 0.949, 33.3 % within 95 % intervals (bars)")
    let bars = plot.layers.filter { $0.name == nil }.flatMap { layer -> [[Point]] in
      if case .lines(let lines, _, false) = layer.shape { lines } else { [] }
    }
    #expect(bars.count == 3)
    let bar = try #require(bars.first { $0[0].x == 1 })
    #expect(abs(bar[0].y - 1.304) < 1e-3 && abs(bar[1].y - 1.696) < 1e-3)
    // A bar that leaves the plot ends at its edge.
    #expect(bars.first { $0[0].x == -2 }?[0].y == plot.yAxis.range.lowerBound)
    #expect(plot.xAxis.range == plot.yAxis.range)
    #expect(throws: SpikingError.self) {
      try WeightComparisonFigure(trueWeights: [1, 2], estimatedWeights: [1])
    }
    #expect(throws: SpikingError.self) {
      try WeightComparisonFigure(
        trueWeights: [1, 2], estimatedWeights: [1, 2], standardErrors: [1])
    }
    #expect(throws: SpikingError.self) {
      try WeightComparisonFigure(trueWeights: [.nan], estimatedWeights: [1])
    }
  }

  /// The data may say nothing of some synapses, whose estimates are then enormous.
  @Test func `a few wild estimates do not widen the axes`() throws {
    let weights = (0..<1000).map { Double($0) / 500 - 1 }
    let estimates = weights.enumerated().map { index, weight in
      index == 3 ? -1e6 : index == 900 ? 1e4 : weight
    }
    let plot = try WeightComparisonFigure(trueWeights: weights, estimatedWeights: estimates).plot
    #expect(plot.yAxis.range.lowerBound > -1.2 && plot.yAxis.range.upperBound < 1.2)
    #expect(plot.subtitle?.hasPrefix("1\u{2009}000 weights, 2 not shown, r = ") == true)
    #expect(points(plot, "excitatory (498)").count == 498)
  }

  @Test func `recovery is drawn over the logarithm of the length`() throws {
    let plot = try RecoveryFigure(
      lengths: [10_000, 40_000, 200_000, 1_000_000],
      measures: [.init("r", [0.2, 0.5, nil, 0.9]), .init("area", [-0.3, 0.5, .nan, 1.2])]
    ).plot
    #expect(plot.xAxis.scale == .logarithmic && plot.xAxis.range.lowerBound == 8)
    #expect(plot.xAxis.range.upperBound == 1250)
    #expect(lines(plot, "r") == [[Point(10, 0.2), Point(40, 0.5)], [Point(1000, 0.9)]])
    #expect(lines(plot, "area") == [[Point(10, -0.3), Point(40, 0.5)], [Point(1000, 1)]])
    #expect(plot.yAxis.range.lowerBound == -0.4)
    // Lengths within one decade get an axis with two ticks.
    let short = try RecoveryFigure(lengths: [20_000, 50_000], measures: []).plot
    #expect(short.xAxis.range == 10...100)
    for lengths in [[0.0, 1], [2, 1], [1, 1], [.nan, 1]] {
      #expect(throws: SpikingError.self) { try RecoveryFigure(lengths: lengths, measures: []) }
    }
    let error = #expect(throws: SpikingError.self) {
      try RecoveryFigure(lengths: [1, 2], measures: [.init("r", [1])])
    }
    #expect(error?.description == "measure r: found 1 values, expected 2, one for each length")
  }

  @Test func `filters begin at a lag of one bin`() throws {
    let plot = try FilterFigure(
      [
        .init("estimate", taps: [1, 0.5, .nan, 0.25]),
        .init("truth", taps: [1.1, 0.5, 0.3, 0.2], isReference: true), .init("own", taps: [-2]),
      ], dt: 0.5
    ).plot
    #expect(
      lines(plot, "estimate")
        == [[Point(0.5, 1), Point(1, 0.5)], [Point(1.75, 0.25), Point(2.25, 0.25)]])
    #expect(lines(plot, "own") == [[Point(0.25, -2), Point(0.75, -2)]])
    #expect(plot.xAxis.range == 0...2)
    let colors = plot.layers.dropFirst().map(\.color)
    #expect(colors[0] == colors[1] && colors[1] != colors[2])
    #expect(throws: SpikingError.self) { try FilterFigure([], dt: 0) }
  }

  @Test(.enabled(if: (try? Gnuplot()) != nil, "gnuplot is not installed"))
  func `every figure of a fit is drawn, with data and without`() throws {
    let results = try (0..<3).map { try Self.intervals($0) }
    let scores = (0..<60).map { Double($0 * 37 % 60) }
    let truth = scores.indices.map { $0.isMultiple(of: 3) }
    let full: [any Figure] = [
      TimeRescalingFigure(results),
      ReceiverOperatingFigure([
        .init("model", try ReceiverOperatingCharacteristic(evidence: scores, truth: truth))
      ]),
      try WeightComparisonFigure(
        trueWeights: scores, estimatedWeights: scores.map { $0 + 1 },
        standardErrors: scores.map { _ in 1 }),
      try RecoveryFigure(
        lengths: [1e4, 1e5, 1e6], measures: [.init("correlation", [0.2, 0.8, 0.99])]),
      try FilterFigure([.init("coupling", taps: scores)], dt: 1),
    ]
    let empty: [any Figure] = [
      TimeRescalingFigure([]), ReceiverOperatingFigure([]),
      try WeightComparisonFigure(trueWeights: [], estimatedWeights: []),
      try RecoveryFigure(lengths: [], measures: []), try FilterFigure([], dt: 1),
    ]
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let gnuplot = try Gnuplot()
    for (figure, blank) in zip(full, empty) {
      try gnuplot.render(blank, to: folder.path)
      let png = folder.appending(path: "\(figure.name).png")
      let blankSize = try Data(contentsOf: png).count
      try gnuplot.render(figure, to: folder.path)
      #expect(try Data(contentsOf: png).count > blankSize + 2000, "\(figure.name)")
      let svg = try String(
        contentsOf: folder.appending(path: "\(figure.name).svg"), encoding: .utf8)
      let plot = figure.plot
      for text in [plot.title, plot.xAxis.label, plot.yAxis.label]
        + plot.layers.compactMap(\.name).map({ $0.replacing("<", with: "&lt;") })
      {
        #expect(svg.contains(text), "\(figure.name): \(text)")
      }
    }
    #expect(Set(full.map(\.name)).count == 5)
  }

  private func lines(_ plot: Plot, _ name: String) -> [[Point]] {
    guard case .lines(let lines, _, _)? = plot.layers.first(where: { $0.name == name })?.shape
    else { return [] }
    return lines
  }

  private func points(_ plot: Plot, _ name: String) -> [Point] {
    guard case .points(let points, _)? = plot.layers.first(where: { $0.name == name })?.shape
    else { return [] }
    return points
  }
}
