internal import SpikingFramework
internal import SpikingNumerics

/// The intervals of one neuron after time rescaling, uniform on (0, 1) and independent if the model
/// is right, and how far they are from that.
public struct RescaledIntervals: Codable, Hashable, Sendable {
  /// The number of the neuron.
  public let neuron: Int
  /// z = 1 − e^{−ξ} of each interval, in order of time.
  public let intervals: [Double]
  /// The distance of Kolmogorov and Smirnov between the intervals and the uniform distribution, the
  /// largest of |z₍ₖ₎ − (k − 1)/n| and |k/n − z₍ₖ₎| over k; nil where there are no intervals.
  public let distance: Double?
  /// The autocorrelation of Φ⁻¹(z) at lags of 1 … 20 intervals, fewer where there are not more than
  /// 20; empty where it is undefined, as all intervals are equal.
  public let autocorrelation: [Double]

  /// √n D of simulations of a right model that were fitted as this one was, ascending; empty where its
  /// parameters are known. See `compared(with:)`.
  public private(set) var reference: [Double] = []

  /// The most lags of the autocorrelation.
  public static let maximumLag = 20

  /// The statistics of integrated intensities ξ in order of time.
  init(neuron: Int, intensities: [Double]) {
    self.neuron = neuron
    intervals = intensities.map { -Elementary.expm1(-$0) }
    distance = Self.distance(intervals)
    autocorrelation = Self.autocorrelation(intensities.map(Self.normalDeviate))
  }

  /// The same intervals, whose distance is judged by a bootstrap instead of Kolmogorov's limit: that
  /// holds for a model whose parameters are known, not fitted, be it to these spikes or to others.
  ///
  /// - Parameter statistics: √n D of simulated data, n the number of intervals of each, in any order.
  public func compared(with statistics: [Double]) -> RescaledIntervals {
    var copy = self
    copy.reference = statistics.sorted()
    return copy
  }

  /// The number of intervals.
  public var count: Int { intervals.count }

  /// The probability of a larger distance under a right model; nil where there are no intervals.
  ///
  /// By a reference of B statistics (1 + how many of them are as large)/(B + 1). Without one Kolmogorov's
  /// limit, at D (√n + 0.12 + 0.11/√n), which is close for every n (Stephens 1970, J R Stat Soc B
  /// 32:115). It presumes that parameters are known: of a right model that was fitted it is too small in
  /// held-out spikes and too large in its own.
  public var pValue: Double? {
    guard let distance else { return nil }
    let root = Double(count).squareRoot()
    guard !reference.isEmpty else {
      return SpecialFunctions.kolmogorovTail(distance * (root + 0.12 + 0.11 / root))
    }
    let larger = reference.count { $0 >= root * distance }
    return Double(1 + larger) / Double(1 + reference.count)
  }

  /// The distance that a right model exceeds with a probability of 5 %: by the reference; without one
  /// in large samples and with known parameters, 1.36/√n. Nil where there are no intervals, or less than
  /// 19 statistics of reference.
  public var band95: Double? { distanceBand(level: 0.95, known: 1.36) }
  /// The distance that a right model exceeds with a probability of 1 %: by the reference; without one
  /// in large samples and with known parameters, 1.63/√n. Nil where there are no intervals, or less than
  /// 99 statistics of reference.
  public var band99: Double? { distanceBand(level: 0.99, known: 1.63) }

  /// The coefficients of a right model lie within ± this value with a probability of 95 %,
  /// 1.96/√n; nil where there are no intervals.
  public var autocorrelationBand: Double? { band(1.96) }

  /// Of B + 1 statistics that are distributed alike, the last is above number ⌈level (B + 1)⌉ of the
  /// others with a probability of at most 1 − level.
  private func distanceBand(level: Double, known: Double) -> Double? {
    if reference.isEmpty { return band(known) }
    let rank = Int((level * Double(reference.count + 1) - 1e-9).rounded(.up))
    return rank <= reference.count ? band(reference[rank - 1]) : nil
  }

  private func band(_ factor: Double) -> Double? {
    count > 0 ? factor / Double(count).squareRoot() : nil
  }

  private static func distance(_ intervals: [Double]) -> Double? {
    let n = Double(intervals.count)
    return intervals.sorted().enumerated().map { index, interval in
      max((interval - Double(index) / n).magnitude, (Double(index + 1) / n - interval).magnitude)
    }.max()
  }

  /// Φ⁻¹(1 − e^{−ξ}), from the smaller tail, where 1 − e^{−ξ} would have no digits left. The bounds
  /// of ξ keep it finite for what the model holds to be impossible.
  private static func normalDeviate(_ intensity: Double) -> Double {
    let bounded = min(max(intensity, 1e-300), 700)
    return bounded < 0.5
      ? SpecialFunctions.normalQuantile(-Elementary.expm1(-bounded))
      : -SpecialFunctions.normalQuantile(Elementary.exponential(-bounded))
  }

  /// Σ (xᵢ − m)(xᵢ₊ₖ − m) / Σ (xᵢ − m)², m the mean.
  private static func autocorrelation(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    let deviations = values.map { $0 - mean }
    let power = deviations.reduce(0) { $0 + $1 * $1 }
    guard power > 0 else { return [] }
    return (1..<max(1, min(maximumLag + 1, values.count))).map { lag in
      zip(deviations, deviations.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / power
    }
  }
}

extension RescaledIntervals: CustomStringConvertible {
  /// "neuron 3: 120 intervals, KS distance 0.061, p = 0.73".
  public var description: String {
    "neuron \(neuron): \(counted(count, "interval"))"
      + (distance.map { ", KS distance \(brief($0, digits: 2))" } ?? "")
      + (pValue.map { ", p = \(brief($0, digits: 2))" } ?? "")
  }
}
