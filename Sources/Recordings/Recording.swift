public import SpikingFramework

/// A session: what was recorded of an experiment, and when.
///
/// Spikes by unit with a table of the units, when each was observed, trials and other intervals, events, and series such
/// as positions and stimuli, whose data are read when they are asked for. All times are in ms on the clock of the file;
/// `origin` says which moment is 0.
///
/// ```swift
/// let session = try Recording(contentsOf: "session.nwb")
/// let awake = try session.units(where: "location == ADN and quality == good")
///   .during("wake")
/// let direction = try awake.series(named: "head_direction").load()
/// ```
public struct Recording: Sendable {
  /// Where it comes from: the path of a file.
  public var source: String
  /// The spikes of the units, a neuron each; none where the file has series alone.
  public internal(set) var spikes: SpikeTrains
  /// The spikes as counts in bins, where the file has these and not times.
  public internal(set) var bins: BinnedSpikes?
  /// Whether the source says when its units were observed; where it does not, they count as observed from start to stop.
  public internal(set) var hasObservations: Bool
  /// What is known of the units: a row for each neuron of `spikes`.
  public internal(set) var units: Table
  /// Trials and other intervals, by name.
  public internal(set) var intervals: [IntervalTable]
  /// Times in ms with names, ascending: cues, licks.
  public var events: [Events]
  /// Values in time.
  public var series: [RecordedSeries]
  /// The moment of time 0 as the file says it, as "2021-04-05T14:13:02+02:00"; nil where it does not.
  public var origin: String?
  /// What was odd when the file was read, and what was done about it.
  public var notices: [Irregularity]

  /// Times of events.
  public struct Events: Hashable, Sendable {
    /// What happens then.
    public let name: String
    /// In ms, ascending.
    public let times: [Double]

    /// Events at times in ms, in any order.
    public init(_ name: String, times: [Double]) {
      self.name = name
      self.times = times.sorted()
    }
  }

  /// A recording of spikes, with what is known beside them.
  ///
  /// - Throws: `invalidData` where there is not a row for each unit, or two intervals, events or series have one name.
  public init(
    _ spikes: SpikeTrains, units: Table? = nil, intervals: [IntervalTable] = [],
    events: [Events] = [], series: [RecordedSeries] = [], origin: String? = nil,
    hasObservations: Bool? = nil, source: String = "recording", notices: [Irregularity] = []
  ) throws(SpikingError) {
    let units = units ?? Table(rowCount: spikes.neuronCount)
    guard units.rowCount == spikes.neuronCount else {
      throw SpikingError(
        .invalidData, "units", found: "\(units.rowCount) rows",
        expected: "one for each of \(spikes.neuronCount) neurons")
    }
    for names in [intervals.map(\.name), events.map(\.name), series.map(\.path)] {
      guard Set(names).count == names.count else {
        throw SpikingError(.invalidData, source, "a name comes twice among \(names)")
      }
    }
    self.source = source
    self.spikes = spikes
    self.hasObservations = hasObservations ?? !spikes.observations.isEmpty
    self.units = units
    self.intervals = intervals
    self.events = events
    self.series = series
    self.origin = origin
    self.notices = notices
  }

  /// A recording of spikes that were counted in bins, as those of a simulation are: the first bin begins at 0.
  public init(_ bins: BinnedSpikes, source: String = "recording") {
    let spikes = bins.spikeTrains
    self.source = source
    self.spikes = spikes
    self.bins = bins
    hasObservations = true
    units = Table(rowCount: spikes.neuronCount)
    (intervals, events, series, notices) = ([], [], [], [])
  }

  /// The number of units.
  public var unitCount: Int { spikes.neuronCount }

  /// Trials and other intervals by their name; nil where there are none of it.
  public func intervals(named name: String) -> IntervalTable? {
    intervals.first { $0.name == name }
  }
}

extension Recording: CustomStringConvertible {
  /// That of the spikes, and how many intervals, events and series there are.
  public var description: String {
    var parts = [spikes.description]
    if !intervals.isEmpty { parts.append(counted(intervals.count, "table") + " of intervals") }
    if !events.isEmpty { parts.append(counted(events.count, "list") + " of events") }
    if !series.isEmpty { parts.append("\(series.count) series") }
    return parts.joined(separator: ", ")
  }
}
