internal import Foundation
public import SpikingFramework

extension TimeSeries {
  /// The series in bins, as stimuli and covariates need it: for each channel the mean of the samples
  /// that fall into each bin, NaN where the series has no value.
  ///
  /// Bin b holds the samples of times start + b·w ≤ t < start + (b + 1)·w; a time that misses an edge
  /// by less than a millionth of a bin, as sums of steps do, is taken to lie on it (`BinRule`). A sample lasts
  /// until the next one, and the last one as long as the step before it: bins without samples have the
  /// value of the one that lasts into them. Before the first sample, after the last one has ended, and where
  /// samples are not numbers (NaN) there is no value; nor is there, where a longest gap is given, later than it
  /// after a sample. `Segments.withValues(of:binCount:)` gives the bins that can be fitted.
  ///
  /// Angles (`turn`) are averaged around the circle, atan2(Σ sin, Σ cos), where those of the channel span
  /// one turn at most: more is an angle that was unwrapped, and averaged as it is. (Fisher 1993, Statistical
  /// Analysis of Circular Data.)
  ///
  /// - Parameters:
  ///   - binWidth: the width w of a bin in ms.
  ///   - start: the start of the first bin in ms.
  ///   - binCount: the number of bins.
  ///   - longestGap: for how long a sample lasts at most, in ms.
  /// - Returns: `binCount` means for each channel.
  /// - Throws: `invalidParameter` where the width, the longest gap or the turn is not positive, the start not
  ///   finite, or the number of bins negative.
  /// - Complexity: O(channels × (samples + bins)).
  public func sampled(
    binWidth: Double, start: Double = 0, binCount: Int, longestGap: Double = .infinity
  ) throws(SpikingError) -> [[Double]] {
    guard binWidth > 0, binWidth.isFinite, start.isFinite, binCount >= 0 else {
      throw SpikingError(
        .invalidParameter, "bins",
        found: "\(binCount) of \(binWidth) ms from \(inMilliseconds(start))",
        expected: "a width > 0, a finite start and a number ≥ 0")
    }
    for (name, value) in [("longestGap", longestGap), ("turn", turn ?? 1)] where !(value > 0) {
      throw SpikingError(.invalidParameter, name, found: value, expected: "a number > 0")
    }
    let stop = start + Double(binCount) * binWidth
    let rule = BinRule(width: binWidth, largestTime: max(start.magnitude, stop.magnitude))
    return (0..<channelCount).map { channel in
      var bins = MeanBins(
        circle: circle(of: channel), rule: rule, start: start, binCount: binCount)
      for sample in 0..<sampleCount {
        let time = time(ofSample: sample)
        guard bins.add(values[sample * channelCount + channel], at: time, lasting: longestGap)
        else { break }
      }
      return bins.finish(lasting: min(lastStep, longestGap))
    }
  }

  /// How long the last sample lasts.
  private var lastStep: Double {
    switch times {
    case .regular(_, let step): step
    case .stamps(let stamps):
      stamps.count > 1 ? stamps[stamps.count - 1] - stamps[stamps.count - 2] : 0
    }
  }

  /// Where the values of a channel lie on a circle; nil where they are no angles, or span more than one turn.
  private func circle(of channel: Int) -> Circle? {
    guard let turn else { return nil }
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for index in stride(from: channel, to: values.count, by: channelCount)
    where !values[index].isNaN {
      (least, greatest) = (min(least, values[index]), max(greatest, values[index]))
    }
    // Single precision rounds 2π up.
    let limit = turn * (1 + 1e-6)
    guard greatest - least <= limit else { return nil }
    if least >= 0, greatest <= limit { return Circle(turn: turn, start: 0) }
    let isCentred = least >= -limit / 2 && greatest <= limit / 2
    return Circle(turn: turn, start: isCentred ? -turn / 2 : least)
  }
}

/// Angles from `start` to one turn more.
private struct Circle {
  let turn: Double
  let start: Double

  /// The direction of a sum of unit vectors; NaN where they cancel.
  func direction(sine: Double, cosine: Double, count: Int) -> Double {
    guard sine * sine + cosine * cosine > 1e-18 * Double(count * count) else { return .nan }
    let angle = atan2(sine, cosine) / (2 * .pi) * turn
    let rest = (angle - start).truncatingRemainder(dividingBy: turn)
    let wrapped = start + (rest < 0 ? rest + turn : rest)
    return wrapped < start + turn ? wrapped : start
  }
}

/// The means of bins as samples come, in the order of their times.
private struct MeanBins {
  let circle: Circle?
  let rule: BinRule
  let start: Double
  private var means: [Double]
  /// The bin that is being filled, −1 for all time before, and its samples so far.
  private var (bin, count, sum, sine, cosine) = (-1, 0, 0.0, 0.0, 0.0)
  /// The last sample, and until when it lasts.
  private var (held, end) = (Double.nan, -Double.infinity)
  private var lastTime = -Double.infinity

  init(circle: Circle?, rule: BinRule, start: Double, binCount: Int) {
    self.circle = circle
    self.rule = rule
    self.start = start
    means = [Double](repeating: .nan, count: binCount)
  }

  /// - Returns: whether the sample lies before the end of the bins.
  mutating func add(_ value: Double, at time: Double, lasting duration: Double) -> Bool {
    let delay = time - start
    let position = delay < -rule.slack ? -1 : rule.bin(of: delay, limit: means.count)
    if position > bin { close(before: position) }
    guard position < means.count else { return false }
    (held, end, lastTime) = (value, time + duration, time)
    if value.isNaN { return true }
    count += 1
    sum += value
    if let circle {
      let angle = value / circle.turn * 2 * .pi
      (sine, cosine) = (sine + sin(angle), cosine + cos(angle))
    }
    return true
  }

  mutating func finish(lasting duration: Double) -> [Double] {
    // Where a later sample ended the bins, they are full.
    if bin < means.count {
      end = lastTime + duration
      close(before: means.count)
    }
    return means
  }

  /// Fills what lies before bin `next`.
  private mutating func close(before next: Int) {
    if bin >= 0, count > 0 { means[bin] = mean }
    let last = ((end - start - rule.slack) / rule.width).rounded(.up)
    let limit = last < Double(next) ? Int(max(last, 0)) : next
    let first = max(bin + 1, 0)
    if first < limit { for empty in first..<limit { means[empty] = held } }
    (bin, count, sum, sine, cosine) = (next, 0, 0, 0, 0)
  }

  private var mean: Double {
    guard let circle, count > 1 else { return sum / Double(count) }
    return circle.direction(sine: sine, cosine: cosine, count: count)
  }
}
