public import SpikingAnalysis

/// The firing rate over the period of a stimulus: of all neurons, or of the stimulated ones and the
/// others.
public struct PeristimulusFigure: Figure {
  /// A group of neurons, by the name and colour it has in the figure.
  private struct Group {
    let name: String
    let rates: PeristimulusRates
    let color: Color

    var bins: DrawnBins { DrawnBins(edges: rates.edges) }

    /// The mean rate of a neuron in each drawn bin in Hz.
    var drawnRates: [Double?] {
      zip(bins.sums(rates.counts), bins.sums(rates.exposures)).map { count, exposure in
        let neuronTime = exposure * Double(rates.neuronCount)
        return neuronTime > 0 ? Double(count) / neuronTime * 1000 : nil
      }
    }
  }

  private let groups: [Group]
  /// When the stimulus is on, in ms from its onset; nil shades nothing.
  public let pulse: ClosedRange<Double>?

  /// The figure of one result of `PeristimulusHistogram`.
  ///
  /// - Parameter population: whose rates they are, as the legend says it.
  public init(
    _ rates: PeristimulusRates, of population: String = "all neurons",
    pulse: ClosedRange<Double>? = nil
  ) {
    groups = [Group(name: population, rates: rates, color: .unstimulated)]
    self.pulse = pulse
  }

  /// The figure of two results of `PeristimulusHistogram`.
  public init(
    stimulated: PeristimulusRates, unstimulated: PeristimulusRates, pulse: ClosedRange<Double>?
  ) {
    groups = [
      Group(name: "unstimulated", rates: unstimulated, color: .unstimulated),
      Group(name: "stimulated", rates: stimulated, color: .stimulated),
    ]
    self.pulse = pulse
  }

  public var name: String { "peristimulus-histogram" }

  public var plot: Plot {
    let highest = groups.flatMap(\.drawnRates).compactMap(\.self).max() ?? 0
    let period = groups.compactMap(\.rates.edges.last).max() ?? 0
    var plot = Plot(
      title: "Firing rate over the period of the stimulus", subtitle: subtitle,
      xAxis: Axis("Time from stimulus onset (ms)", 0...period),
      yAxis: Axis("Firing rate (Hz)", 0...Axis.roundLimit(above: highest)))
    if let pulse {
      plot.layers.append(Layer(.bands([pulse]), color: .pulse, name: "stimulus on"))
    }
    plot.layers += groups.map { group in
      Layer(
        .steps(
          edges: group.bins.edges, values: group.drawnRates, width: group.bins.lineWidth),
        color: group.color,
        name: "\(group.name) (n = \(grouped(group.rates.neuronCount)))")
    }
    return plot
  }

  /// How wide the drawn bins are, where they are not those of the histogram.
  private var subtitle: String? {
    guard let bins = groups.first?.bins, bins.size > 1 else { return nil }
    return "means of \(bins.size) bins, \(rounded(bins.width)) ms"
  }
}
