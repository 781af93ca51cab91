public import SpikingFramework

extension TimeSeries {
  /// The series in bins, as stimuli and covariates need it: for each channel the mean of the samples
  /// that fall into each bin.
  ///
  /// Bin b holds the samples of times start + b·w ≤ t < start + (b + 1)·w; a time that misses an edge
  /// by less than a millionth of a bin, as sums of steps do, is taken to lie on it. A bin without
  /// samples has the value of the last sample before it, also after the end of the series, and 0
  /// before the first. Samples that are not numbers (NaN) are gaps: they count as none.
  ///
  /// - Parameters:
  ///   - binWidth: the width w of a bin in ms.
  ///   - start: the start of the first bin in ms.
  ///   - binCount: the number of bins.
  /// - Returns: `binCount` means for each channel.
  /// - Throws: `invalidParameter` where the width is not positive, the start not finite, or the number
  ///   of bins negative.
  /// - Complexity: O(channels × (samples + bins)).
  public func sampled(
    binWidth: Double, start: Double = 0, binCount: Int
  ) throws(SpikingError) -> [[Double]] {
    guard binWidth > 0, binWidth.isFinite, start.isFinite, binCount >= 0 else {
      throw SpikingError(
        .invalidParameter, "bins", found: "\(binCount) of \(binWidth) ms from \(start) ms",
        expected: "a width > 0, a finite start and a number ≥ 0")
    }
    return (0..<channelCount).map { channel in
      means(channel, binWidth: binWidth, start: start, binCount: binCount)
    }
  }

  private func means(
    _ channel: Int, binWidth: Double, start: Double, binCount: Int
  ) -> [Double] {
    var means = [Double](repeating: 0, count: binCount)
    var held = 0.0
    // The bin that is being filled, its samples so far and their sum; bin −1 is all time before.
    var (bin, count, sum) = (-1, 0, 0.0)
    /// Fills what lies before bin `next`.
    func close(before next: Int) {
      if bin >= 0, count > 0 { means[bin] = sum / Double(count) }
      for empty in max(bin + (count > 0 ? 1 : 0), 0)..<max(next, 0) { means[empty] = held }
      (bin, count, sum) = (next, 0, 0)
    }
    for sample in 0..<sampleCount {
      let position = ((time(ofSample: sample) - start) / binWidth + 1e-6).rounded(.down)
      guard position < Double(binCount) else { break }
      if position > Double(bin) { close(before: Int(position)) }
      let value = values[sample * channelCount + channel]
      guard !value.isNaN else { continue }
      (count, sum, held) = (count + 1, sum + value, value)
    }
    close(before: binCount)
    return means
  }
}
