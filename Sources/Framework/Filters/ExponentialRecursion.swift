/// An exponential filter, gain · ρᵏ for k = 0 … T − 1, computed from its last value alone:
///
///     G(t+1) = ρ G(t) + y(t) − ρᵀ y(t−T)
///
/// which costs the same for any window T and equals the sum of the taps up to rounding. Rounding
/// errors decay with ρ as the filter itself does; where ρ is 1 they add up, by 10⁻¹⁶ a bin at most.
///
/// Where it is ramped, the filter gain · k ρᵏ without end:
///
///     H(t+1) = ρ (H(t) + G(t))
public struct ExponentialRecursion: Hashable, Sendable {
  /// ρ, by which an input decays in one bin, from 0 to 1.
  public var decay: Double
  /// T, the number of bins after which an input is forgotten; nil where it never is.
  public var window: Int?
  /// What multiplies the filter.
  public var gain: Double
  /// Whether the filter is k ρᵏ instead of ρᵏ; it then has no window.
  public let isRamped: Bool

  /// gain · ρᵏ over a window in bins, or without end.
  public init(decay: Double, window: Int? = nil, gain: Double = 1) {
    self.decay = decay
    self.window = window
    self.gain = gain
    isRamped = false
  }

  /// gain · k ρᵏ without end.
  public init(rampedDecay decay: Double, gain: Double = 1) {
    self.decay = decay
    self.gain = gain
    window = nil
    isRamped = true
  }

  /// The terms of a sum of recursions at k = 0, 1, … up to the window, or until less is left than
  /// the rounding of the largest; at most 100 000.
  package static func taps(_ recursions: [ExponentialRecursion]) -> [Double] {
    var taps: [Double] = []
    var powers = [Double](repeating: 1, count: recursions.count)
    var largest = 0.0
    while taps.count < 100_000 {
      var (tap, scale) = (0.0, 0.0)
      for (index, recursion) in recursions.enumerated()
      where taps.count < recursion.window ?? .max {
        let factor = recursion.gain * (recursion.isRamped ? Double(taps.count) : 1)
        tap += factor * powers[index]
        // A ramp is past its peak only where the next term is smaller.
        scale = max(
          scale, abs(factor * powers[index]),
          recursion.isRamped ? abs(recursion.gain * powers[index]) : 0)
        powers[index] *= recursion.decay
      }
      largest = max(largest, scale)
      if scale <= largest * 0x1p-54 { break }
      taps.append(tap)
    }
    return taps
  }
}
