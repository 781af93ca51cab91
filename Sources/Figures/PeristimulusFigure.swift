public import SpikingAnalysis

/// The firing rate over the period of a stimulus, of the stimulated neurons and of the others.
public struct PeristimulusFigure: Figure {
  /// The rates of the stimulated neurons.
  public let stimulated: PeristimulusRates
  /// Those of the others.
  public let unstimulated: PeristimulusRates
  /// When the stimulus is on, in ms from its onset; nil shades nothing.
  public let pulse: ClosedRange<Double>?

  /// The figure of two results of `PeristimulusHistogram`.
  public init(
    stimulated: PeristimulusRates, unstimulated: PeristimulusRates, pulse: ClosedRange<Double>?
  ) {
    self.stimulated = stimulated
    self.unstimulated = unstimulated
    self.pulse = pulse
  }

  public var name: String { "peristimulus-histogram" }

  public var plot: Plot {
    let highest = (stimulated.rates + unstimulated.rates).compactMap(\.self).max() ?? 0
    let period = max(stimulated.edges.last ?? 0, unstimulated.edges.last ?? 0)
    var plot = Plot(
      title: "Firing rate over the period of the stimulus",
      xAxis: Axis("Time from stimulus onset (ms)", 0...period),
      yAxis: Axis("Firing rate (Hz)", 0...Axis.roundLimit(above: highest)))
    if let pulse {
      plot.layers.append(Layer(.bands([pulse]), color: .pulse, name: "stimulus on"))
    }
    plot.layers += [
      layer(unstimulated, "unstimulated", .unstimulated),
      layer(stimulated, "stimulated", .stimulated),
    ]
    return plot
  }

  private func layer(_ rates: PeristimulusRates, _ name: String, _ color: Color) -> Layer {
    Layer(
      .steps(edges: rates.edges, values: rates.rates, width: 5), color: color,
      name: "\(name) (n = \(grouped(rates.neuronCount)))")
  }
}
