public import SpikingFramework
internal import SpikingModels
internal import SpikingRecordings

/// A kernel around each event, before and after it.
///
///     Σ_events a_e Σ_b w_b basis_b(t − t_e − from)
///
/// Lag 0 of the basis is the bin of the event, or where `from` is given the bin that lies so far behind it, or before where it
/// is negative. Kernels of events that follow each other soon add up. With `scaledBy` each is multiplied by a number a_e of its
/// trial, else a_e = 1; with `by` there is a kernel for each category of trials.
public struct Event: Term {
  /// The events: `licks`, `trials.cue_time`, or `trials.cue_time where side == left`.
  public var of: String
  /// The functions of the lag in bins.
  public var basis: any Basis
  /// When the kernel begins, in ms after the event; nil for 0.
  public var from: Double?
  /// A column of numbers of the table of the events; nil for 1.
  public var scaledBy: String?
  /// A column of the table of the events; nil for one kernel.
  public var by: String?
  /// The categories, in the order of their weights; all that the recording of the fit has, where empty.
  public var levels: [String] = []

  public var defaultName: String {
    of + (scaledBy.map { "_\($0)" } ?? "") + (by.map { "_by_\($0)" } ?? "")
  }

  /// A kernel that is a sum of the functions of a basis.
  public init(
    _ events: String, _ basis: any Basis, from: Double? = nil, scaledBy: String? = nil,
    by: String? = nil
  ) {
    of = events
    self.basis = basis
    self.from = from
    self.scaledBy = scaledBy
    self.by = by
  }

  public mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
    try visit("of", &of)
    try visit("basis", &basis)
    try visit("from", &from)
    try visit("scaledBy", &scaledBy)
    try visit("by", &by)
    try visit("levels", &levels)
  }

  public mutating func resolve(in recording: BinnedRecording) throws(SpikingError) {
    guard let by, levels.isEmpty else { return }
    let events = try recording.events(of)
    let texts = try recording.column(by, of: events.table, of).texts
    levels = Set(zip(texts, events.times).filter { !$0.0.isEmpty && !$0.1.isNaN }.map(\.0)).sorted()
  }

  public func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
    let matrix = try BasisMatrix(basis)
    let (placed, missing) = try placed(in: recording)
    let outside = placed.count {
      $0.first >= recording.binCount || $0.first + matrix.window <= 0
    }
    let kernels = Kernels(matrix, categoryCount: by == nil ? 1 : levels.count)
    return .sparse(try columns(kernels, placed, missing: missing, outside: outside, recording))
  }

  /// When the kernel of an event begins, whose category it has, and what it is multiplied with.
  struct Kernel {
    /// The bin, which may lie outside the recording.
    let first: Int
    let category: Int
    let scale: Double
  }

  /// The kernels of all events.
  func kernels(in recording: BinnedRecording) throws(SpikingError) -> [Kernel] {
    try placed(in: recording).kernels
  }

  /// The kernels, and how many events have none.
  private func placed(
    in recording: BinnedRecording
  ) throws(SpikingError) -> (kernels: [Kernel], missing: Int) {
    let events = try recording.events(of)
    let scales = try scaledBy.map { name throws(SpikingError) in
      try numbers(name, of: events, recording)
    }
    let categories = try by.map { name throws(SpikingError) in
      try recording.column(name, of: events.table, of).texts
    }
    let shift = ((from ?? 0) / recording.dt).rounded()
    guard abs(shift) <= Double(BinnedSpikes.maximumBinCount) else {
      throw SpikingError(
        .invalidParameter, "\(of): from", found: from ?? 0, expected: "a time in ms near the event")
    }
    var (placed, missing) = ([Kernel](), 0)
    for (row, time) in events.times.enumerated() {
      let scale = scales?[row] ?? 1
      let category = categories.map { levels.firstIndex(of: $0[row]) } ?? 0
      guard !time.isNaN, !scale.isNaN, let category else {
        missing += 1
        continue
      }
      let first = try recording.bin(of: time) + Int(shift)
      placed.append(Kernel(first: first, category: category, scale: scale))
    }
    return (placed, missing)
  }

  private func columns(
    _ kernels: Kernels, _ events: [Kernel], missing: Int, outside: Int,
    _ recording: BinnedRecording
  ) throws(SpikingError) -> SparseColumns {
    let count = events.count + missing
    let span = inMilliseconds(recording.origin, to: recording.time(ofBin: recording.binCount))
    guard events.count > outside else {
      throw SpikingError(
        .invalidData, "\(recording.session.source): \(of)",
        found: "none of \(counted(count, "event")) within the recording",
        expected: "times in \(span)")
    }
    var notices: [String] = []
    if missing > 0 {
      notices.append(
        "\(of): \(missing) of \(counted(count, "event")) without a time, number or known category left out"
      )
    }
    if outside > 0 {
      notices.append(
        "\(of): \(outside) of \(counted(count, "event")) outside the recording, \(span)")
    }
    let sorted = events.sorted { $0.first < $1.first }
    return SparseColumns(axes: kernels.axes(isDivided: by != nil), notices: notices) { bins in
      kernels.rows(bins, sorted)
    }
  }

  private func numbers(
    _ name: String, of events: RecordedEvents, _ recording: BinnedRecording
  ) throws(SpikingError) -> [Double] {
    guard let numbers = try recording.column(name, of: events.table, of).numbers else {
      throw SpikingError(.invalidData, "\(of): \(name)", found: "texts", expected: "numbers")
    }
    return numbers
  }
}

/// Kernels of events, one for each category.
private struct Kernels: Sendable {
  let basis: BasisMatrix
  let categoryCount: Int

  init(_ basis: BasisMatrix, categoryCount: Int) {
    self.basis = basis
    self.categoryCount = categoryCount
  }

  func axes(isDivided: Bool) -> [TermAxis] {
    (isDivided ? [TermAxis(count: categoryCount, isOrdered: false)] : [])
      + [TermAxis(count: basis.count)]
  }

  /// - Parameter events: in the order of the bins in which their kernels begin.
  func rows(_ bins: Range<Int>, _ events: [Event.Kernel]) -> SparseRowBlock {
    var entries = [[(weight: Int, factor: Double)]](repeating: [], count: bins.count)
    let start = events.firstPosition { $0.first > bins.lowerBound - basis.window }
    for event in events[start...] {
      if event.first >= bins.upperBound { break }
      for lag in max(
        bins.lowerBound - event.first, 0)..<min(basis.window, bins.upperBound - event.first)
      {
        for (function, value) in basis.values(at: lag).enumerated() where value != 0 {
          entries[event.first + lag - bins.lowerBound].append(
            (event.category * basis.count + function, event.scale * value))
        }
      }
    }
    return SparseRowBlock(entries)
  }
}
