internal import SpikingFramework
internal import SpikingNumerics

/// Columns about which the data say nothing, or nothing but a sign, found before the search, and what
/// their coefficients are kept at.
///
/// A column *separates* the bins where all spikes, or all bins without, lie at one edge of its values: the
/// likelihood then grows for ever as its weight takes the other bins' probability of what they did not do to
/// 0. (Albert and Anderson 1984, Biometrika 71:1; Santos Silva and Tenreyro 2010, Econ Lett 107:310, for
/// counts, whose means have no upper end.)
struct HeldColumns {
  /// A column of which the data tell a sign.
  struct Separation {
    let column: Int
    /// −1 where the likelihood grows as the weight falls, 1 where it does as the weight rises.
    let direction: Double
    /// The value of the column in all bins but those that it separates.
    let edge: Double
    /// The count of every bin that it separates.
    let count: Int
    /// What the weight is kept at, where the odds of these bins are e⁻²⁰ of what they would be.
    let value: Double
  }

  private(set) var separations: [Separation] = []
  /// What columns are kept at.
  private(set) var values: [Int: Double] = [:]
  /// The columns with each problem other than separation.
  private(set) var columns: [FitWarning.Problem: [Int]] = [:]
  /// By how much the values of each column differ, those of a function of spikes as of one spike; 0 for the
  /// baseline.
  let ranges: [Double]
  /// e to this power is what a separated bin's odds are kept at, and what makes a weight suspect.
  static let exponent = 20.0

  /// - Parameter gram: the products of the columns over the bins that are evaluated.
  init<InverseLink: Nonlinearity, EmissionModel: Emission>(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, gram: NeuronGram,
    settings: FitSettings
  ) {
    let (layout, data) = (objective.columns, objective.data)
    // Counts of at most one a bin, whose probability can be 1.
    let saturates =
      objective.observation.emission.logLikelihoodAndSlope(
        of: 1, at: 700, of: objective.observation.mean
      ).logLikelihood > -1e-6
    let extremes = FeatureExtremes(objective, areFull: saturates)
    let squares = settings.penalties.quadratic(of: layout)
    // Under a ridge on all every coefficient has a finite best value.
    let isFree = layout.indices.contains { $0 > 0 && squares.diagonal[$0] == 0 }
    var ranges = [Double](repeating: 0, count: layout.count)
    for group in layout.groups {
      for (function, column) in group.columns.enumerated() {
        if let (_, basis) = data.spikeInput(group.input, of: layout.neuron) {
          ranges[column] = basis.function(function).reduce(0) { max($0, abs($1)) }
        } else {
          ranges[column] = extremes[column].range
        }
      }
    }
    self.ranges = ranges
    if !isFree { return }
    let centers = data.centers(of: layout)
    holdDependent(
      gram, gram.dependentColumns(squares, binCount: Double(data.bins.count)),
      means: centers.means, isConstrained: settings.isConstrained,
      settled: layout.groups.compactMap { group in
        settings.penalties.addsUpToOne(group.input)
          && !settings.penalties[group.input].isShiftInvariant ? group.columns : nil
      })
    if settings.penalties.isSparse { return }
    let atSpikes = objective.sumsAtSpikes { Double($0) }
    for group in layout.groups {
      let sign = settings.sign(of: group.input)
      for (function, column) in group.columns.enumerated()
      where values[column] == nil && squares.diagonal[column] == 0 {
        // As likely whatever it is, as the rest of its term follows.
        if centers.references.contains(column) { continue }
        let separation =
          if let (_, basis) = data.spikeInput(group.input, of: layout.neuron) {
            Self.separation(
              of: column, basis.function(function), atSpikes: atSpikes[column],
              sum: gram[0, column], saturates: saturates)
          } else {
            extremes[column].separation(of: column, saturates: saturates)
          }
        // Of a weight that may not run away the best is 0, which the search finds.
        guard let separation, separation.direction * Double(sign) >= 0 else { continue }
        separations.append(separation)
        values[column] = separation.value
      }
    }
  }

  /// - Parameters:
  ///   - means: what columns were before they were centered: one that does not vary is 0 in `gram`.
  ///   - settled: the columns of each term that add up to the baseline, and of which a penalty says how much of it.
  private mutating func holdDependent(
    _ gram: NeuronGram, _ dependent: [Int], means: [Double], isConstrained: Bool,
    settled: [Range<Int>]
  ) {
    var settled = settled
    for column in dependent {
      if isConstrained, let term = settled.firstIndex(where: { $0.contains(column) }) {
        settled.remove(at: term)
      } else if isConstrained, gram[column, column] > 0 {
        columns[.ambiguous, default: []].append(column)
      } else {
        let isEmpty = gram[column, column] == 0 && means[column] == 0
        columns[isEmpty ? .empty : .dependent, default: []].append(column)
        values[column] = 0
      }
    }
  }

  /// Whether a function of spikes, which is 0 in most bins, separates those where it is not.
  ///
  /// - Parameters:
  ///   - atSpikes: what it adds up to over the neuron's spikes.
  ///   - sum: what it adds up to over all bins.
  private static func separation(
    of column: Int, _ function: ArraySlice<Double>, atSpikes: Double, sum: Double, saturates: Bool
  ) -> Separation? {
    guard let largest = function.max(), largest > 0, function.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    if atSpikes <= 1e-12 * largest {
      return Separation(
        column: column, direction: -1, edge: 0, count: 0, value: -exponent / largest)
    }
    if saturates, sum - atSpikes <= 1e-12 * sum {
      return Separation(column: column, direction: 1, edge: 0, count: 1, value: exponent / largest)
    }
    return nil
  }

  /// The coefficients at which a search begins: those that are held at their values, and the baseline such
  /// that the drive at the edges is that of `start`.
  func starting(from start: [Double]) -> [Double] {
    var coefficients = start
    for (column, value) in values { coefficients[column] = value }
    for separation in separations {
      coefficients[0] -= (separation.value - start[separation.column]) * separation.edge
    }
    return coefficients
  }
}
