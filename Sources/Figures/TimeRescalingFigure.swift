public import SpikingAnalysis

/// The Kolmogorov–Smirnov plot of time rescaling: for every probability of the model, the fraction
/// of the intervals that lie below it. A right model keeps to the diagonal, within the band.
///
/// Up to five neurons have their own colours; more are divided into those within their bands and
/// those that leave them. Bands belong to a number of intervals: what is drawn is that of the neuron
/// with the median number, and what is counted goes by each neuron's own.
public struct TimeRescalingFigure: Figure {
  /// What is shown: a result for each neuron.
  public let results: [RescaledIntervals]
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String

  /// The most neurons with colours of their own.
  private static let maximumNamed = 5
  /// The most points of a curve: more than there are pixels would add nothing.
  private static let maximumPoints = 800

  /// The figure of the results of `TimeRescaling`; neurons without intervals are left out.
  public init(
    _ results: [RescaledIntervals], name: String = "time-rescaling",
    title: String = "Intervals after time rescaling"
  ) {
    self.results = results.filter { $0.count > 0 }
    self.name = name
    self.title = title
  }

  public var plot: Plot {
    var plot = Plot(
      title: title, subtitle: subtitle, xAxis: Axis("Cumulative probability, model", 0...1),
      yAxis: Axis("Cumulative probability, data", 0...1))
    plot.frame = .box
    plot.isSquare = true
    let counts = results.map(\.count).sorted()
    if !counts.isEmpty {
      let count = counts[counts.count / 2]
      plot.layers += Self.bands(1.36 / Double(count).squareRoot(), count: count)
    }
    plot.layers.append(
      Layer(.lines([[Point(0, 0), Point(1, 1)]], width: 2.5, isDashed: false), color: .neutral))
    plot.layers += results.count <= Self.maximumNamed ? namedCurves : groupedCurves
    return plot
  }

  private var subtitle: String {
    guard !results.isEmpty else { return "no intervals" }
    guard results.count > 1 else {
      let distance = results[0].distance ?? 0
      return "n = \(grouped(results[0].count)), D = \(rounded(distance)), "
        + "\(probability(results[0]))"
    }
    let within = results.count(where: Self.isWithinBand)
    return "\(grouped(within)) of \(counted(results.count, "neuron")) within their 95 % bands"
  }

  /// A curve for each neuron.
  private var namedCurves: [Layer] {
    results.enumerated().map { index, result in
      let name = results.count > 1 ? ", \(probability(result))" : ""
      return Layer(
        .lines([Self.curve(result)], width: 5, isDashed: false), color: .series(index),
        name: "neuron \(result.neuron)\(name)")
    }
  }

  /// Curves by whether they stay within their bands; those that do not lie on top.
  private var groupedCurves: [Layer] {
    // Fainter in a crowd, so that where most curves run is darkest.
    let opacity = min(0.8, max(0.2, 25 / Double(results.count)))
    return [("within the band", true, Color.inhibitory), ("outside", false, .excitatory)]
      .compactMap { name, isWithin, color in
        let group = results.filter { Self.isWithinBand($0) == isWithin }
        guard !group.isEmpty else { return nil }
        return Layer(
          .lines(group.map(Self.curve), width: 2.5, isDashed: false), color: color.opacity(opacity),
          name: "\(name) (\(grouped(group.count)))")
      }
  }

  private static func isWithinBand(_ result: RescaledIntervals) -> Bool {
    (result.distance ?? 0) <= (result.band95 ?? 0)
  }

  /// The points (z₍ₖ₎, (k − ½)/n).
  private static func curve(_ result: RescaledIntervals) -> [Point] {
    let sorted = result.intervals.sorted()
    return evenSelection(of: sorted.count, atMost: maximumPoints).map { index in
      Point(sorted[index], (Double(index) + 0.5) / Double(sorted.count))
    }
  }

  /// The lines `width` above and below the diagonal.
  private static func bands(_ width: Double, count: Int) -> [Layer] {
    let width = min(width, 1)
    let lines = [
      [Point(0, width), Point(1 - width, 1)], [Point(width, 0), Point(1, 1 - width)],
    ]
    return [
      Layer(
        .lines(lines, width: 3, isDashed: true), color: .unstimulated,
        name: "95 % band (n = \(grouped(count)))")
    ]
  }

  private func probability(_ result: RescaledIntervals) -> String {
    guard let value = result.pValue, value >= 1e-4 else { return "p < 0.0001" }
    return "p = \(rounded(value))"
  }
}
