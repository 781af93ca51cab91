public import SpikingFramework
internal import SpikingNumerics

/// Raised cosine bumps over a logarithmic time axis: fine just after a spike, coarse later.
///
///     y = ln(stretch · lag/(K − 1) + 1) / ln(stretch + 1)
///     b_j = ½ [1 + cos(clip(π (y − p_j)/(w δ), −π, π))]
///
/// with B peaks p_j evenly from 0 to 1 − w/(B + w − 1), δ apart, and the width w = 2. (Pillow et al.
/// 2005, J Neurosci 25:11003, in the form of NeMoS.)
public struct RaisedCosineLogBasis: ContinuousBasis, Hashable {
  public var count: Int
  public var window: Int
  /// κ, how strongly time is stretched just after a spike.
  public var stretch: Double

  /// `count` functions over `window` bins.
  public init(count: Int, window: Int, stretch: Double = 50) {
    self.count = count
    self.window = window
    self.stretch = stretch
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("count", &count, in: .basisCount(from: 2))
    visit("window", &window, in: .basisWindow(from: 2))
    visit("stretch", &stretch, in: .positive)
  }

  public func functions() -> [[Double]] {
    (0..<window).map { values(atStretched: stretch * Double($0) / Double(window - 1)) }
  }

  public func values(at position: Double) -> [Double] {
    values(atStretched: stretch * position)
  }

  private func values(atStretched position: Double) -> [Double] {
    let width = RaisedCosine.width
    let last = 1 - width / (Double(count) + width - 1)
    return RaisedCosine.values(
      at: Elementary.log1p(position) / Elementary.log1p(stretch), count: count, from: 0, to: last)
  }
}
