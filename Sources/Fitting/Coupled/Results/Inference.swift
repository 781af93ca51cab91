internal import SpikingFramework
internal import SpikingNumerics

/// How well coefficients are known: from the Fisher information F = Xᵀ W X, and under a quadratic penalty ½ wᵀ P w by
/// the sandwich
///
///     covariance = H⁻¹ F H⁻¹,    H = F + P T,
///
/// the variance of the penalised estimates about their own mean, which is not the truth: E ŵ ≈ H⁻¹ F w.
/// (McCullagh and Nelder 1989, §2.5; White 1982.)
struct Inference {
  /// A value for each column; infinite where a coefficient was kept at a value, and where
  /// the information does not tell it from others.
  let standardErrors: [Double]
  /// The covariance of coefficients; nil where the information is singular.
  let covariance: SymmetricMatrix?
  /// The row of each coefficient that is known.
  let rows: [Int: Int]
  /// H⁻¹ of centered columns; nil where it is singular.
  let inverse: SymmetricMatrix?
  /// tr H⁻¹F, the effective number of coefficients; nil where H is singular.
  let effectiveCount: Double?
  /// The columns of its rows, and of those of the covariance.
  let independent: [Int]

  private let information: SymmetricMatrix
  private let active: [Int]
  /// P T, by active column.
  private let strengths: SymmetricMatrix
  private let centers: ColumnCenters

  init(
    _ objective: NeuronObjective<some Nonlinearity, some Emission>, _ coefficients: [Double],
    active: [Int], squares: QuadraticPenalty
  ) {
    var strengths = SymmetricMatrix(order: active.count)
    squares.add(to: &strengths, of: active, scale: Double(objective.data.bins.count))
    self.init(
      objective.informationMatrix(coefficients, of: active), active: active,
      strengths: strengths, centers: objective.data.centers(of: objective.columns))
  }

  private init(
    _ information: SymmetricMatrix, active: [Int], strengths: SymmetricMatrix,
    centers: ColumnCenters
  ) {
    self.information = information
    self.active = active
    self.strengths = strengths
    self.centers = centers
    let places = Self.independentPlaces(
      information, strengths: strengths, means: active.map { centers.means[$0] })
    let independent = places.all.map { active[$0] }
    let told = information.selecting(places.all)
    let own = strengths.selecting(places.all)
    let inverse = CholeskyFactor(told.adding(own))?.inverse()
    // Those that were held at 0 as the rest of their term says the same vary with it.
    let columns = independent + centers.references
    let covariance = inverse.map { inverse in
      centers.uncentered(
        covariance: (own.diagonal.contains { $0 > 0 } ? inverse.sandwiching(told) : inverse)
          .extended(to: columns.count), of: columns)
    }
    var known = Set(places.known.map { active[$0] })
    for constant in centers.constants {
      let others = constant.columns.filter { $0 != constant.reference }
      if others.allSatisfy(known.contains) { known.insert(constant.reference) }
    }
    var errors = [Double](repeating: .infinity, count: centers.means.count)
    var rows: [Int: Int] = [:]
    for (row, column) in columns.enumerated() where known.contains(column) {
      guard let variance = covariance?[row, row], variance >= 0 else { continue }
      rows[column] = row
      errors[column] = variance.squareRoot()
    }
    self.inverse = inverse
    effectiveCount = inverse.map { inverse in
      zip(inverse.entries, told.entries).reduce(0) { $0 + $1.0 * $1.1 }
    }
    self.independent = independent
    self.covariance = covariance
    self.rows = rows
    standardErrors = errors
  }

  /// What is known of the others where some columns are kept at their values, too.
  func keeping(_ columns: [Int]) -> Inference {
    let places = active.indices.filter { !columns.contains(active[$0]) }
    return Inference(
      information.selecting(places), active: places.map { active[$0] },
      strengths: strengths.selecting(places), centers: centers)
  }

  /// Wald's test that all weights of a group are 0: wᵀ C⁻¹ w is χ² distributed with as many degrees of
  /// freedom as there are weights. Nil where one of them is not known.
  func waldPValue(of group: FitColumns.Group, at coefficients: [Double]) -> Double? {
    let known = group.columns.compactMap { rows[$0] }
    guard let covariance, known.count == group.columns.count,
      let factor = CholeskyFactor(covariance.selecting(known))
    else { return nil }
    let whitened = factor.whitened(gradient: group.columns.map { coefficients[$0] })
    return SpecialFunctions.chiSquaredTail(
      whitened.reduce(0) { $0 + $1 * $1 }, degrees: Double(known.count))
  }

  /// How the best values of all coefficients change with that of one, to first order: a value for each
  /// column, 1 for its own. Nil where it is not known.
  func direction(of column: Int) -> [Double]? {
    guard let inverse, let row = independent.firstIndex(of: column), inverse[row, row] > 0 else {
      return nil
    }
    var direction = [Double](repeating: 0, count: centers.means.count)
    for (other, column) in independent.enumerated() {
      direction[column] = inverse[other, row] / inverse[row, row]
    }
    return direction
  }

  /// H⁻¹ with something added to the diagonal of H, by row; nil where it is singular.
  func inverse(adding diagonal: [Double]) -> SymmetricMatrix? {
    let places = Dictionary(uniqueKeysWithValues: active.enumerated().map { ($1, $0) })
    let own = independent.compactMap { places[$0] }
    return CholeskyFactor(information.selecting(own).adding(diagonal: diagonal))?.inverse()
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
    _ information: SymmetricMatrix, strengths: SymmetricMatrix, means: [Double]
  ) -> (all: [Int], known: Set<Int>) {
    let penalised = information.adding(strengths)
    let lengths = information.diagonal.map { $0.squareRoot() }
    let dependent = penalised.dependentColumns()
    // What a penalty alone tells varies with what else it holds together.
    let all = lengths.indices.filter {
      (lengths[$0] > 0 || penalised[$0, $0] > 0) && !dependent.contains($0)
    }
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
}

extension SymmetricMatrix {
  fileprivate func adding(_ other: SymmetricMatrix) -> SymmetricMatrix {
    var sum = self
    for index in entries.indices { sum.entries[index] += other.entries[index] }
    return sum
  }

  /// With further rows and columns of zeros.
  fileprivate func extended(to order: Int) -> SymmetricMatrix {
    if order == self.order { return self }
    var extended = SymmetricMatrix(order: order)
    for column in 0..<self.order {
      for row in 0..<self.order { extended[row, column] = self[row, column] }
    }
    return extended
  }

  fileprivate func adding(diagonal: [Double]) -> SymmetricMatrix {
    var sum = self
    for (index, value) in diagonal.enumerated() { sum[index, index] += value }
    return sum
  }
}
