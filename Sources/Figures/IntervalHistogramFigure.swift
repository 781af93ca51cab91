public import SpikingAnalysis

/// The interspike intervals of a whole population, as bars.
public struct IntervalHistogramFigure: Figure {
  /// What is shown.
  public let histogram: Histogram

  /// The figure of an `IntervalHistogram`'s result.
  public init(_ histogram: Histogram) { self.histogram = histogram }

  public var name: String { "interval-histogram" }

  public var plot: Plot {
    let upper = Axis.roundLimit(above: Double(histogram.counts.max() ?? 0))
    var yAxis = Axis("Intervals per bin", 0...upper)
    yAxis.isWhole = true
    var plot = Plot(
      title: "Interspike intervals of all neurons", subtitle: subtitle,
      xAxis: Axis("Interspike interval (ms)", histogram.range), yAxis: yAxis)
    let bars = Layer.Shape.bars(
      edges: histogram.edges, heights: histogram.counts.map { Double($0) })
    plot.layers = [Layer(bars, color: .population)]
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
