internal import CKernels
internal import SpikingFramework

/// What the neurons of a network are fitted to: the spikes, what was measured beside them, and the bases
/// of the filters. The design matrix, of bins × coefficients, is nowhere: spikes are gone through
/// instead.
struct CoupledData: Sendable {
  /// The spikes of neurons that may act on each other.
  let spikes: FitSpikes
  let bins: EvaluatedBins
  /// The number of bins of the recording.
  let binCount: Int
  let history: BasisMatrix?
  let coupling: BasisMatrix?
  let features: StimulusFeatures
  let terms: TermFeatures
  /// What weights cost: where nothing decides, columns that add up to 1 are less their mean.
  let penalties: PenaltyRule
  /// What is added to the drives, for each neuron of the recording; empty where there is nothing.
  let offsets: [[Double]]
  /// How many bins after a spike its filters end.
  let window: Int
  /// The length of a row of lags: the window, rounded up to whole vectors.
  let width: Int

  init(
    spikes: FitSpikes, bins: EvaluatedBins, binCount: Int, history: BasisMatrix?,
    coupling: BasisMatrix?, features: StimulusFeatures, terms: TermFeatures, offsets: [[Double]],
    penalties: PenaltyRule
  ) {
    self.spikes = spikes
    self.bins = bins
    self.binCount = binCount
    self.history = history
    self.coupling = coupling
    self.features = features
    self.terms = terms
    self.penalties = penalties
    self.offsets = offsets
    // Where nothing is filtered, a window of one bin that nothing looks at.
    window = max(history?.window ?? 0, coupling?.window ?? 0, 1)
    width = (window + 7) / 8 * 8
  }

  /// How many weights products of features need: one for each bin, and zeros where the filters of the
  /// last spikes reach beyond the end.
  var weightCount: Int { binCount + width + 1 }

  /// The basis of an input; nil where it has none.
  func basis(of input: FitColumns.Group.Input) -> BasisMatrix? {
    switch input {
    case .history: history
    case .coupling: coupling
    case .stimulus(let number): features.bases[number]
    case .term: nil
    }
  }

  /// The neuron whose spikes an input of a neuron filters, and the basis; nil for a stimulus.
  func spikeInput(
    _ input: FitColumns.Group.Input, of neuron: Int
  ) -> (source: Int, basis: BasisMatrix)? {
    switch input {
    case .history: history.map { (neuron, $0) }
    case .coupling(let source): coupling.map { (source, $0) }
    case .stimulus, .term: nil
    }
  }

  /// The row of the neuron whose spikes an input of a neuron filters, and the basis; nil for a stimulus and for
  /// a neuron without spikes.
  func spikeRow(
    _ input: FitColumns.Group.Input, of neuron: Int
  ) -> (row: Int, basis: BasisMatrix)? {
    guard let (source, basis) = spikeInput(input, of: neuron), let row = spikes.row(of: source)
    else { return nil }
    return (row, basis)
  }

  /// The columns of a fit whose coefficients searches may change: not those of neurons without spikes, nor those that say
  /// the same as the baseline and the rest of their term.
  func audibleColumns(of columns: FitColumns) -> [Int] {
    let references = centers(of: columns).references
    return [0]
      + columns.groups.filter { group in
        spikeInput(group.input, of: columns.neuron).map { spikes.row(of: $0.source) != nil } ?? true
      }.flatMap(\.columns).filter { !references.contains($0) }
  }

  /// The columns of the fit of one neuron to its own spikes, to those of `sources`, and to the stimuli.
  func columns(of neuron: Int, sources: [Int]) -> FitColumns {
    var inputs: [(input: FitColumns.Group.Input, count: Int)] = []
    if let history { inputs.append((.history, history.count)) }
    if let coupling {
      inputs += sources.map { (.coupling(from: $0), coupling.count) }
    }
    inputs += features.bases.enumerated().map { (.stimulus($0.offset), $0.element.count) }
    inputs += terms.terms.map { (.term($0.name), $0.count) }
    return FitColumns(neuron: neuron, inputs: inputs)
  }

  /// The columns of stimuli, which follow those of spikes.
  func featureColumns(of columns: FitColumns) -> Range<Int> {
    let end = columns.count - terms.count
    return end - features.count..<end
  }

  /// The columns of terms, which come last.
  func termColumns(of columns: FitColumns) -> Range<Int> {
    columns.count - terms.count..<columns.count
  }

  /// What the columns are less, in the order of their coefficients.
  func centers(of columns: FitColumns) -> ColumnCenters {
    let before = Array(repeating: 0.0, count: columns.count - features.count - terms.count)
    return ColumnCenters(
      means: before + features.means + Array(repeating: 0, count: terms.count),
      constants: constants(of: columns))
  }

  /// The terms whose columns add up to the baseline, which no penalty tells from it.
  private func constants(of columns: FitColumns) -> [ColumnCenters.Constant] {
    let first = termColumns(of: columns).lowerBound
    return zip(terms.terms, terms.starts).compactMap { term, start in
      guard term.sumsToOne, penalties[.term(term.name)].isShiftInvariant else { return nil }
      let met = (start..<start + term.count).filter {
        terms.least[$0] != 0 || terms.largest[$0] != 0
      }
      return met.isEmpty
        ? nil
        : ColumnCenters.Constant(
          columns: met.map { first + $0 }, means: met.map { terms.means[$0] })
    }
  }

  /// How many spikes a neuron has in the bins that are evaluated.
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

  /// The same where values are 0 but in the bins of some spikes.
  ///
  /// - Parameters:
  ///   - values: that of bin t at t − (start of the block).
  ///   - positions: where among the spikes those are.
  func collect(
    _ values: UnsafePointer<Double>, at positions: ArraySlice<UInt32>,
    into sums: UnsafeMutablePointer<Double>, block: Range<Int>
  ) {
    positions.withUnsafeBufferPointer { positions in
      guard let start = positions.baseAddress else { return }
      spiking_collect_lags_before(
        Int64(positions.count), start, spikes.neurons, spikes.bins, spikes.counts,
        Int64(block.lowerBound), values, Int64(window), Int64(width), sums)
    }
  }

  /// Adds to the sums of each column of the rows of a block, and there to the row of each neuron, what follows its
  /// spikes, a number for each lag.
  ///
  /// - Parameter stride: the length of what a column has.
  func collect(
    _ rows: TermRows, weighted weights: [Double], into sums: inout [Double], stride: Int,
    block: Range<Int>
  ) {
    let groups = rows.groups
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      withEvents(actingOn: block) { count, neurons, bins, counts, _ in
        rows.withRows {
          spiking_collect_row_lags(
            count, neurons, bins, counts, Int64(window), Int64(block.lowerBound),
            Int64(block.count), $0, rows.places, groups, weights, Int64(stride), Int64(width), sums)
        }
      }
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
