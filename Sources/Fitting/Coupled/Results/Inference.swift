internal import SpikingFramework
internal import SpikingNumerics

/// How well coefficients are known: from the Fisher information F = Xᵀ W X, and under a ridge penalty λ by
/// the sandwich
///
///     covariance = H⁻¹ F H⁻¹,    H = F + λ T,
///
/// the variance of the penalised estimates. (McCullagh and Nelder 1989, §2.5; White 1982.)
struct Inference {
  /// A value for each column; infinite where a coefficient was kept at a value, and where
  /// the information does not tell it from others.
  let standardErrors: [Double]
  /// Wald's test that all weights of a group are 0, by group: wᵀ C⁻¹ w is χ² distributed with as many
  /// degrees of freedom as there are weights.
  let pValues: [Double]
  /// The covariance of coefficients; nil where the information is singular.
  let covariance: SymmetricMatrix?
  /// The row of each coefficient that is known.
  let rows: [Int: Int]

  init(
    _ objective: NeuronObjective<some Nonlinearity, some Emission>, _ coefficients: [Double],
    active: [Int], ridge: [Double]
  ) {
    let columns = objective.columns
    let information = objective.informationMatrix(coefficients).selecting(active)
    let strengths = active.map { ridge[$0] * Double(objective.data.bins.count) }
    let means = objective.data.centers(of: columns).means
    let places = Self.independentPlaces(
      information, ridge: strengths, means: active.map { means[$0] })
    let covariance = Self.covariance(
      information.selecting(places.all), ridge: places.all.map { strengths[$0] }
    ).map {
      objective.data.centers(of: columns).uncentered(
        covariance: $0, of: places.all.map { active[$0] })
    }
    var errors = [Double](repeating: .infinity, count: columns.count)
    var rows: [Int: Int] = [:]
    for (row, place) in places.all.enumerated() where places.known.contains(place) {
      guard let variance = covariance?[row, row], variance >= 0 else { continue }
      rows[active[place]] = row
      errors[active[place]] = variance.squareRoot()
    }
    self.covariance = covariance
    self.rows = rows
    standardErrors = errors
    pValues = columns.groups.map { group in
      let known = group.columns.filter { rows[$0] != nil }
      guard let covariance, !known.isEmpty,
        let factor = CholeskyFactor(covariance.selecting(known.compactMap { rows[$0] }))
      else { return 1 }
      let whitened = factor.whitened(gradient: known.map { coefficients[$0] })
      return SpecialFunctions.chiSquaredTail(
        whitened.reduce(0) { $0 + $1 * $1 }, degrees: Double(known.count))
    }
  }

  /// The places of as many coefficients as the information tells apart, and which of them it knows: where
  /// a column is a sum of others in all bins that inform, it knows none of these.
  ///
  /// The variances of those that it knows are the same whichever of the columns that depend on each
  /// other are left out. (Rao 1973, Linear Statistical Inference, §4a, on estimable functions.)
  ///
  /// - Parameter means: what was subtracted from each column. The baseline is b − Σ mean w, and is known
  ///   where that sum is, whether or not each part of it is.
  private static func independentPlaces(
    _ information: SymmetricMatrix, ridge: [Double], means: [Double]
  ) -> (all: [Int], known: Set<Int>) {
    var penalised = information
    for (index, strength) in ridge.enumerated() { penalised[index, index] += strength }
    let lengths = information.diagonal.map { $0.squareRoot() }
    let dependent = penalised.dependentColumns()
    let all = lengths.indices.filter { lengths[$0] > 0 && !dependent.contains($0) }
    var known = Set(all)
    guard let factor = CholeskyFactor(penalised.selecting(all)) else { return (all, []) }
    for column in dependent where lengths[column] > 0 {
      let parts = factor.solving(all.map { penalised[$0, column] })
      for (place, part) in zip(all, parts).dropFirst()
      where abs(part) * lengths[place] > 1e-4 * lengths[column] { known.remove(place) }
      // What moving along the direction in which nothing changes does to the baseline.
      let change = zip(all, parts).reduce(means[column] + parts[0]) { $0 - means[$1.0] * $1.1 }
      let length = lengths[column] + abs(means[column]) * lengths[0]
      if abs(change) * lengths[0] > 1e-4 * length { known.remove(0) }
    }
    return (all, known)
  }

  /// Nil where the information is singular.
  private static func covariance(
    _ information: SymmetricMatrix, ridge: [Double]
  ) -> SymmetricMatrix? {
    var penalised = information
    for (index, strength) in ridge.enumerated() { penalised[index, index] += strength }
    guard let inverse = CholeskyFactor(penalised)?.inverse() else { return nil }
    return ridge.contains { $0 > 0 } ? inverse.sandwiching(information) : inverse
  }
}
