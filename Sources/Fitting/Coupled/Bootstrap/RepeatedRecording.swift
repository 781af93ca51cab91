internal import SpikingFramework

/// The part of a recording that is evaluated, with what was measured beside it, again and again until there
/// are as many bins as a fit had.
struct RepeatedRecording<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  /// The fitter, with stimuli and offsets as long as this recording.
  let fitter: CoupledFitter<InverseLink, EmissionModel>
  /// The trials.
  let segments: [Range<Int>]
  /// How many bins at the beginning of each are not evaluated.
  let window: Int
  /// The bins of one repetition.
  let period: Int
  /// The number of bins, those between trials among them.
  let binCount: Int

  private let neurons: [UInt32]
  private let bins: [UInt32]
  private let counts: [UInt16]
  private let dt: Double
  private let networkOffsets: [Int]

  /// - Parameter binsUsed: how many bins are evaluated; by default those of `evaluated`, once.
  init(
    _ fitter: CoupledFitter<InverseLink, EmissionModel>, _ spikes: BinnedSpikes,
    _ evaluated: EvaluatedBins,
    window: Int, binsUsed: Int? = nil
  ) {
    let origin = (evaluated.ranges.first?.lowerBound ?? window) - window
    let period = (evaluated.ranges.last?.upperBound ?? window) - origin
    // Of two stretches that are nearer to each other than the window the second begins later.
    var end = 0
    var trials: [Range<Int>] = []
    for range in evaluated.ranges {
      let start = max(range.lowerBound - window - origin, end)
      end = range.upperBound - origin
      if start + window < end { trials.append(start..<end) }
    }
    var segments: [Range<Int>] = []
    var missing = binsUsed ?? evaluated.count
    var start = 0
    while missing > 0, !trials.isEmpty {
      for trial in trials where missing > 0 {
        let length = min(trial.count - window, missing)
        segments.append(start + trial.lowerBound..<start + trial.lowerBound + window + length)
        missing -= length
      }
      start += period
    }
    let binCount = segments.last?.upperBound ?? 0
    func repeated(_ values: [Double]) -> [Double] {
      (0..<binCount).map { values[origin + $0 % period] }
    }
    var fitter = fitter
    for index in fitter.stimuli.indices {
      fitter.stimuli[index].values = repeated(fitter.stimuli[index].values)
    }
    fitter.offsets = fitter.offsets.map(repeated)
    fitter.terms = fitter.terms.map {
      BinnedTerm(
        $0.name, $0.columns.repeated(from: origin, period: period), penalty: $0.penalty)
    }
    self.fitter = fitter
    self.segments = segments
    self.window = window
    self.period = period
    self.binCount = binCount
    let events = spikes.bins.indices.filter { origin..<origin + period ~= Int(spikes.bins[$0]) }
    neurons = events.map { spikes.neurons[$0] }
    bins = events.map { spikes.bins[$0] - UInt32(origin) }
    counts = events.map { UInt16(spikes.count(ofEvent: $0)) }
    dt = spikes.dt
    networkOffsets = spikes.networkOffsets
  }

  /// The counts of a neuron in the bins of one repetition.
  func counts(of neuron: Int) -> [Int] {
    var own = [Int](repeating: 0, count: period)
    for event in bins.indices where Int(neurons[event]) == neuron {
      own[Int(bins[event])] = Int(counts[event])
    }
    return own
  }

  /// The recording, with other counts of one neuron, a value for each bin.
  func replacing(_ neuron: Int, by own: [Int]) throws(SpikingError) -> BinnedSpikes {
    var columns: (neurons: [UInt32], bins: [UInt32], counts: [UInt16]) = ([], [], [])
    func append(_ neuron: Int, _ bin: Int, _ count: Int) {
      columns.neurons.append(UInt32(neuron))
      columns.bins.append(UInt32(bin))
      columns.counts.append(UInt16(count))
    }
    // The first bin in which the neuron is still to be looked at.
    var next = 0
    func appendOwn(before end: Int) {
      while next < end {
        if own[next] > 0 { append(neuron, next, own[next]) }
        next += 1
      }
    }
    for start in stride(from: 0, to: binCount, by: period) {
      for event in bins.indices where Int(neurons[event]) != neuron {
        let bin = start + Int(bins[event])
        if bin >= binCount { break }
        appendOwn(before: Int(neurons[event]) > neuron ? bin + 1 : bin)
        append(Int(neurons[event]), bin, Int(counts[event]))
      }
    }
    appendOwn(before: binCount)
    return try BinnedSpikes(
      neurons: columns.neurons, bins: columns.bins, counts: columns.counts, binCount: binCount,
      dt: dt, networkOffsets: networkOffsets, seed: nil)
  }

  /// The recording as it is.
  func spikes() throws(SpikingError) -> BinnedSpikes {
    try replacing(0, by: (0..<binCount).map { [own = counts(of: 0)] in own[$0 % period] })
  }
}

extension SparseColumns {
  /// The rows of `period` bins from `origin` on, again and again; what is evaluated of them has values.
  fileprivate func repeated(from origin: Int, period: Int) -> SparseColumns {
    let rows = rows
    return SparseColumns(axes: axes, sumToOne: sumToOne) { bins in
      var joined: [SparseRowBlock] = []
      var bin = bins.lowerBound
      while bin < bins.upperBound {
        let start = bin % period
        let count = min(bins.upperBound - bin, period - start)
        joined.append(rows(origin + start..<origin + start + count))
        bin += count
      }
      return SparseRowBlock(joining: joined)
    }
  }
}
