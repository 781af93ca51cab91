internal import CKernels
internal import SpikingFramework

/// What all neurons of a network are fitted to: the spikes, what was measured beside them, and the bases
/// of the filters. The design matrix, of bins × coefficients, is nowhere: spikes are gone through
/// instead.
struct CoupledData: Sendable {
  let spikes: FitSpikes
  let bins: ScoredBins
  let dt: Double
  let history: BasisMatrix?
  let coupling: BasisMatrix?
  /// The stimuli, each value after `window` zeros.
  let stimuli: [(values: [Double], basis: BasisMatrix)]
  /// What is added to the drives, for each neuron; empty where there is nothing.
  let offsets: [[Double]]
  /// How many bins after a spike its filters end.
  let window: Int
  /// The length of a row of lags: the window, rounded up to whole vectors.
  let width: Int

  init(
    _ trains: SpikeTrains, segments: [Range<Int>], history: BasisMatrix?, coupling: BasisMatrix?,
    stimuli: [(values: [Double], basis: BasisMatrix)], offsets: [[Double]]
  ) throws(SpikingError) {
    spikes = FitSpikes(trains)
    dt = trains.dt
    self.history = history
    self.coupling = coupling
    self.offsets = offsets
    let window = max(
      history?.window ?? 0, coupling?.window ?? 0, stimuli.map { $0.basis.window - 1 }.max() ?? 0)
    // Where nothing is filtered, a window of one bin that nothing looks at.
    self.window = max(window, 1)
    width = (self.window + 7) / 8 * 8
    bins = try ScoredBins(segments, binCount: trains.binCount, window: window)
    let lead = self.window
    self.stimuli = stimuli.map { (Array(repeating: 0, count: lead) + $0.values, $0.basis) }
  }

  /// The same but for the bins.
  init(_ data: CoupledData, bins: ScoredBins) {
    spikes = data.spikes
    self.bins = bins
    dt = data.dt
    history = data.history
    coupling = data.coupling
    stimuli = data.stimuli
    offsets = data.offsets
    window = data.window
    width = data.width
  }

  /// How many weights products of features need: one for each bin, and zeros where the filters of the
  /// last spikes reach beyond the end.
  var weightCount: Int { spikes.binCount + width + 1 }

  /// The basis of an input.
  func basis(of input: FitColumns.Group.Input) -> BasisMatrix? {
    switch input {
    case .history: history
    case .coupling: coupling
    case .stimulus(let number): stimuli[number].basis
    }
  }

  /// The columns of the fit of one neuron to its own spikes, to those of `sources`, and to the stimuli.
  func columns(of neuron: Int, sources: [Int]) -> FitColumns {
    var inputs: [(input: FitColumns.Group.Input, count: Int)] = []
    if let history { inputs.append((.history, history.count)) }
    if let coupling {
      inputs += sources.map { (.coupling(from: $0), coupling.count) }
    }
    inputs += stimuli.enumerated().map { (.stimulus($0.offset), $0.element.basis.count) }
    return FitColumns(neuron: neuron, inputs: inputs)
  }

  /// How many spikes a neuron has in the bins that are scored.
  func spikeCount(of neuron: Int) -> Int {
    bins.ranges.reduce(0) { sum, range in
      spikes.positions(of: neuron, in: range).reduce(sum) { $0 + Int(spikes.counts[Int($1)]) }
    }
  }

  /// Adds the filters `taps`, a row for each neuron, after the spikes that act on the bins of a block, to
  /// the drives of the memory.
  func addFilters(_ taps: UnsafePointer<Double>, in memory: BlockMemory, block: Range<Int>) {
    withEvents(actingOn: block) { count, neurons, bins, counts, first in
      spiking_add_filters(
        count, neurons, bins, counts, first, taps, Int64(width),
        Int64(memory.lead + block.count + memory.tail), memory.rows, memory.drives)
    }
  }

  /// Adds to the row of each neuron what follows its spikes.
  ///
  /// - Parameter values: that of bin t at t − (start of the block) + window − 1; 0 outside the block.
  func collect(
    _ values: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>, block: Range<Int>
  ) {
    withEvents(actingOn: block) { count, neurons, bins, counts, first in
      spiking_collect_lags(count, neurons, bins, counts, first, values, Int64(width), sums)
    }
  }

  private func withEvents(
    actingOn block: Range<Int>,
    _ body: (
      Int64, UnsafePointer<UInt32>, UnsafePointer<UInt32>, UnsafePointer<UInt16>, Int64
    ) -> Void
  ) {
    let first = block.lowerBound - window
    let events = spikes.events(in: first..<block.upperBound - 1)
    if events.isEmpty { return }
    spikes.neurons.withUnsafeBufferPointer { neurons in
      spikes.bins.withUnsafeBufferPointer { bins in
        spikes.counts.withUnsafeBufferPointer { counts in
          guard let neurons = neurons.baseAddress, let bins = bins.baseAddress,
            let counts = counts.baseAddress
          else { return }
          let start = events.lowerBound
          body(Int64(events.count), neurons + start, bins + start, counts + start, Int64(first))
        }
      }
    }
  }
}
