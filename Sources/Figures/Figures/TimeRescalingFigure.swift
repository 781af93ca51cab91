public import SpikingAnalysis

/// The Kolmogorov–Smirnov plot of time rescaling.
///
/// Of one neuron: for every probability of the model, the fraction of the intervals that lie below
/// it. A right model keeps to the diagonal, within the band.
///
/// Bands belong to a number of intervals. So of several neurons the deviation of that fraction from
/// the diagonal is shown, divided by each neuron's own band, and ±1 is the band of all. Up to five
/// neurons have their own colours; more are divided into those within their bands and those that
/// leave them.
public struct TimeRescalingFigure: Figure {
  /// What is shown: a result for each neuron.
  public let results: [RescaledIntervals]
  /// The name of its files.
  public var name: String
  /// What it is called.
  public var title: String

  /// The most neurons with colours of their own.
  private static let maximumNamed = 5
  /// The most intervals that a curve has points for: more than there are pixels would add nothing.
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
    guard results.count > 1 else { return quantiles }
    var plot = Plot(
      title: title, subtitle: subtitle, xAxis: Axis("Cumulative probability, model", 0...1),
      yAxis: Axis("Deviation of data / 95 % band", -deviationLimit...deviationLimit))
    plot.frame = .box
    plot.layers = [
      Layer(.lines([[Point(0, 0), Point(1, 0)]], width: 2.5, isDashed: false), color: .neutral)
    ]
    plot.layers += results.count <= Self.maximumNamed ? namedCurves : groupedCurves
    // On top of a crowd.
    plot.layers.append(
      Layer(
        .lines([-1, 1].map { [Point(0, $0), Point(1, $0)] }, width: 3, isDashed: true),
        color: .unstimulated, name: "95 % band"))
    return plot
  }

  /// The plot of one neuron, or of none.
  private var quantiles: Plot {
    var plot = Plot(
      title: title, subtitle: subtitle, xAxis: Axis("Cumulative probability, model", 0...1),
      yAxis: Axis("Cumulative probability, data", 0...1))
    plot.frame = .box
    plot.isSquare = true
    if let result = results.first, let band = result.band95 {
      let width = min(band, 1)
      let lines = [
        [Point(0, width), Point(1 - width, 1)], [Point(width, 0), Point(1, 1 - width)],
      ]
      plot.layers.append(
        Layer(.lines(lines, width: 3, isDashed: true), color: .unstimulated, name: "95 % band"))
    }
    plot.layers.append(
      Layer(.lines([[Point(0, 0), Point(1, 1)]], width: 2.5, isDashed: false), color: .neutral))
    plot.layers += results.map { result in
      let points = Self.quantiles(result).map { Point($0.interval, $0.fraction) }
      return Layer(
        .lines([points], width: 5, isDashed: false), color: .series(0),
        name: "neuron \(result.neuron)")
    }
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
    var text = "\(grouped(within)) of \(counted(results.count, "neuron")) within their 95 % bands"
    let outside = results.count { Self.largestDeviation($0) > deviationLimit }
    if outside > 0 { text += ", \(grouped(outside)) beyond the plot" }
    return text
  }

  /// Where the plot of deviations ends: at the largest, or three times what nine tenths of the neurons
  /// stay below, as a few models that are far off would leave no room for the others.
  private var deviationLimit: Double {
    let largest = results.map(Self.largestDeviation).sorted()
    let limit = min(largest[largest.count - 1], 3 * largest[(largest.count - 1) * 9 / 10])
    return Axis.roundLimit(above: max(1.5, 1.1 * limit))
  }

  /// A curve for each neuron.
  private var namedCurves: [Layer] {
    results.enumerated().map { index, result in
      Layer(
        .lines([Self.deviations(result)], width: 5, isDashed: false), color: .series(index),
        name: "neuron \(result.neuron), \(probability(result))")
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
          .lines(group.map(Self.deviations), width: 2.5, isDashed: false),
          color: color.opacity(opacity),
          name: "\(name) (\(grouped(group.count)))")
      }
  }

  private static func isWithinBand(_ result: RescaledIntervals) -> Bool {
    (result.distance ?? 0) <= (result.band95 ?? 0)
  }

  /// The largest distance from the diagonal, in units of the band.
  private static func largestDeviation(_ result: RescaledIntervals) -> Double {
    guard let distance = result.distance, let band = result.band95, band > 0 else { return 0 }
    return distance / band
  }

  /// The intervals z₍ₖ₎ in order, and the fraction (k − ½)/n of them below.
  private static func quantiles(
    _ result: RescaledIntervals
  ) -> [(interval: Double, fraction: Double)] {
    let sorted = result.intervals.sorted()
    return evenSelection(of: sorted.count, atMost: maximumPoints).map { index in
      (sorted[index], (Double(index) + 0.5) / Double(sorted.count))
    }
  }

  /// By how much the fraction below an interval differs from it before the interval and after it, in
  /// units of the band.
  private static func deviations(_ result: RescaledIntervals) -> [Point] {
    guard let band = result.band95, band > 0 else { return [] }
    let half = 0.5 / Double(result.count)
    return quantiles(result).flatMap { interval, fraction in
      [fraction - half, fraction + half].map { Point(interval, ($0 - interval) / band) }
    }
  }

  private func probability(_ result: RescaledIntervals) -> String {
    guard let value = result.pValue, value >= 1e-4 else { return "p < 0.0001" }
    return "p = \(rounded(value))"
  }
}
