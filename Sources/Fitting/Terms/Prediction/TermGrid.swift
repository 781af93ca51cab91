public import SpikingFramework
internal import SpikingRecordings

/// The points at which the part that a term has in the drive is looked at: values of its covariates, lags after its events, or
/// its categories; and which bins of a recording lie at each.
///
/// The values of a covariate are the middles of equal parts of its range: 48 of one, 24 × 24 of two, 12³ of three.
public struct TermGrid: Sendable {
  /// One direction of the grid.
  public struct Axis: Hashable, Sendable {
    /// What it shows: the name of a covariate, a column or events.
    public let name: String
    /// The values in the unit of the covariate, lags and times in ms; numbers from 0 on of categories.
    public let values: [Double]
    /// The categories; empty where there are none.
    public let labels: [String]
    /// Whether the values are lags after events.
    public let isLag: Bool

    init(_ name: String, values: [Double], isLag: Bool = false) {
      (self.name, self.values, self.labels, self.isLag) = (name, values, [], isLag)
    }

    init(_ name: String, labels: [String]) {
      self.init(name: name, values: labels.indices.map(Double.init), labels: labels, isLag: false)
    }

    private init(name: String, values: [Double], labels: [String], isLag: Bool) {
      (self.name, self.values, self.labels, self.isLag) = (name, values, labels, isLag)
    }
  }

  /// What multiplies a weight at a point.
  typealias Entry = (weight: Int, factor: Double)

  /// The name of the term.
  public let term: String
  /// The axes, the last fastest.
  public private(set) var axes: [Axis] = []
  /// The entries of each point.
  private(set) var rows: [[Entry]] = [[(0, 1)]]
  /// Bins, each with the point at which it lies; a bin may lie at several, as after two events.
  private(set) var bins: [UInt32] = []
  private(set) var points: [UInt32] = []

  /// The number of points.
  public var count: Int { rows.count }

  /// The grids of all terms of a design that have one.
  ///
  /// - Throws: what the terms throw, each naming itself.
  public static func all(
    of design: Design, in recording: BinnedRecording
  ) throws(SpikingError) -> [TermGrid] {
    var grids: [TermGrid] = []
    for part in design.parts {
      do throws(SpikingError) {
        if let grid = try TermGrid(part, in: recording) { grids.append(grid) }
      } catch {
        throw error.within("term \(part.name)")
      }
    }
    return grids
  }

  /// The grid of a tuning to at most three covariates, a drift, events or categories; nil of other terms.
  ///
  /// - Throws: as `Term.columns(in:)`.
  /// - Complexity: O(bins), of events O(events · window).
  public init?(_ part: Design.Part, in recording: BinnedRecording) throws(SpikingError) {
    term = part.name
    switch part.term {
    case let tuning as Tuning:
      // A grid of more directions has more points than anyone looks at.
      guard tuning.of.count <= 3 else { return nil }
      try add(tuning, in: recording)
    case let drift as Drift:
      let times = (0..<recording.binCount).map { recording.time(ofBin: $0) + recording.dt / 2 }
      var places = [Int?](repeating: 0, count: recording.binCount)
      add("time (ms)", drift.basis[0], times, &places, count: 48)
      setBins(places)
    case let event as Event: try add(event, in: recording)
    case let category as Category:
      let categories = try recording.categories(category.of, levels: category.levels)
      let codes = try category.codes(categories.levels)
      axes = [Axis(category.of, labels: categories.levels)]
      rows = codes
      setBins(categories.ofBins)
    default: return nil
    }
  }

  private mutating func add(
    _ tuning: Tuning, in recording: BinnedRecording
  ) throws(SpikingError) {
    var places = [Int?](repeating: 0, count: recording.binCount)
    if let by = tuning.by {
      let categories = try recording.categories(by, levels: tuning.levels)
      let levels = categories.levels
      multiply(
        by: Axis(by, labels: levels), levels.indices.map { [($0, 1)] }, weights: levels.count)
      places = categories.ofBins
    }
    let count = [1: 48, 2: 24][tuning.of.count] ?? 12
    for (name, basis) in zip(tuning.of, tuning.basis) {
      add(name, basis, try recording.covariate(name), &places, count: count)
    }
    setBins(places)
  }

  /// Adds an axis of the values of a covariate.
  private mutating func add(
    _ name: String, _ basis: ValueBasis, _ values: [Double], _ places: inout [Int?], count: Int
  ) {
    let (start, length) = (basis.range.lowerBound, basis.range.upperBound - basis.range.lowerBound)
    let middles = (0..<count).map { start + (Double($0) + 0.5) / Double(count) * length }
    let entries = middles.map { value in
      (basis.values(at: value) ?? []).enumerated().filter { $0.element != 0 }.map {
        (weight: $0.offset, factor: $0.element)
      }
    }
    multiply(by: Axis(name, values: middles), entries, weights: basis.count)
    for bin in places.indices {
      guard let place = places[bin], bin < values.count,
        let position = basis.position(of: values[bin])
      else {
        places[bin] = nil
        continue
      }
      places[bin] = place * count + min(Int(position * Double(count)), count - 1)
    }
  }

  private mutating func add(_ event: Event, in recording: BinnedRecording) throws(SpikingError) {
    let matrix = try BasisMatrix(event.basis)
    let placed = try event.kernels(in: recording)
    if let by = event.by {
      multiply(
        by: Axis(by, labels: event.levels), event.levels.indices.map { [($0, 1)] },
        weights: event.levels.count)
    }
    let first = ((event.from ?? 0) / recording.dt).rounded()
    multiply(
      by: Axis(
        event.of, values: (0..<matrix.window).map { (first + Double($0)) * recording.dt },
        isLag: true),
      (0..<matrix.window).map { lag in
        matrix.values(at: lag).enumerated().map { ($0.offset, $0.element) }
      }, weights: matrix.count)
    for kernel in placed {
      for lag in 0..<matrix.window {
        let bin = kernel.first + lag
        guard 0..<recording.binCount ~= bin else { continue }
        bins.append(UInt32(bin))
        points.append(UInt32(kernel.category * matrix.window + lag))
      }
    }
  }

  /// Adds an axis, whose weights run faster than those before.
  private mutating func multiply(by axis: Axis, _ entries: [[Entry]], weights: Int) {
    axes.append(axis)
    rows = rows.flatMap { row in
      entries.map { own in
        row.flatMap { one in
          own.map { (one.weight * weights + $0.weight, one.factor * $0.factor) }
        }
      }
    }
  }

  private mutating func setBins(_ places: [Int?]) {
    for (bin, place) in places.enumerated() {
      guard let place else { continue }
      bins.append(UInt32(bin))
      points.append(UInt32(place))
    }
  }
}
