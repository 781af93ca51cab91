public import SpikingFramework

/// Raised cosine bumps evenly over the window: for signals that are as fine late as they are early.
///
///     y = lag/(K − 1)
///     b_j = ½ [1 + cos(clip(π (y − p_j)/(w δ), −π, π))]
///
/// with B peaks p_j evenly from 0 to 1, δ apart, and the width w = 2. The last bump is at its peak
/// where the window ends. (Pillow et al. 2005, J Neurosci 25:11003, on a linear axis, as in NeMoS.)
public struct RaisedCosineLinearBasis: ContinuousBasis, Hashable {
  public var count: Int
  public var window: Int

  /// `count` functions over `window` bins.
  public init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("count", &count, in: .basisCount(from: 2))
    visit("window", &window, in: .basisWindow(from: 2))
  }

  public func values(at position: Double) -> [Double] {
    RaisedCosine.values(at: position, count: count, from: 0, to: 1)
  }
}
