import Spiking
import SpikingTestCases
import Testing

/// What the figures show, before it is drawn.
@Suite struct FiguresPlotTests {
  @Test func axesEndAtRoundNumbers() {
    #expect(
      [0.0, 0.7, 1, 1.1, 7, 99.2, 101, 2.1e-4].map { Axis.roundLimit(above: $0) }
        == [1, 0.8, 1, 1.2, 8, 100, 120, 2.5e-4])
    #expect(Axis.roundLimit(above: .infinity) == 1 && Axis.roundLimit(above: -2) == 1)
    #expect(Axis("", 3...3).range == 3...4)
    #expect(Axis("", -(.infinity)...0).range == 0...1)
  }

  @Test func theGraphColoursNeuronsBySummedOutput() throws {
    // 0 excites more than it inhibits, 1 the reverse, 2 is balanced, 3 is isolated.
    let network = try Connectivity(
      matrix: [0, 2, -1, 0, 1, 0, -2, 0, 1, -1, 0, 0, 0, 0, 0, 0], neuronCount: 4)
    let plot = try NetworkGraphFigure(network, stimulated: [3]).plot
    #expect(points(plot, "excitatory").count == 1)
    #expect(points(plot, "excitatory")[0] == Point(0, 1))
    #expect(points(plot, "inhibitory").count == 1)
    #expect(points(plot, "no net output").count == 2)
    guard case .rings(let rings, _, _)? = plot.layers.last?.shape else {
      Issue.record("no rings")
      return
    }
    #expect(rings.count == 1 && rings[0].x < -0.999)
    #expect(plot.labels.map(\.text) == ["0", "1", "2", "3"])
    #expect(plot.subtitle == "4 neurons, 6 synapses")
    #expect(edges(plot) == 6)
  }

  @Test func theGraphDrawsTheStrongestSynapses() throws {
    let count = 70
    let matrix = (0..<count * count).map { Float($0 % 101) - 50 }
    let network = try Connectivity(matrix: matrix, neuronCount: count)
    let plot = try NetworkGraphFigure(network, maximumSynapses: 40).plot
    #expect(plot.subtitle?.hasSuffix("the strongest 40 drawn") == true)
    #expect(edges(plot) == 40)
    #expect(plot.labels.isEmpty)
    #expect(
      edges(try NetworkGraphFigure(network, maximumSynapses: .max).plot) == network.synapseCount)
    #expect(edges(try NetworkGraphFigure(network, maximumSynapses: -1).plot) == 0)
  }

  @Test func theMatrixHasPresynapticRowsFromTheTop() throws {
    let network = try Connectivity(matrix: [0, 3, -1, 0], neuronCount: 2)
    let plot = WeightMatrixFigure(network).plot
    let heatMap = try #require(plot.heatMap)
    #expect(heatMap.values == [0, 3, -1, 0] && heatMap.columns == 2 && heatMap.limit == 3)
    #expect(heatMap.x == 0...1 && heatMap.y == 0...1)
    #expect(plot.yAxis.isReversed && !plot.xAxis.isReversed)
    #expect(plot.xAxis.range == -0.5...1.5)
  }

  @Test func aBigMatrixIsAveraged() throws {
    // 2001 neurons: blocks of 3, 667 rows. Row 0: weight 1 to neurons 0 … 2000.
    let count = 2001
    let network = try Connectivity(
      offsets: [0] + Array(repeating: count, count: count),
      targets: (0..<UInt32(count)).map { $0 }, weights: Array(repeating: 1, count: count))
    let heatMap = try #require(WeightMatrixFigure(network).plot.heatMap)
    #expect(heatMap.rows == 667 && heatMap.columns == 667)
    #expect(heatMap.values[..<667].allSatisfy { abs($0 - 1.0 / 3) < 1e-12 })
    #expect(heatMap.values[667...].allSatisfy { $0 == 0 })
    #expect(heatMap.x == 1...1999)

    // 1001 neurons: the last block of 501 is a single neuron, with its whole weight.
    let odd = try Connectivity(
      offsets: Array(repeating: 0, count: 1001) + [1], targets: [1000], weights: [-4])
    #expect(try #require(WeightMatrixFigure(odd).plot.heatMap).values.last == -4)
  }

  @Test func theRasterShowsTheWindow() throws {
    let recording = try SpikeTrains(
      trains: [[1, 5, 9], [2, 5], [8]], start: 0, stop: 10)
    let plot = try RasterFigure(recording, stimulated: [1], from: 2, to: 8).plot
    #expect(ticks(plot, "unstimulated") == [Point(5, 0), Point(8, 2)])
    #expect(ticks(plot, "stimulated") == [Point(2, 1), Point(5, 1)])
    #expect(plot.subtitle == nil && plot.xAxis.range == 2...8)
  }

  @Test func aCrowdedRasterIsThinned() throws {
    let recording = try SpikeTrains(
      trains: (0..<1000).map { _ in (0..<200).map { Double($0) } }, start: 0, stop: 200)
    let plot = try RasterFigure(recording, from: 0, to: 200).plot
    let shown = ticks(plot, "unstimulated")
    // Every second neuron, and 50 000 spikes of 500 neurons: the first 100 ms.
    #expect(shown.count == 50_000)
    #expect(Set(shown.map(\.y)) == Set((0..<500).map { Double($0 * 2) }))
    #expect(plot.xAxis.range == 0...100)
    #expect(plot.subtitle?.hasPrefix("500 of 1\u{2009}000 neurons") == true)
  }

  /// 5000 bins are drawn as 250: counts add up, rates and densities are means.
  @Test func moreBinsThanThereIsRoomForAreMerged() throws {
    let trains: [[Double]] = (0..<4).map { neuron in
      let first = 0.2 * Double(neuron)
      return (0..<2000).map { first + 12.5 * Double($0) }
    }
    let recording = try SpikeTrains(trains: trains, start: 0, stop: 25_000)
    let rates = try PeristimulusHistogram(period: 5000, binWidth: 1).analyze(recording)
    let plot = PeristimulusFigure(rates, of: "neurons 0 to 3").plot
    let (edges, values) = steps(plot, "neurons 0 to 3 (n = 4)")
    #expect(edges == (0...250).map { Double($0) * 20 })
    // One spike or two of each neuron in 20 ms, in five repetitions: at 0, 12.5, 25, 37.5, 50 … ms.
    #expect(values.prefix(5) == [100, 100, 50, 100, 50])
    let mean = values.reduce(0) { $0 + ($1 ?? 0) } / 250
    #expect(abs(mean - 80) < 1e-9)
    #expect(plot.subtitle == "means of 20 bins, 20 ms")
    #expect(plot.yAxis.range == 0...100)

    let histogram = try IntervalHistogram(binWidth: 0.1, upperLimit: 30.1).analyze(recording)
    let bars = IntervalHistogramFigure(histogram).plot
    guard case .bars(let barEdges, let heights)? = bars.layers.first?.shape else {
      Issue.record("no bars")
      return
    }
    // 301 bins in pairs; all intervals are 12.5 ms. The last bin counts for its half.
    #expect(barEdges.count == 152 && abs((barEdges.last ?? 0) - 30.1) < 1e-9)
    #expect(heights.count == 151 && heights.reduce(0, +) == 4 * 1999 && heights[62] == 4 * 1999)
    #expect(bars.yAxis.label == "Intervals per 0.2 ms")
    let comparison = IntervalComparisonFigure(stimulated: histogram, unstimulated: histogram).plot
    let name = try #require(comparison.layers.compactMap(\.name).first)
    let densities = steps(comparison, name)
    #expect(densities.edges == barEdges && abs((densities.values[62] ?? 0) - 5) < 1e-9)
    // As many as there is room for remain.
    let few = try PeristimulusHistogram(period: 250, binWidth: 1).analyze(recording)
    #expect(steps(PeristimulusFigure(few).plot, "all neurons (n = 4)").values == few.rates)
    #expect(PeristimulusFigure(few).plot.subtitle == nil)
  }

  @Test func settingsAreValidated() throws {
    let recording = try SpikeTrains(trains: [[1]], start: 0, stop: 10)
    let network = try Connectivity(matrix: [0], neuronCount: 1)
    #expect(throws: SpikingError.self) { try RasterFigure(recording, from: 5, to: 5) }
    #expect(throws: SpikingError.self) { try RasterFigure(recording, from: .nan, to: 5) }
    #expect(throws: SpikingError.self) {
      try RasterFigure(recording, stimulated: [1], from: 0, to: 5)
    }
    let error = #expect(throws: SpikingError.self) {
      try NetworkGraphFigure(network, stimulated: [0, -1, 4])
    }
    #expect(error?.message == "found neuron -1, expected 0 to 0")
  }

  private func points(_ plot: Plot, _ name: String) -> [Point] {
    guard case .points(let points, _)? = plot.layers.first(where: { $0.name == name })?.shape
    else { return [] }
    return points
  }

  private func ticks(_ plot: Plot, _ name: String) -> [Point] {
    guard case .ticks(let points, _, _)? = plot.layers.first(where: { $0.name == name })?.shape
    else { return [] }
    return points
  }

  private func steps(_ plot: Plot, _ name: String) -> (edges: [Double], values: [Double?]) {
    guard
      case .steps(let edges, let values, _)? = plot.layers.first(where: { $0.name == name })?.shape
    else { return ([], []) }
    return (edges, values)
  }

  private func edges(_ plot: Plot) -> Int {
    plot.layers.reduce(0) { sum, layer in
      if case .lines(let lines, _, _) = layer.shape { return sum + lines.count }
      return sum
    }
  }
}
