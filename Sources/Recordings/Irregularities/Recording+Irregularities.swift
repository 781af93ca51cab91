public import SpikingFramework

extension Recording {
  /// All that is odd: what was found on reading, and what its spikes, observations and series show. `Irregularity.Kind` says
  /// what counts as odd.
  ///
  /// - Parameter largestSeries: the values of longer series are not read, which a line says.
  /// - Throws: as the reader of the file where it can no longer be read.
  /// - Complexity: O(spikes · log spikes + values of series).
  public func irregularities(largestSeries: Int = 1 << 22) throws(SpikingError) -> [Irregularity] {
    var found = notices
    found += SpikeIrregularities(spikes, binWidth: bins?.dt).found
    for series in series { found += try series.irregularities(largest: largestSeries) }
    return found
  }
}

/// What is odd about spikes.
struct SpikeIrregularities {
  private let spikes: SpikeTrains
  private(set) var found: [Irregularity] = []

  /// - Parameter binWidth: that of spikes that were counted in bins, in ms, whose times say no more.
  init(_ spikes: SpikeTrains, binWidth: Double?) {
    self.spikes = spikes
    guard spikes.neuronCount > 0 else { return }
    findOrigin()
    findOutside()
    if binWidth == nil {
      findDuplicates()
      findShortIntervals()
      found += CoincidentUnits(spikes).found
    }
    findSilence()
  }

  /// An interval below is shorter than neurons can fire, in ms.
  private static let refractoryPeriod = 1.0
  /// The part of the intervals that may be shorter.
  private static let violations = 0.005

  private mutating func findOrigin() {
    let times = spikes.start...spikes.stop
    if times.isOnAnotherClock(than: 0...0) {
      found.append(
        Irregularity(
          .distantOrigin,
          "the recording is at \(inMilliseconds(spikes.start, to: spikes.stop)), and is kept there")
      )
    } else {
      let early = count { train in train.prefix { $0 < 0 }.count }
      if early.total > 0 {
        found.append(
          Irregularity(.timesBeforeZero, "\(counted(early.total, "spike")) of \(early.units), kept")
        )
      }
    }
  }

  private mutating func findOutside() {
    let outside = (0..<spikes.neuronCount).map {
      spikes[$0].count - spikes.observedSpikeCount(of: $0)
    }
    let total = outside.reduce(0, +)
    guard total > 0 else { return }
    found.append(
      Irregularity(
        .outsideObservation,
        "\(counted(total, "spike")) of \(Self.names(outside.indices.filter { outside[$0] > 0 })), "
          + "which statistics and fits leave out"))
  }

  private mutating func findDuplicates() {
    let equal = count { train in zip(train, train.dropFirst()).count { $0 == $1 } }
    guard equal.total > 0 else { return }
    found.append(
      Irregularity(
        .duplicates,
        "\(counted(equal.total, "spike")) of \(equal.units) at the time of another of the unit, kept"
      ))
  }

  private mutating func findShortIntervals() {
    var units: [Int] = []
    var worst = (unit: 0, fraction: 0.0)
    for (unit, train) in spikes.enumerated() where train.count > 1 {
      let short = zip(train, train.dropFirst()).count { $1 - $0 < Self.refractoryPeriod && $1 > $0 }
      let fraction = Double(short) / Double(train.count - 1)
      guard short > 1, fraction > Self.violations else { continue }
      units.append(unit)
      if fraction > worst.fraction { worst = (unit, fraction) }
    }
    guard !units.isEmpty else { return }
    found.append(
      Irregularity(
        .refractoryViolations,
        "\(Self.names(units)): intervals below 1 ms are more than 0.5 %, "
          + "\(brief(100 * worst.fraction, digits: 2)) % of unit \(worst.unit)"))
  }

  /// A silence counts where so many spikes were to be expected in it at the rate outside of it, and it is so much of the time.
  private static let (expectedSpikes, silentPart) = (20.0, 1.0 / 3)

  /// A unit may be lost for a long part of a recording; all units at once are silent where a device paused.
  private mutating func findSilence() {
    var lost: [Int] = []
    for unit in 0..<spikes.neuronCount {
      let observed = spikes.observedDuration(of: unit)
      let trains = spikes.observedTrains(of: unit)
      let count = trains.reduce(0) { $0 + $1.count }
      let longest = zip(trains, spikes.observed(unit)).map { train, stretch in
        Self.longestGap(train, in: stretch)
      }.max { $0.length < $1.length }
      guard let longest, longest.length > Self.silentPart * observed,
        Double(count) / (observed - longest.length) * longest.length > Self.expectedSpikes
      else { continue }
      lost.append(unit)
    }
    if !lost.isEmpty {
      found.append(
        Irregularity(
          .silence,
          "\(Self.names(lost)): silent for more than a third of the time in one stretch, which counts as silence"
        ))
    }
    findCommonSilence()
  }

  private mutating func findCommonSilence() {
    guard spikes.neuronCount > 1 else { return }
    let all = spikes.times.sorted()
    let rate = Double(all.count) / max(spikes.duration, .leastNormalMagnitude)
    // A hundred spikes are expected in it: e^(−100) of all stretches would be so long.
    let longest = max(1000, 100 / rate)
    let pauses = zip(all, all.dropFirst()).filter { first, next in
      next - first > longest
        && spikes.jointObservations.contains { $0.lowerBound <= first && next <= $0.upperBound }
    }
    guard let first = pauses.first else { return }
    found.append(
      Irregularity(
        .silence,
        "all units at once in \(counted(pauses.count, "stretch", "stretches")), the first "
          + "\(inMilliseconds(first.0, to: first.1)), which count as silence: observation intervals would make them pauses"
      ))
  }

  private static func longestGap(
    _ train: ArraySlice<Double>, in stretch: ClosedRange<Double>
  ) -> (start: Double, length: Double) {
    var longest = (start: stretch.lowerBound, length: 0.0)
    var previous = stretch.lowerBound
    for time in train + [stretch.upperBound] {
      if time - previous > longest.length { longest = (previous, time - previous) }
      previous = time
    }
    return longest
  }

  private func count(
    _ number: (ArraySlice<Double>) -> Int
  ) -> (total: Int, units: String) {
    let counts = spikes.map(number)
    return (counts.reduce(0, +), Self.names(counts.indices.filter { counts[$0] > 0 }))
  }

  /// "unit 3", "units 3, 7 to 9".
  static func names(_ units: [Int]) -> String {
    let names = listed(units)
    return "unit\(units.count == 1 ? "" : "s") "
      + (names.count > 100 ? "\(names.prefix(100))…" : names)
  }
}
