internal import Spiking

/// What stands in `predictions.json`.
struct PredictionDescription: Encodable {
  private struct Row: Encodable {
    let neuron: Int
    let spikes: Int
    let recordedRateHz: Double?
    let predictedRateHz: Double?
  }

  private struct Contribution: Encodable {
    let term: String
    let array: String
  }

  private struct Curve: Encodable {
    struct Axis: Encodable {
      let name: String
      let points: Int
      let isLag: Bool
      let categories: [String]?
    }

    let term: String
    let array: String
    let axes: [Axis]
  }

  private struct Histogram: Encodable {
    let alignedTo: String
    let conditions: [String]
    /// The most trials that a bin of the condition has.
    let trials: [Int]
    let windowMs: [Double]
  }

  private let neurons: [Row]
  private let bins: Int
  private let evaluatedBins: Int
  private let dt: Double
  private let startMs: Double
  private let contributions: [Contribution]
  private let curves: [Curve]
  private let psth: Histogram?
  private let figures: [String]
  private let version = spikingVersion

  init(_ results: PredictionResults, _ arrays: PredictionArrays, figures: [String]) {
    neurons = results.neurons.map { neuron in
      let (recorded, predicted) = neuron.meanRates(dt: results.fit.dt)
      return Row(
        neuron: neuron.neuron, spikes: neuron.spikes, recordedRateHz: defined(recorded),
        predictedRateHz: defined(predicted))
    }
    bins = results.binCount
    evaluatedBins = results.neurons.first?.rates.prediction.counts.count ?? 0
    dt = results.fit.dt
    startMs = results.origin
    let first = results.neurons.first?.rates
    contributions = zip(first?.parts ?? [], arrays.contributions).map {
      Contribution(term: $0.name, array: $1)
    }
    curves = zip(results.grids, arrays.curves).map { grid, array in
      Curve(
        term: grid.term, array: array,
        axes: grid.axes.map {
          Curve.Axis(
            name: $0.name, points: $0.values.count, isLag: $0.isLag,
            categories: $0.labels.isEmpty ? nil : $0.labels)
        })
    }
    psth = results.alignment.map { alignment in
      let counts = results.neurons.first?.average?.trialCounts ?? []
      return Histogram(
        alignedTo: alignment.name, conditions: alignment.conditions,
        trials: alignment.conditions.indices.map { condition in
          let bins = alignment.lags.count
          return counts.dropFirst(condition * bins).prefix(bins).max() ?? 0
        },
        windowMs: [
          Double(alignment.lags.lowerBound) * alignment.dt,
          Double(alignment.lags.upperBound) * alignment.dt,
        ])
    }
    self.figures = figures
  }
}
