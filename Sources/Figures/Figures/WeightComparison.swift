internal import Foundation
internal import SpikingAnalysis

/// What there is to say of true and estimated weights.
struct WeightComparison {
  /// A weight and its estimate.
  struct Pair {
    let truth: Double
    let estimated: Double
    /// The 95 % interval; nil where the standard error is not known.
    let interval: ClosedRange<Double>?
  }

  /// The weights whose estimates are finite.
  let pairs: [Pair]
  private let total: Int

  init(trueWeights: [Double], estimatedWeights: [Double], standardErrors: [Double?]) {
    total = trueWeights.count
    let deviate = WaldInterval.deviate()
    pairs = trueWeights.indices.compactMap { index in
      let estimated = estimatedWeights[index]
      guard estimated.isFinite else { return nil }
      let error = standardErrors.isEmpty ? nil : standardErrors[index]
      let interval = error.flatMap { error -> ClosedRange<Double>? in
        let half = deviate * error
        return half.isFinite && half >= 0 ? estimated - half...estimated + half : nil
      }
      return Pair(truth: trueWeights[index], estimated: estimated, interval: interval)
    }
  }

  /// All true weights, and the estimates but for the most extreme hundredth of many, which may be
  /// those of synapses that the data say nothing of; with a margin.
  var axisRange: ClosedRange<Double> {
    let estimates = pairs.map(\.estimated).sorted()
    let truths = pairs.map(\.truth)
    let cut = estimates.count / 200
    guard let least = truths.min(), let most = truths.max() else { return -1...1 }
    let lower = min(least, estimates[cut])
    let upper = max(most, estimates[estimates.count - 1 - cut])
    let margin = 0.06 * (upper - lower)
    return lower - margin...upper + margin
  }

  /// How many, how they are correlated, and how many intervals contain the truth.
  var summary: String {
    var parts = [counted(pairs.count, "weight")]
    let range = axisRange
    let hidden = total - pairs.count + pairs.count { !range.contains($0.estimated) }
    if hidden > 0 { parts.append("\(grouped(hidden)) not shown") }
    if let correlation = pearsonCorrelation(pairs.map(\.truth), pairs.map(\.estimated)) {
      parts.append("r = \(rounded(correlation))")
    }
    let intervals = pairs.filter { $0.interval != nil }
    if !intervals.isEmpty {
      let hits = intervals.count { $0.interval?.contains($0.truth) == true }
      let percentage = String(format: "%.1f", 100 * Double(hits) / Double(intervals.count))
      parts.append("\(percentage) % within 95 % intervals (bars)")
    }
    return parts.joined(separator: ", ")
  }
}
