internal import Foundation

/// One axis of a plot: what it shows, and from where to where.
public struct Axis: Hashable, Sendable {
  /// How values become lengths.
  public enum Scale: Hashable, Sendable {
    /// Equal differences are equally long.
    case linear
    /// Equal ratios are equally long. A range that is not positive stays linear.
    case logarithmic
  }

  /// What is shown, with its unit: "Time (ms)".
  public var label: String
  /// The values shown.
  public let range: ClosedRange<Double>
  /// How values become lengths.
  public var scale = Scale.linear
  /// Whether the values are numbers of things, so that ticks between them make no sense.
  public var isWhole = false
  /// Whether the values run from right to left, or from the top down.
  public var isReversed = false

  /// A linear axis; a range without length, or not finite, is widened.
  public init(_ label: String, _ range: ClosedRange<Double>) {
    self.label = label
    let (lower, length) = (range.lowerBound, range.upperBound - range.lowerBound)
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    if length.isFinite, length > 1e-12 * largest {
      self.range = range
    } else {
      let lower = lower.magnitude < 1e300 ? lower : 0
      self.range = lower...(lower + max(1, lower.magnitude / 10))
    }
  }

  /// The next round number at or above a value, for an axis that ends there; 1 for zero.
  public static func roundLimit(above value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    let decade = decade(of: value)
    let steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
    return decade * (steps.first { $0 * decade >= value * (1 - 1e-12) } ?? 10)
  }

  /// The distance between ticks: 1, 2 or 5 times a power of ten, for about `count` of them.
  func tickStep(count: Int) -> Double {
    let rough = (range.upperBound - range.lowerBound) / Double(count)
    let decade = Self.decade(of: rough)
    let step = decade * ([1, 2, 5].first { $0 * decade >= rough * 0.7 } ?? 10)
    return isWhole ? max(1, step) : step
  }

  /// Whether the scale is logarithmic and can be.
  var isLogarithmic: Bool { scale == .logarithmic && range.lowerBound > 0 }

  /// The powers of ten within the range of a logarithmic axis, at most so many or one more.
  func decades(atMost limit: Int) -> [Int] {
    let lower = Int(log10(range.lowerBound).rounded(.up))
    let upper = Int(log10(range.upperBound).rounded(.down))
    guard lower <= upper else { return [] }
    return Array(stride(from: lower, through: upper, by: (upper - lower) / limit + 1))
  }

  /// Where on the axis a value lies: 0 at its beginning, 1 at its end.
  func fraction(of value: Double) -> Double {
    func length(_ from: Double, _ to: Double) -> Double {
      isLogarithmic ? log(to) - log(from) : to - from
    }
    let fraction = length(range.lowerBound, value) / length(range.lowerBound, range.upperBound)
    return isReversed ? 1 - fraction : fraction
  }

  private static func decade(of value: Double) -> Double { pow(10, log10(value).rounded(.down)) }
}
