internal import Foundation

/// Raised cosine bumps over any axis: what the three bases of them share.
///
///     b_j(y) = ½ [1 + cos(clip(π (y − p_j)/(w δ), −π, π))]
enum RaisedCosine {
  /// w, half of a bump's breadth, in units of the distance between two peaks.
  static let width = 2.0

  /// The values at the point y of B bumps with peaks p_j evenly from `first` to `last`, δ apart.
  static func values(
    at point: Double, count: Int, from first: Double, to last: Double
  ) -> [Double] {
    let spacing = (last - first) / Double(count - 1)
    return (0..<count).map { peak in
      let phase = Double.pi * (point - first - Double(peak) * spacing) / (width * spacing)
      return abs(phase) < .pi ? 0.5 * (1 + cos(phase)) : 0
    }
  }
}
