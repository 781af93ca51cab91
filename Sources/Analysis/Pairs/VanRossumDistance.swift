public import SpikingFramework
internal import SpikingNumerics

/// Van Rossum's distance of two spike trains: that of the functions in which every spike leaves an exponential behind.
///
///     D² = 1/τ ∫ (Σ_i e^{−(t−t_i)/τ} H(t−t_i) − Σ_j e^{−(t−u_j)/τ} H(t−u_j))² dt
///        = ½ Σ_ii′ e^{−|t_i−t_i′|/τ} + ½ Σ_jj′ e^{−|u_j−u_j′|/τ} − Σ_ij e^{−|t_i−u_j|/τ}
///
/// One spike more is a distance of √½; long constants count spikes. What spikes leave goes on beyond the end of the recording, as in the
/// formula. (van Rossum 2001, Neural Comput 13:751; in one pass through the spikes: Houghton and Kreuz 2012,
/// Network 23:48.)
///
/// elephant 1.2.1 gives √2 times as much.
public struct VanRossumDistance: PairMeasure, Hashable {
  /// τ in ms.
  public var timeConstant = 100.0

  public static let matrixName = "van_rossum"
  public static let quantity = "Van Rossum distance"

  /// What a spike leaves behind decays with `timeConstant` ms.
  public init(timeConstant: Double = 100) { self.timeConstant = timeConstant }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("timeConstant", &timeConstant, in: .positive, unit: .milliseconds)
  }

  /// - Complexity: O(spikes of both).
  public func value(of pair: TrainPair) -> Double {
    guard pair.duration > 0 else { return .nan }
    var (square, trace, last) = (0.0, 0.0, -Double.infinity)
    for stretch in pair.stretches {
      stretch.forEachSpike { time, isFirst in
        let sign = isFirst ? 1.0 : -1
        // What the spikes before have left, those of the second train less; two spikes of a pair stand for both orders.
        trace *= Elementary.exponential((last - time) / timeConstant)
        square += 0.5 + sign * trace
        trace += sign
        last = time
      }
      // Between stretches nothing is known.
      trace = 0
    }
    return max(square, 0).squareRoot()
  }
}

extension TrainPair.Stretch {
  /// Calls `body` with the spikes of both trains in their order in time.
  func forEachSpike(_ body: (_ time: Double, _ isFirst: Bool) -> Void) {
    var (one, other) = (first.startIndex, second.startIndex)
    while one < first.endIndex || other < second.endIndex {
      if other == second.endIndex || one < first.endIndex && first[one] <= second[other] {
        body(first[one], true)
        one += 1
      } else {
        body(second[other], false)
        other += 1
      }
    }
  }
}
