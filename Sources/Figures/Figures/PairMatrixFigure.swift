public import SpikingAnalysis

/// A number for every pair of neurons, such as a correlation or a distance. What a neuron has with itself is left out, so that
/// the colours serve the pairs, and so is what is undefined.
public struct PairMatrixFigure: Figure {
  /// What is shown.
  public let matrix: PairMatrix
  /// What the numbers are, with their unit.
  public var quantity: String
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String
  /// Whose spikes they are; nil for the number of neurons.
  public var subtitle: String?

  /// The figure of a matrix, by default one of correlations.
  public init(
    _ matrix: PairMatrix, quantity: String = "Coefficient of correlation",
    name: String = "correlation", title: String = "Correlation of spike counts"
  ) {
    self.matrix = matrix
    self.quantity = quantity
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    let count = matrix.neuronCount
    let edge = Double(max(count, 1)) - 0.5
    var plot = Plot(
      title: title, subtitle: subtitle ?? counted(count, "neuron"),
      xAxis: Axis("Neuron", -0.5...edge), yAxis: Axis("Neuron", -0.5...edge))
    plot.xAxis.isWhole = true
    plot.yAxis.isWhole = true
    plot.yAxis.isReversed = true
    plot.frame = .box
    guard count > 0 else { return plot }
    let values = matrix.values.enumerated().map { index, value in
      index / count == index % count ? .nan : value
    }
    var map = HeatMap(
      values: values, columns: count, x: 0...Double(count - 1), y: 0...Double(count - 1),
      label: quantity)
    map.isSigned = values.contains { $0 < 0 }
    plot.heatMap = map
    return plot
  }
}
