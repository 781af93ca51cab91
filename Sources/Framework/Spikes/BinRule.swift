/// Which bin [k·width, (k + 1)·width) a time falls into.
///
/// A spike of a simulation happens at bin·dt, which is rarely the exact number: 3 · 0.1 > 0.3, and
/// 0.3 − 0.2 < 0.1. A time that lies below an edge by less than the tolerance therefore belongs to
/// the bin above: a millionth of the width, or the rounding error of the times where that is more.
public struct BinRule: Hashable, Sendable {
  /// The tolerance, as a fraction of the width.
  public static let tolerance = 1e-6

  /// The width of a bin in ms.
  public let width: Double
  /// How far below its edge a bin begins, in ms.
  public let slack: Double

  /// A rule for differences of times as large as those of `recording`.
  ///
  /// - Precondition: the width, in ms, is positive.
  public init(width: Double, for recording: SpikeTrains) {
    self.init(
      width: width, largestTime: max(recording.start.magnitude, recording.stop.magnitude))
  }

  /// A rule for differences of times, in ms, none of which is larger than `largestTime`.
  ///
  /// - Precondition: the width, in ms, is positive.
  public init(width: Double, largestTime: Double) {
    precondition(width > 0, "bins without width")
    self.width = width
    slack = min(width / 2, max(Self.tolerance * width, 4 * largestTime.ulp))
  }

  /// The bin of a time in ms that is zero or above; `limit` for all bins from `limit` on.
  public func bin(of time: Double, limit: Int) -> Int {
    let bin = ((time + slack) / width).rounded(.down)
    return bin < Double(limit) ? Int(max(bin, 0)) : limit
  }
}
