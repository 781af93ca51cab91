internal import SpikingFramework
internal import SpikingNumerics

extension CoupledProblem {
  /// The rates of a neuron, what its terms add, and their curves.
  func rates(
    of fit: NeuronFit, in whole: CoupledFit, grids: [TermGrid], binCount: Int
  ) throws -> RatePrediction {
    let prediction = try prediction(fit, trainingBins: whole.binsUsed)
    let (objective, centers) = objective(of: fit.columns)
    let observation = objective.observation
    let rates = prediction.means.map {
      observation.emission.expectedCount(mean: $0) / whole.dt * 1000
    }
    // Without the offset, which is a part of its own.
    let bare = NeuronObjective(objective.data.withoutOffsets, observation, fit.columns)
    var parts: [(input: FitColumns.Group.Input, name: String, drive: [Double])] = []
    for (input, columns) in Self.columnsOfParts(fit.columns) {
      var coefficients = [Double](repeating: 0, count: fit.columns.count)
      for column in columns { coefficients[column] = fit.coefficients[column] }
      parts.append(
        (input, whole.partName(of: input), bare.drives(centers.centered(coefficients))))
    }
    let isKnown = fit.standardErrors != nil && whole.isFitted(to: prediction)
    let inference = isKnown && !grids.isEmpty ? self.inference(fit) : nil
    let curves = grids.compactMap { grid -> TermCurve? in
      guard let part = parts.first(where: { $0.input == .term(grid.term) }),
        let columns = fit.columns.columns(of: part.input)
      else { return nil }
      let reference = ReferenceDrive(
        of: part.drive, meanRate: rates.mean, observation: observation)
      let errors = inference.map { grid.standardErrors(of: columns, fit, $0) }
      return TermCurve(
        grid, weights: fit.coefficients[columns], standardErrors: errors,
        counts: bins.ranges.spread(prediction.counts.map(Double.init), over: binCount),
        dt: whole.dt, rate: reference.rate)
    }
    var all = parts.map {
      RatePrediction.Part(name: $0.name, drive: bins.ranges.spread($0.drive, over: binCount))
    }
    if !objective.data.offsets.isEmpty {
      let offsets = objective.data.offsets[fit.neuron]
      all.append(
        RatePrediction.Part(
          name: "offset",
          drive: bins.ranges.spread(bins.ranges.flatMap { offsets[$0] }, over: binCount)))
    }
    return RatePrediction(
      prediction: prediction, evaluated: bins.ranges,
      rates: bins.ranges.spread(rates, over: binCount), baseline: fit.baseline, parts: all,
      curves: curves)
  }

  /// The columns of each part of the drive; those of all couplings are one.
  private static func columnsOfParts(
    _ columns: FitColumns
  ) -> [(input: FitColumns.Group.Input, columns: [Int])] {
    var parts: [(input: FitColumns.Group.Input, columns: [Int])] = []
    var couplings: Int?
    for group in columns.groups {
      if case .coupling = group.input {
        if let couplings {
          parts[couplings].columns += group.columns
          continue
        }
        couplings = parts.count
      }
      parts.append((group.input, Array(group.columns)))
    }
    return parts
  }
}

extension CoupledData {
  /// The same without what is known of the drives.
  fileprivate var withoutOffsets: CoupledData {
    CoupledData(
      spikes: spikes, bins: bins, binCount: binCount, history: history, coupling: coupling,
      features: features, terms: terms, offsets: [], penalties: penalties)
  }
}

extension TermGrid {
  /// The standard error of the part of the drive at each point: √(xᵀ C x), with x the row of the point.
  fileprivate func standardErrors(
    of columns: Range<Int>, _ fit: NeuronFit, _ inference: Inference
  ) -> [Double] {
    rows.map { row in
      inference.standardError(
        ofSum: row.map { entry in
          let column = columns.lowerBound + entry.weight
          // What has no standard error has no row.
          let isKnown = fit.standardErrors?[column].isFinite ?? false
          return (isKnown ? inference.rows[column] : nil, entry.factor)
        })
    }
  }
}

/// The constant c that stands for everything else beside a part of the drive, so that the mean rate stays as it is:
///
///     mean_t rate(part(t) + c) = mean rate
private struct ReferenceDrive {
  /// The rate in Hz at a value of the part; NaN where no constant does.
  let rate: (_ part: Double) -> Double

  private static let cellCount = 512

  init(
    of part: [Double], meanRate: Double,
    observation: Observation<some Nonlinearity, some Emission>
  ) {
    func rate(_ drive: Double) -> Double {
      observation.emission.expectedCount(mean: observation.mean.mean(at: drive))
        / observation.mean.dt * 1000
    }
    // Means of the values in narrow cells: of each cell an error of second order in its width remains.
    let (least, most) = (part.min() ?? 0, part.max() ?? 0)
    var (counts, sums) = (
      [Double](repeating: 0, count: Self.cellCount), [Double](repeating: 0, count: Self.cellCount)
    )
    for value in part {
      let position = most > least ? (value - least) / (most - least) : 0
      let cell = min(Int(position * Double(Self.cellCount)), Self.cellCount - 1)
      counts[cell] += 1
      sums[cell] += value
    }
    let cells = zip(counts, sums).filter { $0.0 > 0 }.map { (share: $0, value: $1 / $0) }
    func excess(_ constant: Double) -> Double {
      cells.reduce(0) { $0 + $1.share * rate($1.value + constant) } / Double(part.count) - meanRate
    }
    var (bound, root) = (8.0, Double.nan)
    while bound < 1e4, root.isNaN {
      root =
        BrentRootFinder(tolerance: 1e-12).root(of: excess, in: -bound...bound)?.position ?? .nan
      bound *= 2
    }
    let constant = root
    self.rate = { rate($0 + constant) }
  }
}

extension [Double] {
  fileprivate var mean: Double { isEmpty ? .nan : reduce(0, +) / Double(count) }
}
