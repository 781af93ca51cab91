public import SpikingFramework
internal import SpikingNumerics

/// Raised cosine bumps over the logarithm of the lag plus an offset, with peaks at given lags.
///
///     y = ln(lag + c)
///     b_j = ½ [1 + cos(clip(π (y − φ_j)/(2 Δ), −π, π))]
///
/// with B peaks φ_j evenly, Δ apart, from ln(first + c) to ln(last + c). (Pillow et al. 2005,
/// J Neurosci 25:11003; Pillow et al. 2008, Nature 454:995, who let the window end where the last
/// bump does. Here the window is free, and the last peak, unless it is given, at its last lag.)
///
/// With c = (K − 1)/κ, first = 0 and a last peak two Δ before the last lag, these are the functions
/// of a `RaisedCosineLogBasis` of stretch κ.
public struct RaisedCosineShiftedLogBasis: Basis, Hashable {
  public var count: Int
  public var window: Int
  /// c, in bins: the larger, the more even the bumps.
  public var offset: Double
  /// The lag of the first peak, in bins.
  public var firstPeak: Double
  /// The lag of the last peak, in bins; it may lie beyond the window.
  public var lastPeak: Double

  /// `count` functions over `window` bins, with peaks from the lag `firstPeak` to `lastPeak`, by
  /// default the last lag of the window.
  public init(
    count: Int, window: Int, offset: Double = 1, firstPeak: Double = 0, lastPeak: Double? = nil
  ) {
    self.count = count
    self.window = window
    self.offset = offset
    self.firstPeak = firstPeak
    self.lastPeak = lastPeak ?? Double(window) - 1
  }

  public func resized(count: Int, window: Int) -> Self {
    Self(count: count, window: window, offset: offset, firstPeak: firstPeak)
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("count", &count, in: .basisCount(from: 2))
    visit("window", &window, in: .basisWindow())
    visit("offset", &offset, in: .positive, unit: .bins)
    visit("firstPeak", &firstPeak, in: .nonnegative, unit: .bins)
    visit("lastPeak", &lastPeak, in: .nonnegative, unit: .bins)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard lastPeak > firstPeak else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).lastPeak", found: lastPeak,
        expected: "a lag after firstPeak, \(firstPeak)")
    }
  }

  public func functions() -> [[Double]] {
    (0..<window).map {
      RaisedCosine.values(
        at: Elementary.logarithm(Double($0) + offset), count: count,
        from: Elementary.logarithm(firstPeak + offset),
        to: Elementary.logarithm(lastPeak + offset))
    }
  }
}
