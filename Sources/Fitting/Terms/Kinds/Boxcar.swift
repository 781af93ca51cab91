public import SpikingFramework
internal import SpikingRecordings

/// A step of the drive from time to time: during a stimulation, a block, a state.
///
///     w · [t in an interval]
///
/// An interval holds the bins that begin in it, its ends rounded to the nearest edges of bins.
public struct Boxcar: Term {
  /// Intervals of the recording: a table, the rows of it that satisfy a condition, or an epoch, as `Recording.intervals(of:)`
  /// takes them.
  public var of: String?
  /// When a single interval begins, in ms, where `of` is nil.
  public var from: Double?
  /// When it ends, in ms.
  public var to: Double?

  public var defaultName: String { of ?? "boxcar" }

  /// No intervals, until some are given.
  public init() {}

  /// Intervals of the recording.
  public init(_ intervals: String) { of = intervals }

  /// One interval, in ms.
  public init(from start: Double, to stop: Double) { (from, to) = (start, stop) }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("of", &of)
    try visit("from", &from)
    try visit("to", &to)
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    var isOn = [Bool](repeating: false, count: recording.binCount)
    for bins in try intervals(in: recording) {
      for bin in bins { isOn[bin] = true }
    }
    let states = isOn
    return .sparse(
      SparseColumns(axes: [TermAxis(count: 1)]) { bins in
        SparseRowBlock(bins.map { states[$0] ? [(0, 1)] : [] })
      })
  }

  private func intervals(in recording: BinnedRecording) throws(SpikingError) -> [Range<Int>] {
    if let of, from == nil, to == nil {
      return try recording.session.intervals(of: of).intervals.map {
        recording.bins(from: $0.lowerBound, to: $0.upperBound)
      }
    }
    guard of == nil, let from, let to, from < to, from.isFinite, to.isFinite else {
      throw SpikingError(
        .invalidParameter, "boxcar",
        found: of == nil
          ? "from \(from.map { brief($0) } ?? "nothing") to \(to.map { brief($0) } ?? "nothing")"
          : "both intervals and times",
        expected: "intervals by name, or from a time in ms to a later one")
    }
    return [recording.bins(from: from, to: to)]
  }
}
