public import SpikingAnalysis

/// Receiver operating characteristics: the fraction of the positives against that of the negatives
/// which are at or above every threshold.
public struct ReceiverOperatingFigure: Figure {
  /// A characteristic and what it is called in the legend.
  public struct Curve: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// What is shown.
    public var characteristic: ReceiverOperatingCharacteristic

    /// A characteristic and its name.
    public init(_ name: String, _ characteristic: ReceiverOperatingCharacteristic) {
      self.name = name
      self.characteristic = characteristic
    }
  }

  /// What is shown.
  public let curves: [Curve]
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String

  /// The most points of a curve.
  private static let maximumPoints = 2000

  /// The figure of several ways to tell the same things apart.
  public init(
    _ curves: [Curve], name: String = "receiver-operating-characteristic",
    title: String = "Receiver operating characteristic"
  ) {
    self.curves = curves
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    var plot = Plot(
      title: title, subtitle: subtitle, xAxis: Axis("False positive rate", 0...1),
      yAxis: Axis("True positive rate", 0...1))
    plot.frame = .box
    plot.isSquare = true
    plot.layers.append(
      Layer(.lines([[Point(0, 0), Point(1, 1)]], width: 3, isDashed: true), color: .neutral))
    plot.layers += curves.enumerated().map { index, curve in
      let area = curve.characteristic.area.map { "area \(rounded($0))" } ?? "undefined"
      return Layer(
        .lines([Self.points(curve.characteristic)], width: 6, isDashed: false),
        color: .series(index), name: "\(curve.name): \(area)")
    }
    return plot
  }

  /// How many there are of each class, where all curves agree.
  private var subtitle: String? {
    guard let first = curves.first?.characteristic,
      curves.allSatisfy({
        $0.characteristic.positives == first.positives
          && $0.characteristic.negatives == first.negatives
      })
    else { return nil }
    return "\(counted(first.positives, "positive")), \(counted(first.negatives, "negative"))"
  }

  /// The points of a curve, and in any case its last.
  private static func points(_ characteristic: ReceiverOperatingCharacteristic) -> [Point] {
    let curve = characteristic.curve
    let chosen = evenSelection(of: curve.count, atMost: maximumPoints).map { curve[$0] }
    return (chosen + curve.suffix(1)).map { Point($0.falsePositiveRate, $0.truePositiveRate) }
  }
}
