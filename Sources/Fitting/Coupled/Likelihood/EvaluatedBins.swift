internal import SpikingFramework

/// The bins whose spikes a fit explains: those of trials or of the whole recording, less the first ones
/// of each, whose history is not complete.
struct EvaluatedBins: Sendable {
  /// Ranges of bins, ascending.
  let ranges: [Range<Int>]
  /// The same in pieces that fit into the first caches.
  let blocks: [Range<Int>]
  /// The number of bins.
  let count: Int

  static let blockLength = 2048

  /// - Parameters:
  ///   - segments: trials; ascending, apart from each other.
  ///   - window: how many bins at the beginning of each are left out.
  init(
    _ segments: [Range<Int>], binCount: Int, window: Int
  ) throws(SpikingError) {
    var end = 0
    for (number, segment) in segments.enumerated() {
      guard segment.lowerBound >= end, segment.upperBound <= binCount else {
        throw SpikingError(
          .invalidParameter, "segments[\(number)]",
          found: "bins \(segment.lowerBound)..<\(segment.upperBound)",
          expected: "ascending ranges within 0..<\(binCount)")
      }
      end = segment.upperBound
    }
    self.init(
      ranges: segments.compactMap { segment in
        let start = segment.lowerBound + window
        return start < segment.upperBound ? start..<segment.upperBound : nil
      })
    guard count > 0 else {
      throw SpikingError(
        .invalidData, "recording", found: "\(binCount) bins",
        expected: "more than the \(window) whose history is not complete")
    }
  }

  /// Those of these bins that lie in some ranges, which ascend.
  func intersected(with others: [Range<Int>]) -> EvaluatedBins {
    EvaluatedBins(ranges: Segments.intersection(ranges, others))
  }

  private init(ranges: [Range<Int>]) {
    self.ranges = ranges
    blocks = ranges.flatMap { range in
      stride(from: range.lowerBound, to: range.upperBound, by: Self.blockLength).map {
        $0..<min($0 + Self.blockLength, range.upperBound)
      }
    }
    count = ranges.reduce(0) { $0 + $1.count }
  }

  /// These bins in `count` parts of nearly equal length, one after the other, for validation.
  func parts(_ count: Int) -> [EvaluatedBins] {
    (0..<count).map { part in
      slice(self.count * part / count..<self.count * (part + 1) / count)
    }
  }

  /// All of these bins but some others.
  func excluding(_ excluded: EvaluatedBins) -> EvaluatedBins {
    var rest: [Range<Int>] = []
    var start = 0
    for range in excluded.ranges {
      rest.append(start..<max(start, range.lowerBound))
      start = range.upperBound
    }
    rest.append(start..<max(start, ranges.last?.upperBound ?? 0))
    return intersected(with: rest)
  }

  /// Number `positions` of these bins.
  private func slice(_ positions: Range<Int>) -> EvaluatedBins {
    var passed = 0
    var slices: [Range<Int>] = []
    for range in ranges {
      let lower = max(positions.lowerBound - passed, 0)
      let upper = min(positions.upperBound - passed, range.count)
      if lower < upper { slices.append(range.lowerBound + lower..<range.lowerBound + upper) }
      passed += range.count
    }
    return EvaluatedBins(ranges: slices)
  }
}
