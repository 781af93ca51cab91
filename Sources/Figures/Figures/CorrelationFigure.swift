public import SpikingAnalysis

/// The correlation of every pair of neurons. The diagonal, where all are 1, is left empty, so that the
/// colours serve the pairs.
public struct CorrelationFigure: Figure {
  /// What is shown.
  public let correlation: PairMatrix
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String

  /// The figure of a matrix.
  public init(
    _ correlation: PairMatrix, name: String = "correlation",
    title: String = "Correlation of spike counts"
  ) {
    self.correlation = correlation
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    let count = correlation.neuronCount
    let edge = Double(max(count, 1)) - 0.5
    var plot = Plot(
      title: title, subtitle: counted(count, "neuron"), xAxis: Axis("Neuron", -0.5...edge),
      yAxis: Axis("Neuron", -0.5...edge))
    plot.xAxis.isWhole = true
    plot.yAxis.isWhole = true
    plot.yAxis.isReversed = true
    plot.frame = .box
    guard count > 0 else { return plot }
    let values = correlation.values.enumerated().map { index, value in
      index / count == index % count || value.isNaN ? 0 : value
    }
    plot.heatMap = HeatMap(
      values: values, columns: count, x: 0...Double(count - 1), y: 0...Double(count - 1),
      label: "Coefficient of correlation")
    return plot
  }
}
