public import SpikingFramework
public import SpikingRecordings

/// A session whose spikes are counted in bins, with all that was recorded beside them: what terms are built from.
public struct BinnedRecording: Sendable {
  /// The session.
  public let session: Recording
  /// The spikes in bins.
  public let spikes: BinnedSpikes
  /// When the first bin begins, in ms.
  public let origin: Double
  /// For how long a sample of a series lasts at most, where the next one comes later, in ms.
  public var longestGap = Double.infinity

  /// A session whose spikes were counted from `origin` on.
  public init(
    _ session: Recording, _ spikes: BinnedSpikes, origin: Double, longestGap: Double = .infinity
  ) {
    self.session = session
    self.spikes = spikes
    self.origin = origin
    self.longestGap = longestGap
  }

  /// The number of bins.
  public var binCount: Int { spikes.binCount }
  /// The width of a bin in ms.
  public var dt: Double { spikes.dt }

  /// When a bin begins, in ms.
  public func time(ofBin bin: Int) -> Double { origin + Double(bin) * dt }

  /// The bins of an interval in ms: those that begin in it, its ends rounded to the nearest edges of bins.
  public func bins(from start: Double, to stop: Double) -> Range<Int> {
    func edge(_ time: Double) -> Int {
      Int(min(max(((time - origin) / dt).rounded(), 0), Double(binCount)))
    }
    return edge(start)..<max(edge(start), edge(stop))
  }

  /// In which bin a time in ms lies, as spikes do; of times outside the recording the bins go on.
  ///
  /// - Throws: `invalidData` where it is not finite or further away than any recording is long.
  func bin(of time: Double) throws(SpikingError) -> Int {
    let rule = BinRule(width: dt, largestTime: max(origin.magnitude, session.spikes.stop.magnitude))
    let position = ((time - origin + rule.slack) / dt).rounded(.down)
    guard let bin = Int(exactly: position), abs(bin) <= BinnedSpikes.maximumBinCount else {
      throw SpikingError(
        .invalidData, session.source, found: "an event at \(inMilliseconds(time))",
        expected: "a time near the recording")
    }
    return bin
  }
}

extension Recording {
  /// The session with its spikes counted in bins of a width in ms, from the start of the spikes on.
  ///
  /// - Throws: as `SpikeTrains.binned(width:)`.
  public func binned(width: Double) throws(SpikingError) -> BinnedRecording {
    if let bins, abs(bins.dt - width) <= 1e-9 * width {
      return BinnedRecording(self, bins, origin: 0)
    }
    return BinnedRecording(self, try spikes.binned(width: width), origin: spikes.start)
  }
}
