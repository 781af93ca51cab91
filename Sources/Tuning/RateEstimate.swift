public import SpikingFramework

/// The mean rate of all neurons of a run, and how far chance may have taken it.
public struct RateEstimate: Codable, Hashable, Sendable {
  /// Spikes a second and neuron; infinity where a network ran away.
  public let rate: Double
  /// The standard error of the rate, in Hz.
  public let standardError: Double
  /// The integrated autocorrelation time of the activity in ms, about; 0 where it is not known. It is
  /// looked for in windows of some two-hundredth of the run, and is hardly ever less. The standard
  /// error is to be believed where the run is long against it.
  public let correlationTime: Double
  /// How many correlation times long the run of each network was; infinity where that is not known.
  let correlationTimes: Double
  /// After how many bins activity has forgotten its beginning.
  let memory: Double

  /// A rate and its standard error, in Hz.
  public init(rate: Double, standardError: Double) {
    self.init(
      rate: rate, standardError: standardError, correlationTime: 0, correlationTimes: .infinity,
      memory: 0)
  }

  init(
    rate: Double, standardError: Double, correlationTime: Double, correlationTimes: Double,
    memory: Double
  ) {
    self.rate = rate
    self.standardError = standardError
    self.correlationTime = correlationTime
    self.correlationTimes = correlationTimes
    self.memory = memory
  }

  /// The rate of a run, with a standard error that counts the correlation of its activity.
  ///
  /// Each network's run is cut into 200 windows of equal length, or somewhat more. The variance of
  /// the total count follows from the autocovariances of those of the windows, by an initial
  /// monotone sequence (Geyer 1992, Stat Sci 7:473); networks are independent. What a stimulus does
  /// within a run counts as chance. The error is at least that of one spike: that a short run has
  /// none does not say that the rate is exactly 0.
  ///
  /// - Complexity: O(events).
  public init(_ spikes: BinnedSpikes) {
    var counts = WindowCounts(networkOffsets: spikes.networkOffsets, binCount: spikes.binCount)
    counts.add(spikes)
    self = counts.rate(dt: spikes.dt)
  }

  /// The mean of rates of as many independent runs of one length. Of 20 and more the standard error is
  /// from how they differ, whatever happens within each of them; of fewer, from those of the runs.
  init(mean rates: [RateEstimate]) {
    let count = Double(rates.count)
    func mean(_ value: (RateEstimate) -> Double) -> Double {
      rates.reduce(0) { $0 + value($1) } / count
    }
    let rate = mean(\.rate)
    if rates.count >= Self.runsThatTell {
      let squares = rates.reduce(0) { $0 + ($1.rate - rate) * ($1.rate - rate) }
      // Where no run has a spike, that of one spike.
      let least = (rates.map(\.standardError).min() ?? 0) / count
      standardError = max((squares / (count * (count - 1))).squareRoot(), least)
    } else {
      standardError = (mean { $0.standardError * $0.standardError } / count).squareRoot()
    }
    self.rate = rate
    correlationTime = mean(\.correlationTime)
    correlationTimes = mean(\.correlationTimes)
    memory = mean(\.memory)
  }

  /// Of networks that ran away.
  static let runaway = RateEstimate(rate: .infinity, standardError: 0)

  /// How many runs tell the standard error by their differences alone.
  static let runsThatTell = 20
}

extension RateEstimate: CustomStringConvertible {
  /// "8.21 ± 0.12 Hz".
  public var description: String {
    "\(brief(rate, digits: 3)) ± \(brief(standardError, digits: 2)) Hz"
  }
}
