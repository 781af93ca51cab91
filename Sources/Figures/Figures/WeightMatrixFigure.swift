public import SpikingFramework

/// The weights of a network: presynaptic neurons from the top down, postsynaptic ones from left to
/// right. Of more than 1000 neurons, square blocks are averaged.
public struct WeightMatrixFigure: Figure {
  /// What is shown.
  public let connectivity: Connectivity

  /// The most rows that are drawn.
  public static let maximumRows = 1000

  /// The figure of a network.
  public init(_ connectivity: Connectivity) { self.connectivity = connectivity }

  public var name: String { "weight-matrix" }

  public var plot: Plot {
    let count = connectivity.neuronCount
    let block = (count + Self.maximumRows - 1) / Self.maximumRows
    let rows = (count + block - 1) / block
    // The last block may be smaller; it is drawn as large as the others.
    let edge = Double(rows * block) - 0.5
    let centers = Double(block - 1) / 2...(edge - Double(block) / 2)
    var subtitle = "\(counted(count, "neuron")), \(counted(connectivity.synapseCount, "synapse"))"
    if block > 1 { subtitle += ", means of \(block) × \(block) weights" }
    var plot = Plot(
      title: "Synaptic weights", subtitle: subtitle,
      xAxis: Axis("Postsynaptic neuron", -0.5...edge),
      yAxis: Axis("Presynaptic neuron", -0.5...edge))
    plot.xAxis.isWhole = true
    plot.yAxis.isWhole = true
    plot.yAxis.isReversed = true
    plot.frame = .box
    plot.heatMap = HeatMap(
      values: means(block: block, rows: rows), columns: rows, x: centers, y: centers,
      label: "Synaptic weight")
    return plot
  }

  /// The mean weight of each block, absent synapses counted as zero.
  private func means(block: Int, rows: Int) -> [Double] {
    var means = [Double](repeating: 0, count: rows * rows)
    connectivity.forEachSynapse { source, target, weight in
      means[source / block * rows + target / block] += Double(weight)
    }
    guard block > 1 else { return means }
    let last = connectivity.neuronCount - (rows - 1) * block
    for index in means.indices {
      let height = index / rows == rows - 1 ? last : block
      let width = index % rows == rows - 1 ? last : block
      means[index] /= Double(height * width)
    }
    return means
  }
}
