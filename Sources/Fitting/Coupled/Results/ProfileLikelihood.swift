internal import SpikingFramework
internal import SpikingNumerics

/// The likelihood at its maximum over some of the coefficients while the others are kept at values.
///
/// Newton's steps with the second derivatives H at the maximum of all coefficients, as long as the likelihood
/// grows; each evaluation tells by ½ gᵀ H⁻¹ g how much is left to gain, so that one or two are enough where
/// little was moved. Along directions that the data hardly tell, 0.1 on the diagonal of H, in units of the
/// drive, keep the steps short.
struct ProfileLikelihood<InverseLink: Nonlinearity, EmissionModel: Emission> {
  private let objective: NeuronObjective<InverseLink, EmissionModel>
  /// H⁻¹, and the columns of its rows.
  private let inverse: SymmetricMatrix
  private let columns: [Int]

  /// How many nats may be left to gain, of which nearly all are added.
  private static var tolerance: Double { 1e-3 }
  private static var maximumEvaluations: Int { 6 }

  /// Nil where the second derivatives are singular.
  ///
  /// - Parameter ranges: by how much the values of each column differ.
  init?(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ inference: Inference,
    ranges: [Double]
  ) {
    guard
      let inverse = inference.inverse(
        adding: inference.independent.map { 0.1 * ranges[$0] * ranges[$0] })
    else { return nil }
    self.objective = objective
    self.inverse = inverse
    columns = inference.independent
  }

  /// How far steps came.
  struct Result {
    /// ℓ at the maximum, or the largest that was met, −∞ where none is finite.
    let logLikelihood: Double
    let isMaximum: Bool
  }

  /// The maximum over all coefficients that the information tells but some, from a point near it.
  func maximum(near start: [Double], keeping fixed: Range<Int> = 0..<0) -> Result {
    let kept = columns.indices.filter { fixed.contains(columns[$0]) }
    let factor = kept.isEmpty ? nil : CholeskyFactor(inverse.selecting(kept))
    var point = start
    var gradient = start
    var value = objective.logLikelihood(point, gradient: &gradient)
    var evaluations = 1
    while value.isFinite, kept.isEmpty || factor != nil {
      var slopes = columns.map { gradient[$0] }
      for row in kept { slopes[row] = 0 }
      let step = step(slopes, keeping: kept, factor)
      let gain = 0.5 * zip(step, slopes).reduce(0) { $0 + $1.0 * $1.1 }
      if gain <= Self.tolerance {
        return Result(logLikelihood: value + max(gain, 0), isMaximum: true)
      }
      // The step, or the first half, quarter, … of it at which the likelihood is larger.
      var next = -Double.infinity
      var candidate = point
      var fraction = 1.0
      while !(next > value) {
        if evaluations == Self.maximumEvaluations {
          return Result(logLikelihood: value, isMaximum: false)
        }
        for (row, column) in columns.enumerated() {
          candidate[column] = point[column] + fraction * step[row]
        }
        next = objective.logLikelihood(candidate, gradient: &gradient)
        evaluations += 1
        fraction /= 2
      }
      (point, value) = (candidate, next)
    }
    return Result(logLikelihood: value.isFinite ? value : -.infinity, isMaximum: false)
  }

  /// The step H⁻¹ g of the free coefficients: the inverse of a part of H is C_ff − C_fk C_kk⁻¹ C_kf with
  /// C = H⁻¹.
  private func step(
    _ slopes: [Double], keeping kept: [Int], _ factor: CholeskyFactor?
  ) -> [Double] {
    var step = inverse.multiplied(by: slopes)
    guard let factor else { return step }
    let parts = factor.solving(kept.map { step[$0] })
    for row in step.indices {
      step[row] -= zip(kept, parts).reduce(0) { $0 + inverse[row, $1.0] * $1.1 }
    }
    for row in kept { step[row] = 0 }
    return step
  }

  /// Where the quadratic approximation has its maximum while some coefficients are 0.
  func restricted(_ coefficients: [Double], zero fixed: Range<Int>) -> [Double] {
    var point = coefficients
    for column in fixed { point[column] = 0 }
    let kept = columns.indices.filter { fixed.contains(columns[$0]) }
    guard let factor = CholeskyFactor(inverse.selecting(kept)) else { return point }
    let parts = factor.solving(kept.map { coefficients[columns[$0]] })
    for (row, column) in columns.enumerated() where !fixed.contains(column) {
      point[column] -= zip(kept, parts).reduce(0) { $0 + inverse[row, $1.0] * $1.1 }
    }
    return point
  }
}

extension SymmetricMatrix {
  /// The product with a vector.
  fileprivate func multiplied(by vector: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: order)
    entries.withUnsafeBufferPointer { entries in
      for (column, factor) in vector.enumerated() where factor != 0 {
        let start = column * order
        for row in 0..<order { product[row] += factor * entries[start + row] }
      }
    }
    return product
  }
}
