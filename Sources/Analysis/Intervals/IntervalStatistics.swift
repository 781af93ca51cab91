public import SpikingFramework

/// How fast and how regularly every neuron fires, by its interspike intervals I₁ … Iₙ.
///
/// | statistic | formula | source |
/// | --- | --- | --- |
/// | CV | sd(I) / mean(I), population standard deviation | |
/// | CV2 | 1/(n−1) Σ 2\|Iᵢ₊₁ − Iᵢ\| / S | Holt et al. 1996, J Neurophysiol 75:1806 |
/// | LV | 3/(n−1) Σ ((Iᵢ − Iᵢ₊₁) / S)² | Shinomoto et al. 2003, Neural Comput 15:2823 |
/// | LvR | 3/(n−1) Σ (1 − 4 Iᵢ Iᵢ₊₁ / S²)(1 + 4R / S) | Shinomoto et al. 2009, PLoS Comput Biol
/// 5:e1000433 |
///
/// S = Iᵢ + Iᵢ₊₁. All four are 0 for a clock; CV, CV2 and LV are 1 on average for a Poisson
/// process. They need two intervals and are undefined with fewer. Two successive intervals of zero
/// (three spikes in one bin) have no ratio: such a pair is left out of the mean.
///
/// A pause in which a neuron was not observed is no interval, and intervals before and after one are not
/// successive. Spikes outside the observed time do not count.
public struct IntervalStatistics: Analyzer, Hashable {
  /// R of LvR, the refractoriness that is made up for, in ms.
  public var refractoriness: Double

  /// Statistics with LvR at R = `refractoriness` ms.
  public init(refractoriness: Double = 5) {
    self.refractoriness = refractoriness
  }

  /// What is known of one neuron; nil where it is undefined.
  public struct Neuron: Codable, Hashable, Sendable {
    /// The number of the neuron.
    public let neuron: Int
    /// The number of its spikes while it was observed.
    public let spikes: Int
    /// Spikes over the time for which it was observed, in Hz.
    public let rate: Double?
    /// The mean interval in ms.
    public let meanInterval: Double?
    /// The coefficient of variation of the intervals.
    public let cv: Double?
    /// The coefficient of variation of neighbouring intervals.
    public let cv2: Double?
    /// The local variation.
    public let lv: Double?
    /// The local variation made up for refractoriness.
    public let lvR: Double?
  }

  /// The statistics of each neuron.
  ///
  /// - Throws: `invalidParameter` where R is negative or not finite.
  /// - Complexity: O(spikes).
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> [Neuron] {
    try check("refractoriness", refractoriness, in: .nonnegative)
    return (0..<recording.neuronCount).map { neuron in
      let spikes = recording.observedSpikeCount(of: neuron)
      let duration = recording.observedDuration(of: neuron)
      let stretches = recording.intervals(of: neuron)
      let intervals = Array(stretches.joined())
      let mean = Self.mean(intervals)
      return Neuron(
        neuron: neuron, spikes: spikes,
        rate: duration > 0 ? Double(spikes) / duration * 1000 : nil,
        meanInterval: mean, cv: Self.cv(intervals, mean: mean),
        cv2: Self.pairMean(stretches) { 2 * ($1 - $0).magnitude / ($0 + $1) },
        lv: Self.pairMean(stretches) { 3 * Self.squared(($0 - $1) / ($0 + $1)) },
        lvR: Self.pairMean(stretches) {
          // 1 − 4ab/S² = ((a − b)/S)², which does not cancel.
          3 * Self.squared(($0 - $1) / ($0 + $1)) * (1 + 4 * refractoriness / ($0 + $1))
        })
    }
  }

  private static func cv(_ intervals: [Double], mean: Double?) -> Double? {
    guard let mean, mean > 0, intervals.count > 1 else { return nil }
    let squares = intervals.reduce(0) { $0 + squared($1 - mean) }
    return (squares / Double(intervals.count)).squareRoot() / mean
  }

  /// The mean of `term` over neighbouring intervals that are not both zero.
  private static func pairMean(
    _ stretches: [[Double]], _ term: (Double, Double) -> Double
  ) -> Double? {
    mean(
      stretches.flatMap { intervals in
        zip(intervals, intervals.dropFirst()).filter { $0 + $1 > 0 }.map { term($0, $1) }
      })
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  private static func squared(_ value: Double) -> Double { value * value }
}

extension IntervalStatistics.Neuron: CustomStringConvertible {
  /// "neuron 3: 120 spikes, rate 6.0 Hz, mean interval 165 ms, CV 0.98, CV2 1.01, LV 0.97, LvR 1.12", without what
  /// is undefined.
  public var description: String {
    let values: [(name: String, value: Double?, digits: Int, unit: String)] = [
      ("rate", rate, 2, " Hz"), ("mean interval", meanInterval, 3, " ms"), ("CV", cv, 3, ""),
      ("CV2", cv2, 3, ""), ("LV", lv, 3, ""), ("LvR", lvR, 3, ""),
    ]
    return "neuron \(neuron): \(counted(spikes, "spike"))"
      + values.compactMap { name, value, digits, unit in
        value.map { ", \(name) \(brief($0, digits: digits))\(unit)" }
      }.joined()
  }
}
