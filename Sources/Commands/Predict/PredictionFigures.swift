internal import Spiking

/// The pictures of `spiking predict`: curves and maps of terms, and mean rates of trials, a picture for each neuron and term.
struct PredictionFigures {
  /// The most neurons that are drawn.
  static let maximumNeurons = 12

  private let results: PredictionResults
  /// The beginning of the names of each grid's figures.
  private let stems: [String]

  init(_ results: PredictionResults) {
    self.results = results
    var known: Set<String> = []
    stems = results.grids.map { grid in
      let own = grid.term.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
      let wanted = "tuning-\(String(own))"
      var (stem, number) = (wanted, 2)
      while !known.insert(stem).inserted {
        stem = "\(wanted)-\(number)"
        number += 1
      }
      return stem
    }
  }

  /// The names of all figures.
  var names: [String] {
    results.fit.neurons.prefix(Self.maximumNeurons).flatMap { neuron in
      let end = "-neuron-\(neuron.neuron)"
      return zip(results.grids, stems).flatMap { grid, stem in
        switch grid.shape {
        case .curves: [stem + end]
        case .map: [stem + end, stem + end + "-recorded"]
        case .other: [String]()
        }
      } + (results.alignment == nil ? [] : ["psth\(end)"])
    }
  }

  var figures: [any Figure] {
    results.neurons.prefix(Self.maximumNeurons).flatMap { neuron -> [any Figure] in
      let curves = zip(zip(results.grids, stems), neuron.rates.curves).flatMap { place, curve in
        figures(curve, place.0, "\(place.1)-neuron-\(neuron.neuron)", neuron.neuron)
      }
      return curves + [histogram(neuron)].compactMap(\.self)
    }
  }

  private func figures(
    _ curve: TermCurve, _ grid: TermGrid, _ name: String, _ neuron: Int
  ) -> [any Figure] {
    switch grid.shape {
    case .curves: [tuning(curve, grid, name, neuron)]
    case .map: maps(curve, grid, name, neuron)
    case .other: []
    }
  }

  /// A curve, or one for each category.
  private func tuning(
    _ curve: TermCurve, _ grid: TermGrid, _ name: String, _ neuron: Int
  ) -> TuningCurveFigure {
    let axis = grid.axes[grid.axes.count - 1]
    let count = axis.values.count
    let categories = grid.axes.count == 2 ? grid.axes[0].labels : [grid.term]
    let curves = categories.enumerated().map { number, category in
      let part = number * count..<(number + 1) * count
      return TuningCurveFigure.Curve(
        category, rates: Array(curve.rates[part]),
        interval: curve.interval.map { Array($0[part]) } ?? [],
        recorded: Array(curve.recordedRates[part]))
    }
    var figure = TuningCurveFigure(
      curves, at: axis.values, label: axis.isLag ? "Time from \(axis.name) (ms)" : axis.name,
      name: name, title: "\(grid.term), neuron \(neuron)")
    figure.labels = axis.labels
    return figure
  }

  private func maps(
    _ curve: TermCurve, _ grid: TermGrid, _ name: String, _ neuron: Int
  ) -> [any Figure] {
    let (x, y) = (grid.axes[0], grid.axes[1])
    // What the model says of places that were never visited is no estimate.
    let visited = zip(curve.rates, curve.occupancy).map { $1 > 0 ? $0 : .nan }
    let largest = (visited + curve.recordedRates).filter(\.isFinite).sorted()
    // A place visited for a moment has any rate.
    let limit = largest.isEmpty ? nil : largest[(largest.count - 1) * 99 / 100]
    return [
      ("", visited, "model, where the covariates have been"),
      ("-recorded", curve.recordedRates, "recorded spikes by time"),
    ].map { end, rates, subtitle in
      var figure = RateMapFigure(
        rates, x: x.values, y: y.values, labels: (x.name, y.name), name: name + end,
        title: "\(grid.term), neuron \(neuron)")
      figure.subtitle = subtitle
      figure.limit = limit
      return figure
    }
  }

  private func histogram(_ neuron: PredictedNeuron) -> TrialAverageFigure? {
    guard let alignment = results.alignment, let average = neuron.average else { return nil }
    let bins = alignment.lags.count
    let conditions = alignment.conditions.enumerated().map { number, condition in
      let part = number * bins..<(number + 1) * bins
      let trials = average.trialCounts[part].max() ?? 0
      return TrialAverageFigure.Condition(
        "\(condition) (\(counted(trials, "trial")))", predicted: Array(average.predicted[part]),
        recorded: Array(average.recorded[part]))
    }
    return TrialAverageFigure(
      conditions,
      edges: (alignment.lags + [alignment.lags.upperBound]).map {
        Double($0) * alignment.dt
      }, label: "Time from \(alignment.name) (ms)", name: "psth-neuron-\(neuron.neuron)",
      title: "Trials, neuron \(neuron.neuron)")
  }
}

extension TermGrid {
  fileprivate enum Shape {
    /// Curves of one covariate.
    case curves
    /// A map of two.
    case map
    /// More than can be drawn.
    case other
  }

  fileprivate var shape: Shape {
    let numbers = axes.filter(\.labels.isEmpty).count
    if axes.count == 1 || axes.count == 2 && numbers == 1 { return .curves }
    return axes.count == 2 && numbers == 2 ? .map : .other
  }
}
