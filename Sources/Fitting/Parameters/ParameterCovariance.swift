internal import SpikingFramework
internal import SpikingNumerics

/// The covariance of estimates, and what hinders it: parameters that spikes do not tell.
enum ParameterCovariance {
  /// The least part of a parameter's information that others may leave it, and the factor of a matrix in
  /// which none has less.
  static let tolerance = 1e-6

  /// The factor of an information matrix; nil where it is singular, nearly, or not positive.
  static func factor(_ information: SymmetricMatrix) -> CholeskyFactor? {
    information.dependentColumns(tolerance: tolerance).isEmpty ? CholeskyFactor(information) : nil
  }

  /// The inverse of an observed information, by rows.
  ///
  /// - Parameters:
  ///   - names: the parameters.
  ///   - isMaximum: whether the gradient vanishes.
  ///   - reason: why the search stopped.
  /// - Throws: `invalidParameter` that names parameters without effect, those of which the spikes tell
  ///   only a combination, or a search that ended before a maximum.
  static func inverse(
    of information: SymmetricMatrix, names: [String], isMaximum: Bool, reason: StopReason
  ) throws(SpikingError) -> [[Double]] {
    if let index = information.diagonal.firstIndex(where: { !($0 > 0) }) {
      throw failure([names[index]], isMaximum, reason)
    }
    let dependent = information.dependentColumns(tolerance: tolerance)
    guard dependent.isEmpty, let factor = CholeskyFactor(information) else {
      throw combination(dependent, in: information, names, isMaximum, reason)
    }
    let inverse = factor.inverse()
    return (0..<inverse.order).map { row in (0..<inverse.order).map { inverse[row, $0] } }
  }

  /// Names a parameter and those that make up its derivatives.
  private static func combination(
    _ dependent: [Int], in information: SymmetricMatrix, _ names: [String], _ isMaximum: Bool,
    _ reason: StopReason
  ) -> SpikingError {
    guard let last = dependent.first else { return failure(names, isMaximum, reason) }
    let others = names.indices.filter { !dependent.contains($0) }
    let scales = information.diagonal.map { $0.squareRoot() }
    // Weights of the others in units in which all are equally well known.
    let column = others.map { information[$0, last] }
    let weights = CholeskyFactor(information.selecting(others))?.solving(column) ?? []
    let involved = zip(others, weights).filter { other, weight in
      abs(weight) * scales[other] > 0.05 * scales[last]
    }
    let explained = zip(column, weights).reduce(0) { $0 + $1.0 * $1.1 }
    // Curved the wrong way, it is no maximum.
    let rest = 1 - explained / information[last, last]
    return failure(
      (involved.map(\.0) + [last]).sorted().map { names[$0] }, isMaximum && rest > -1e-3, reason)
  }

  private static func failure(
    _ names: [String], _ isMaximum: Bool, _ reason: StopReason
  ) -> SpikingError {
    guard isMaximum else {
      return SpikingError(
        .invalidParameter, "parameters: \(listed(names))",
        "no maximum of the likelihood was reached (\(reason.name)): "
          + "start nearer, or fit fewer parameters")
    }
    return SpikingError(
      .invalidParameter, "parameters: \(listed(names))",
      names.count == 1
        ? "no effect on the likelihood of these spikes"
        : "these spikes tell only a combination of them: fit fewer")
  }
}
