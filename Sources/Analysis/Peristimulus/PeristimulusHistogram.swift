public import SpikingFramework

/// The firing rate over the period of a repeated stimulus: a peristimulus time histogram, averaged
/// over neurons and repetitions (Gerstein and Kiang 1960, Biophys J 1:15).
///
/// Repetition k = 0, 1, … lasts from onset + k · period to onset + (k + 1) · period. Each bin's
/// spikes are divided by the time for which the bin was recorded, so a last repetition that the
/// recording cuts short counts as far as it goes, and so do a first one and those that a pause cuts.
/// Spikes before `onset`, those outside the time in which their neuron was observed, and those at the
/// very end of it, which has no length, are left out.
public struct PeristimulusHistogram: Analyzer, Hashable {
  /// The time from one stimulus to the next, in ms.
  public var period: Double
  /// The width of a bin in ms.
  public var binWidth: Double
  /// The onset of the first stimulus, on the clock of the recording, in ms.
  public var onset: Double

  /// Bins of a period; the last is narrower where the width does not divide it.
  public init(period: Double, binWidth: Double, onset: Double = 0) {
    self.period = period
    self.binWidth = binWidth
    self.onset = onset
  }

  /// The rates. A spike below an edge by less than a millionth of the width counts as on the edge:
  /// times of simulations are multiples of dt only up to rounding.
  ///
  /// - Throws: `invalidParameter` where the period or the width is not positive, the width exceeds
  ///   the period, there would be more than ten million bins, or `onset` is not finite.
  /// - Complexity: O(spikes + bins), O(spikes + bins · stretches of all neurons) where neurons were not
  ///   observed throughout.
  public func analyze(_ recording: SpikeTrains) throws(SpikingError) -> PeristimulusRates {
    let count = try SpikingAnalysis.binCount(
      covering: period, "period", width: binWidth, "binWidth")
    try check("onset", onset, in: .real)
    let edges = (0..<count).map { Double($0) * binWidth } + [period]
    let rule = BinRule(width: binWidth, for: recording)
    var counts = [Int](repeating: 0, count: edges.count - 1)
    var exposures = [Double](repeating: 0, count: counts.count)
    for neuron in 0..<recording.neuronCount {
      for (train, stretch) in zip(
        recording.observedTrains(of: neuron), recording.observed(neuron))
      {
        for time in train where time - onset >= -rule.slack && time < stretch.upperBound {
          counts[bin(of: max(time - onset, 0), by: rule, edges)] += 1
        }
        if !recording.observations.isEmpty {
          add(stretch, by: rule, edges, share: 1 / Double(recording.neuronCount), to: &exposures)
        }
      }
    }
    if recording.observations.isEmpty {
      add(recording.start...recording.stop, by: rule, edges, share: 1, to: &exposures)
    }
    return PeristimulusRates(
      edges: edges, counts: counts, exposures: exposures, neuronCount: recording.neuronCount)
  }

  /// Adds for how long each bin lasts in a stretch of the recording, times a share.
  private func add(
    _ stretch: ClosedRange<Double>, by rule: BinRule, _ edges: [Double], share: Double,
    to exposures: inout [Double]
  ) {
    let begin = max(stretch.lowerBound - onset, 0)
    let end = stretch.upperBound - onset
    for bin in exposures.indices {
      let exposure =
        self.exposure(of: bin, edges, until: end) - self.exposure(of: bin, edges, until: begin)
      if exposure > rule.slack { exposures[bin] += share * exposure }
    }
  }

  /// The bin of a time after the first onset. A phase just below the period belongs to the next
  /// repetition's first bin.
  private func bin(of time: Double, by rule: BinRule, _ edges: [Double]) -> Int {
    let phase = time.truncatingRemainder(dividingBy: period)
    if phase >= period - rule.slack { return 0 }
    return min(rule.bin(of: phase, limit: edges.count - 1), edges.count - 2)
  }

  /// For how long a bin lasts in all repetitions from the first onset until `time`, in ms.
  private func exposure(of bin: Int, _ edges: [Double], until time: Double) -> Double {
    guard time > 0 else { return 0 }
    let width = edges[bin + 1] - edges[bin]
    let phase = time.truncatingRemainder(dividingBy: period)
    let repetitions = ((time - phase) / period).rounded()
    return repetitions * width + min(max(phase - edges[bin], 0), width)
  }
}
