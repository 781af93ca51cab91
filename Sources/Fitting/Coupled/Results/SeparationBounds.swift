internal import SpikingFramework
internal import SpikingNumerics

/// The finite ends of 95 % intervals of weights that separation keeps from having a standard error: where
/// the likelihood is e^−1.92 of its maximum. (Venzon and Moolgavkar 1988, J R Stat Soc C 37:87; for
/// separation Heinze and Schemper 2002, Stat Med 21:2409.)
struct SeparationBounds<InverseLink: Nonlinearity, EmissionModel: Emission> {
  private let objective: NeuronObjective<InverseLink, EmissionModel>
  private let held: HeldColumns
  /// Of the fit, in the bins that are evaluated.
  private let drives: [Double]
  /// How many columns separate each of these bins, which without them would have no spike, or one.
  private var separating: [[UInt32]]

  /// Those of columns that separate bins by themselves.
  ///
  /// - Complexity: O(bins + bins under each of the columns).
  init(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ held: HeldColumns,
    at coefficients: [Double]
  ) {
    self.objective = objective
    self.held = held
    drives = held.separations.isEmpty ? [] : objective.drives(coefficients)
    separating = Array(repeating: Array(repeating: 0, count: drives.count), count: 2)
    for separation in held.separations {
      for bin in bins(of: separation) { separating[separation.count][bin.place] += 1 }
    }
  }

  /// The bound of a column, with the drive of bins at its edge as it is: only those that it separates, and no
  /// other column does as well, become less likely. Infinite where there are none.
  ///
  /// - Complexity: O(bins under the column), some 20 times.
  func bound(of separation: HeldColumns.Separation) -> Double {
    let observation = objective.observation
    func logLikelihood(_ drive: Double) -> Double {
      observation.emission.logLikelihoodAndSlope(
        of: separation.count, at: drive, of: observation.mean
      ).logLikelihood
    }
    let own = bins(of: separation).filter { separating[separation.count][$0.place] == 1 }.map {
      (distance: $0.distance, drive: drives[$0.place])
    }
    if own.isEmpty { return -separation.direction * .infinity }
    let best = own.reduce(0) { $0 + logLikelihood($1.drive) }
    return ProfileInterval.bound(
      from: separation.value, direction: separation.direction,
      unit: 1 / held.ranges[separation.column]
    ) { weight in
      own.reduce(-best) {
        $0 + logLikelihood($1.drive + (weight - separation.value) * $1.distance)
      }
    }
  }

  /// The evaluated bins where a column is not at its edge, by their places among all of these, and how far it
  /// is from there.
  private func bins(
    of separation: HeldColumns.Separation
  ) -> [(place: Int, distance: Double)] {
    let (layout, data) = (objective.columns, objective.data)
    guard let group = layout.groups.first(where: { $0.columns.contains(separation.column) }) else {
      return []
    }
    guard let (source, basis) = data.spikeInput(group.input, of: layout.neuron) else {
      return bins(ofFeature: separation)
    }
    let values = Array(basis.function(separation.column - group.columns.lowerBound))
    var bins: [(place: Int, distance: Double)] = []
    var passed = 0
    for evaluated in data.bins.ranges {
      var known: [Int: Int] = [:]
      let reach = evaluated.lowerBound - basis.window..<evaluated.upperBound
      for position in data.spikes.positions(of: source, in: reach) {
        let bin = Int(data.spikes.bins[Int(position)])
        let count = Double(data.spikes.counts[Int(position)])
        for (lag, value) in values.enumerated() where value != 0 {
          let affected = bin + 1 + lag
          guard evaluated.contains(affected) else { continue }
          if let index = known[affected] {
            bins[index].distance += count * value
          } else {
            known[affected] = bins.count
            bins.append((passed + affected - evaluated.lowerBound, count * value))
          }
        }
      }
      passed += evaluated.count
    }
    return bins
  }

  private func bins(
    ofFeature separation: HeldColumns.Separation
  ) -> [(place: Int, distance: Double)] {
    let (data, layout) = (objective.data, objective.columns)
    let feature = separation.column - data.featureColumns(of: layout).lowerBound
    let isTerm = feature >= data.features.count
    let least = 1e-9 * held.ranges[separation.column]
    var bins: [(place: Int, distance: Double)] = []
    var passed = 0
    for (number, block) in data.bins.blocks.enumerated() {
      func add(_ index: Int, _ value: Double) {
        let distance = value - separation.edge
        if abs(distance) > least { bins.append((passed + index, distance)) }
      }
      if isTerm {
        var values = [Double](repeating: 0, count: block.count)
        data.terms.rows(ofBlock: number).forEachValue(columns: data.terms.count) {
          if $1 == feature - data.features.count { values[$0] = $2 }
        }
        for (index, value) in values.enumerated() { add(index, value) }
      } else {
        _ = data.features.withValues(ofBlock: number) { values in
          for index in 0..<block.count { add(index, values[feature * block.count + index]) }
        }
      }
      passed += block.count
    }
    return bins
  }
}

/// The end of a 95 % interval by a profile of the likelihood.
enum ProfileInterval {
  /// Half the 95 % point of χ² with one degree of freedom.
  static let drop = 1.920729410347062
  /// How far weights are looked for, in units of the drive.
  private static let farthest = 60.0
  private static let steps = 14

  /// Where a function that is 0 at `start`, and falls in the direction −`direction`, is −`drop`; infinite
  /// where it never is.
  ///
  /// - Parameter unit: the change of the weight that changes a drive by 1.
  static func bound(
    from start: Double, direction: Double, unit: Double, _ change: (Double) -> Double
  ) -> Double {
    var (near, far) = (0.0, 1.0)
    while !(change(start - direction * far * unit) < -drop) {
      if far >= farthest { return -direction * .infinity }
      (near, far) = (far, min(2 * far, farthest))
    }
    for _ in 0..<steps {
      let middle = (near + far) / 2
      if change(start - direction * middle * unit) < -drop { far = middle } else { near = middle }
    }
    return start - direction * (near + far) / 2 * unit
  }
}
