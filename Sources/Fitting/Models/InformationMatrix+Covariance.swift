internal import SpikingFramework
internal import SpikingNumerics

extension InformationMatrix {
  /// The inverse of an observed information.
  ///
  /// - Parameters:
  ///   - names: the parameters.
  ///   - isMaximum: whether the gradient vanishes.
  ///   - reason: why the search stopped.
  /// - Throws: `invalidParameter` that names parameters without effect, those of which the spikes tell
  ///   only a combination, or a search that ended before a maximum.
  func covariance(
    of names: [String], isMaximum: Bool, reason: StopReason
  ) throws(SpikingError) -> [[Double]] {
    let diagonal = (0..<order).map { rows[$0][$0] }
    if let index = diagonal.firstIndex(where: { !($0 > 0) }) {
      throw Self.failure([names[index]], isMaximum, reason)
    }
    // Correlations tell collinear parameters, whatever the units are.
    let units = diagonal.map { 1 / $0.squareRoot() }
    var scaled = self
    for row in 0..<order {
      for column in 0..<order { scaled.rows[row][column] *= units[row] * units[column] }
    }
    switch scaled.factor(tolerance: 1e-6) {
    case .complete(let factor):
      let inverse = factor.inverse
      return (0..<order).map { row in
        (0..<order).map { inverse[row][$0] * units[row] * units[$0] }
      }
    case .ended(let row, let rest, let factor):
      let weights = TriangularFactor.solveTransposed(factor, Array(factor[row][..<row]))
      let involved = weights.indices.filter { abs(weights[$0]) > 0.05 } + [row]
      throw Self.failure(
        involved.map { names[$0] }, isMaximum && rest > -1e-3, reason)
    }
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
