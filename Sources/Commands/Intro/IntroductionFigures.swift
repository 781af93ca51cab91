internal import Spiking

/// The pictures of the introductory example.
struct IntroductionFigures {
  let example: Introduction
  let network: Connectivity
  let targets: [Int]
  let spikes: BinnedSpikes
  let result: IntroductionResult

  func figures() throws -> [any Figure] {
    // Intervals beyond three times the mean are few, and are counted as outside.
    let comparison = IntervalHistogram(binWidth: 5, upperLimit: 400)
    let collective = IntervalHistogram(binWidth: 2, upperLimit: 400)
    let response = PeristimulusHistogram(period: example.stimulus.period, binWidth: 1)
    let period = example.stimulus.period
    let pulse = example.stimulus.duration
    let raster = min(1000, spikes.duration)
    let pulses = stride(from: 0, to: raster, by: period).map { $0...min($0 + pulse, raster) }
    return [
      try NetworkGraphFigure(network, stimulated: Set(targets)),
      WeightMatrixFigure(network),
      try IntervalComparisonFigure(
        stimulated: comparison.analyze(result.stimulated),
        unstimulated: comparison.analyze(result.unstimulated)),
      try IntervalHistogramFigure(collective.analyze(spikes.spikeTrains)),
      try PeristimulusFigure(
        stimulated: response.analyze(result.stimulated),
        unstimulated: response.analyze(result.unstimulated), pulse: 0...pulse),
      try RasterFigure(
        spikes.network(0).spikeTrains, stimulated: Set(targets), from: 0, to: raster, pulses: pulses
      ),
    ]
  }
}
