import Spiking

/// The fraction of all intervals that are shorter than `longest` ms; nil where there are none.
public struct BurstFraction: Analyzer {
  public var longest = 10.0

  public init() {}

  public func analyze(_ recording: SpikeTrains) -> Double? {
    let intervals = Intervals().analyze(recording)
    let short = intervals.count { $0 < longest }
    return intervals.isEmpty ? nil : Double(short) / Double(intervals.count)
  }
}
