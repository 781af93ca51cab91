import Spiking

extension Recording {
  // BEGIN TUTORIAL
  /// The session with what its file does not say: when the rat ran from one end of the track to the other, and how fast it was.
  public func withRuns() throws -> Recording {
    let position = try series(named: "position").load()
    let samples = 0..<position.sampleCount
    let times = samples.map { position.time(ofSample: $0) }
    let places = samples.map { position.values[position.channelCount * $0] }

    // From the last moment at one end to the first at the other, unless that takes 12 s.
    var runs: [(interval: ClosedRange<Double>, direction: String)] = []
    var last: (time: Double, end: String)?
    for (time, place) in zip(times, places) where place < 160 || place > 450 {
      let end = place < 160 ? "left" : "right"
      if let last, last.end != end, time - last.time < 12_000 {
        runs.append((last.time...time, end))
      }
      last = (time, end)
    }
    // Over the 15 samples, a quarter of a second, before and after each.
    let speed = samples.map { sample in
      let (first, last) = (max(sample - 15, 0), min(sample + 15, samples.count - 1))
      return abs(places[last] - places[first]) / (times[last] - times[first]) * 1000
    }
    var session = self
    try session.add(
      IntervalTable(
        name: "runs", intervals: runs.map(\.interval),
        table: Table([Column("direction", .texts(runs.map(\.direction)))])))
    try session.add(
      RecordedSeries("speed", TimeSeries(values: speed, times: position.times, unit: "pixels/s")))
    return session
  }
  // END TUTORIAL
}

/// Units of a rat's hippocampus while it runs along a linear track: do they care where it is, and which way it runs?
public struct LinearTrack: Sendable {
  /// The session with its runs.
  public let session: Recording
  /// The same in bins of 25 ms.
  public let track: BinnedRecording
  /// The units with 50 spikes or more during the runs.
  public let units: [Int]
  /// History, place by direction and speed.
  public let design: Design

  /// Reads `linear_track.nwb` of a folder.
  public init(folder: String) throws {
    let path = "\(folder)/linear_track.nwb"
    // BEGIN TUTORIAL
    let session = try Recording(contentsOf: path).withRuns()
    let units = try session.during("runs").rows(where: Condition("spikes >= 50"))
    let track = try session.binned(width: 25)
    // END TUTORIAL
    self.session = session
    self.units = units
    self.track = track
    // BEGIN TUTORIAL
    let alongTrack = BSplineBasis(count: 12, window: 12).over(160...450)
    let speeds = BSplineBasis(count: 5, window: 5).over(0...160)
    let smooth = Penalty(ridge: 1e-5, smooth: 1e-4)
    let design = Design {
      History(RaisedCosineLogBasis(count: 4, window: 10)).penalized(Penalty(ridge: 1e-5))
      Tuning("position.0", alongTrack, by: "runs.direction").named("place").penalized(smooth)
      Tuning("speed", speeds).penalized(smooth)
    }
    // END TUTORIAL
    self.design = design
  }

  /// What each of four designs knows of held-out spikes: that without place, and three of where the rat is.
  public func places() async throws -> DesignComparison {
    let (design, units, track) = (self.design, self.units, self.track)
    // BEGIN TUTORIAL
    let past = design.removing("place").removing("speed")
    let place = Tuning("position.0", BSplineBasis(count: 12, window: 12).over(160...450))
      .penalized(Penalty(ridge: 1e-5, smooth: 1e-4))
    let direction = Category("runs.direction").penalized(Penalty(ridge: 1e-5))
    var comparer = DesignComparer()
    comparer.neurons = units
    let comparison = try await comparer.compare(
      [
        ComparedDesign(past, named: "history"),
        ComparedDesign(Design(past.parts + [place]), named: "place"),
        ComparedDesign(Design(past.parts + [place, direction]), named: "place + direction"),
        ComparedDesign(design.removing("speed"), named: "place by direction"),
      ], in: track)
    // END TUTORIAL
    return comparison
  }

  /// What is lost without each of the terms, and which of them each unit needs.
  public func terms() async throws -> (dropped: DesignComparison, selected: TermSelection) {
    let (design, units, track) = (self.design, self.units, self.track)
    var comparer = DesignComparer()
    comparer.neurons = units
    // BEGIN TUTORIAL
    let dropped = try await comparer.compare(design.droppingEach, in: track)
    let selected = try await comparer.select(from: design, keeping: ["history"], in: track)
    // END TUTORIAL
    return (dropped, selected)
  }
}
