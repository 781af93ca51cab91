public import SpikingFramework

/// How much better or worse designs predict held-out spikes than a reference: for each design the differences of all neurons,
/// in their order, with standard errors.
public struct DesignComparisonFigure: Figure {
  /// A design by the name that it has in the legend.
  public struct Design: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// For each neuron the difference from the reference in bits per spike; not a number where there is none.
    public var differences: [Double]
    /// Their standard errors.
    public var standardErrors: [Double]

    /// A design with a difference and a standard error for each neuron.
    public init(_ name: String, differences: [Double], standardErrors: [Double]) {
      self.name = name
      self.differences = differences
      self.standardErrors = standardErrors
    }
  }

  /// What is shown.
  public let designs: [Design]
  /// With what they are compared.
  public let reference: String
  /// The name of its files.
  public var name: String

  /// The figure of some designs.
  ///
  /// - Throws: `invalidData` where a design has not a standard error for each difference.
  public init(
    _ designs: [Design], reference: String, name: String = "comparison"
  ) throws(SpikingError) {
    if let wrong = designs.first(where: { $0.differences.count != $0.standardErrors.count }) {
      throw SpikingError(
        .invalidData, "design \(wrong.name)",
        found: counted(wrong.standardErrors.count, "standard error"),
        expected: "\(wrong.differences.count), one for each difference")
    }
    self.designs = designs
    self.reference = reference
    self.name = name
  }

  public var plot: Plot {
    let marks = designs.map(Self.marks)
    let ends = marks.flatMap { $0 }.flatMap {
      [$0.difference - $0.error, $0.difference + $0.error]
    }
    let (least, most) = (min(0, ends.min() ?? 0), max(0, ends.max() ?? 0))
    let margin = 0.06 * (most - least)
    let count = Double(marks.map(\.count).max() ?? 0)
    var plot = Plot(
      title: "Held-out spikes by design",
      subtitle: "difference from “\(reference)” with its standard error over the folds",
      xAxis: Axis("Neurons by difference", 0...max(count + 1, 2)),
      yAxis: Axis(
        "Difference (bits per spike)",
        most > least ? least - (least < 0 ? margin : 0)...most + (most > 0 ? margin : 0) : -1...1))
    plot.xAxis.isWhole = true
    let zero = [Point(plot.xAxis.range.lowerBound, 0), Point(plot.xAxis.range.upperBound, 0)]
    plot.layers.append(Layer(.lines([zero], width: 2, isDashed: false), color: .neutral))
    for (number, (design, marks)) in zip(designs, marks).enumerated() {
      // Designs stand beside each other.
      let shift = designs.count > 1 ? 0.5 * (Double(number) / Double(designs.count - 1) - 0.5) : 0
      let places = marks.enumerated().map { Double($0.offset + 1) + shift }
      plot.layers.append(
        Layer(
          .lines(
            zip(places, marks).map { place, mark in
              [-1, 1].map { Point(place, mark.difference + $0 * mark.error) }
            }, width: 3, isDashed: false), color: .series(number)))
      plot.layers.append(
        Layer(
          .points(
            zip(places, marks).map { Point($0, $1.difference) },
            diameter: count > 100 ? 6 : 12), color: .series(number), name: design.name))
    }
    return plot
  }

  /// The differences that are numbers, ascending.
  private static func marks(_ design: Design) -> [(difference: Double, error: Double)] {
    zip(design.differences, design.standardErrors).filter { $0.0.isFinite }
      .map { ($0.0, $0.1.isFinite ? $0.1 : 0) }.sorted { $0.0 < $1.0 }
  }
}
