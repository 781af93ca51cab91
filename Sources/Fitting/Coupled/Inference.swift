internal import SpikingFramework
internal import SpikingNumerics

/// How well coefficients are known: from the Fisher information F = Xᵀ W X, and under a ridge penalty λ by
/// the sandwich
///
///     covariance = H⁻¹ F H⁻¹,    H = F + λ T,
///
/// the variance of the penalised estimates. (McCullagh and Nelder 1989, §2.5; White 1982.)
struct Inference {
  /// A value for each column; infinite where a coefficient was kept at a value.
  let standardErrors: [Double]
  /// Wald's test that all weights of a group are 0, by group: wᵀ C⁻¹ w is χ² distributed with as many
  /// degrees of freedom as there are weights.
  let pValues: [Double]

  init(
    _ objective: NeuronObjective<some Nonlinearity, some Emission>, _ coefficients: [Double],
    active: [Int], ridge: [Double]
  ) {
    let columns = objective.columns
    let information = objective.informationMatrix(coefficients).selecting(active)
    let covariance = Self.covariance(
      information, ridge: active.map { ridge[$0] * Double(objective.data.bins.count) })
    var errors = [Double](repeating: .infinity, count: columns.count)
    var places: [Int: Int] = [:]
    for (index, column) in active.enumerated() {
      places[column] = index
      guard let variance = covariance?[index, index], variance >= 0 else { continue }
      errors[column] = variance.squareRoot()
    }
    standardErrors = errors
    pValues = columns.groups.map { group in
      let known = group.columns.filter { places[$0] != nil }
      guard let covariance, !known.isEmpty,
        let factor = CholeskyFactor(covariance.selecting(known.compactMap { places[$0] }))
      else { return 1 }
      let whitened = factor.whitened(gradient: known.map { coefficients[$0] })
      return SpecialFunctions.chiSquaredTail(
        whitened.reduce(0) { $0 + $1 * $1 }, degrees: Double(known.count))
    }
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
