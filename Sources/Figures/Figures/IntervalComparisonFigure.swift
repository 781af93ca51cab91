internal import Foundation
public import SpikingAnalysis

/// The interspike intervals of stimulated and of other neurons, as densities on one axis.
public struct IntervalComparisonFigure: Figure {
  /// The intervals of the stimulated neurons.
  public let stimulated: Histogram
  /// Those of the others.
  public let unstimulated: Histogram
  /// How densities become heights; logarithmic shows the tails.
  public let scale: Axis.Scale

  /// The figure of two results of `IntervalHistogram`.
  public init(stimulated: Histogram, unstimulated: Histogram, scale: Axis.Scale = .linear) {
    self.stimulated = stimulated
    self.unstimulated = unstimulated
    self.scale = scale
  }

  public var name: String { "interval-comparison" }

  public var plot: Plot {
    let right = max(stimulated.range.upperBound, unstimulated.range.upperBound)
    var plot = Plot(
      title: "Interspike intervals with and without stimulus",
      xAxis: Axis("Interspike interval (ms)", 0...right),
      yAxis: Axis("Probability density (1/ms)", densityRange))
    plot.yAxis.scale = scale
    let groups = [
      (unstimulated, "unstimulated", Color.unstimulated),
      (stimulated, "stimulated", Color.stimulated),
    ]
    for (histogram, _, color) in groups {
      let bins = DrawnBins(edges: histogram.edges)
      plot.layers.append(
        Layer(
          .filledSteps(edges: bins.edges, values: histogram.drawnDensities),
          color: color.opacity(0.2)))
    }
    for (histogram, name, color) in groups {
      let bins = DrawnBins(edges: histogram.edges)
      plot.layers.append(
        Layer(
          .steps(edges: bins.edges, values: histogram.drawnDensities, width: bins.lineWidth),
          color: color, name: legend(name, histogram)))
      if let mean = histogram.mean, plot.xAxis.range.contains(mean) {
        let line = [Point(mean, densityRange.lowerBound), Point(mean, densityRange.upperBound)]
        plot.layers.append(Layer(.lines([line], width: 4, isDashed: true), color: color))
      }
    }
    return plot
  }

  private func legend(_ name: String, _ histogram: Histogram) -> String {
    guard let mean = histogram.mean else { return "\(name): no intervals" }
    return "\(name): n = \(grouped(histogram.total)), mean \(rounded(mean)) ms (dashed)"
  }

  private var densityRange: ClosedRange<Double> {
    let densities = (stimulated.drawnDensities + unstimulated.drawnDensities).filter { $0 > 0 }
    let upper = densities.max() ?? 0
    guard scale == .logarithmic, let lower = densities.min() else {
      return 0...Axis.roundLimit(above: upper)
    }
    return pow(10, log10(lower).rounded(.down))...pow(10, log10(upper * 1.01).rounded(.up))
  }
}

extension Histogram {
  /// The probability density of each drawn bin: the mean of those that it is made of.
  fileprivate var drawnDensities: [Double] {
    let bins = DrawnBins(edges: edges)
    return zip(bins.sums(counts), bins.widths).map {
      Double($0) / (Double(max(total, 1)) * $1)
    }
  }
}
