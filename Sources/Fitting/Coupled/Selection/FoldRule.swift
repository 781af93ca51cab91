internal import SpikingFramework

/// How the bins that are evaluated are divided into folds, each of which is predicted by fits to the others.
public enum FoldRule: String, CaseIterable, Codable, Hashable, Sendable {
  /// Stretches of time of equal length, one after the other.
  case blocks
  /// Whole trials: trial number k, from 0, belongs to fold k modulo the number of folds.
  case trials
}

extension CoupledProblem {
  /// The bins of each fold.
  ///
  /// - Throws: `invalidParameter` for less than two folds, or more than there are bins or trials.
  func folds(_ count: Int, _ rule: FoldRule) throws(SpikingError) -> [EvaluatedBins] {
    try bins.folds(count, rule, ofTrials: segments)
  }
}

extension EvaluatedBins {
  /// These bins in folds.
  ///
  /// - Parameter trials: the bins of each trial; those without any of these bins do not count.
  /// - Throws: as above.
  func folds(
    _ count: Int, _ rule: FoldRule, ofTrials trials: [Range<Int>]
  ) throws(SpikingError) -> [EvaluatedBins] {
    let trials = trials.filter { !intersected(with: [$0]).ranges.isEmpty }
    let (most, noun) = rule == .blocks ? (self.count, "bins") : (trials.count, "trials")
    guard count >= 2, count <= most else {
      throw SpikingError(
        .invalidParameter, "folds", found: count, expected: "2 to \(most), the number of \(noun)")
    }
    switch rule {
    case .blocks: return parts(count)
    case .trials:
      return (0..<count).map { fold in
        intersected(with: trials.indices.filter { $0 % count == fold }.map { trials[$0] })
      }
    }
  }
}
