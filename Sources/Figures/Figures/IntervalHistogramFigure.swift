public import SpikingAnalysis

/// The interspike intervals of several neurons together, as bars.
public struct IntervalHistogramFigure: Figure {
  /// What is shown.
  public let histogram: Histogram
  /// Whose intervals they are, as the title says it.
  public let population: String

  /// The figure of an `IntervalHistogram`'s result.
  public init(_ histogram: Histogram, of population: String = "all neurons") {
    self.histogram = histogram
    self.population = population
  }

  public var name: String { "interval-histogram" }

  public var plot: Plot {
    let bins = DrawnBins(edges: histogram.edges)
    var heights = bins.sums(histogram.counts).map { Double($0) }
    if let last = bins.widths.last, last < 0.999 * bins.width {
      // As if it were as wide as the others.
      heights[heights.count - 1] *= bins.width / last
    }
    let upper = Axis.roundLimit(above: heights.max() ?? 0)
    var yAxis = Axis("Intervals per \(rounded(bins.width)) ms", 0...upper)
    yAxis.isWhole = true
    var plot = Plot(
      title: "Interspike intervals of \(population)", subtitle: subtitle,
      xAxis: Axis("Interspike interval (ms)", histogram.range), yAxis: yAxis)
    plot.layers = [Layer(.bars(edges: bins.edges, heights: heights), color: .population)]
    if let mean = histogram.mean, histogram.range.contains(mean) {
      let line = [Point(mean, 0), Point(mean, upper)]
      plot.layers.append(Layer(.lines([line], width: 4, isDashed: true), color: .ink))
    }
    return plot
  }

  private var subtitle: String {
    guard let mean = histogram.mean else { return "no intervals" }
    var parts = ["n = \(grouped(histogram.total))", "mean \(rounded(mean)) ms (dashed)"]
    if histogram.outside > 0 { parts.append("\(grouped(histogram.outside)) longer ones not shown") }
    return parts.joined(separator: ", ")
  }
}

extension Histogram {
  /// From the first edge to the last.
  var range: ClosedRange<Double> { (edges.first ?? 0)...(edges.last ?? 0) }
}
