internal import SpikingFramework
internal import SpikingNumerics

/// How far it is from one success to the next in a row of independent trials.
///
/// Going from success to success takes time for these alone, not for the trials (Batagelj and Brandes
/// 2005).
struct GeometricGaps {
  private let probability: Double
  private let logarithm: Double

  /// Trials that succeed with a probability; what lies outside 0…1 is as the nearer end.
  init(probability: Double) {
    self.probability = probability
    logarithm = probability > 0 && probability < 1 ? Elementary.log1p(-probability) : 0
  }

  /// The distance to the next success, at least 1: a geometric number by inversion, at most `limit`.
  func next(limit: Int, using stream: inout RandomStream) -> Int {
    if probability >= 1 { return 1 }
    if probability <= 0 { return limit }
    let gap = Elementary.logarithm(stream.uniform()) / logarithm
    return gap < Double(limit - 1) ? 1 + Int(gap) : limit
  }

  /// Shows the successes among `targets`, ascending, leaving out `source`.
  func forEach(
    in targets: Range<Int>, except source: Int, using stream: inout RandomStream,
    _ body: (_ target: Int, _ stream: inout RandomStream) -> Void
  ) {
    let count = targets.count - (targets.contains(source) ? 1 : 0)
    // Of the targets, those from `source` on are one further along.
    let shifted = targets.contains(source) ? source - targets.lowerBound : count
    var position = -1
    while true {
      position += next(limit: count + 1, using: &stream)
      guard position < count else { return }
      body(targets.lowerBound + (position < shifted ? position : position + 1), &stream)
    }
  }
}
