internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// The log-likelihood of one neuron as a function of its coefficients, with its derivatives.
///
/// Nothing is kept for each bin: blocks of bins are gone through one after the other, in an order that
/// depends on the data alone.
final class NeuronObjective<Link: Nonlinearity, Counts: Emission> {
  let data: CoupledData
  let observation: Observation<Link, Counts>
  let columns: FitColumns
  private let memory: BlockMemory
  /// A row of lags for each neuron: filters, and what follows their spikes.
  private var taps: [Double]
  private var sums: [Double]

  init(_ data: CoupledData, _ observation: Observation<Link, Counts>, _ columns: FitColumns) {
    self.data = data
    self.observation = observation
    self.columns = columns
    memory = BlockMemory(
      bins: data.bins.blocks.map(\.count).max() ?? 0, lead: data.window - 1, tail: data.width)
    taps = Array(repeating: 0, count: data.spikes.neuronCount * data.width)
    sums = taps
  }

  /// ℓ, and its gradient.
  ///
  /// - Complexity: O(bins + spikes · window).
  func logLikelihood(_ coefficients: [Double], gradient: inout [Double]) -> Double {
    setTaps(coefficients)
    let filters = stimulusFilters(coefficients)
    for index in sums.indices { sums[index] = 0 }
    var stimulusSums = filters.map { [Double](repeating: 0, count: $0.count) }
    var (total, baseline) = (0.0, 0.0)
    for block in data.bins.blocks {
      setDrives(coefficients[0], filters, block)
      total += score(block)
      let slopes = memory.slopes + data.window - 1
      baseline += spiking_sum(Int64(block.count), slopes)
      collect(block)
      for number in filters.indices {
        addProducts(slopes, withStimulus: number, block, to: &stimulusSums[number])
      }
    }
    gradient[0] = baseline
    project(stimulusSums, into: &gradient)
    return total
  }

  /// The Fisher information on the drive of every bin, then zeros.
  func information(_ coefficients: [Double]) -> [Double] {
    setTaps(coefficients)
    let filters = stimulusFilters(coefficients)
    var weights = [Double](repeating: 0, count: data.weightCount)
    for block in data.bins.blocks {
      setDrives(coefficients[0], filters, block)
      observation.inform(block, in: memory)
      let slopes = memory.slopes + data.window - 1
      for (index, bin) in block.enumerated() { weights[bin] = slopes[index] }
    }
    return weights
  }

  /// Xᵀ W X, the Fisher information on all coefficients.
  func informationMatrix(_ coefficients: [Double]) -> SymmetricMatrix {
    GramMatrix.of(
      GramColumns(columns, data: data), data: data, weights: information(coefficients))
  }

  /// Xᵀ y: what every column adds up to over the neuron's spikes.
  func featuresAtSpikes() -> [Double] {
    for index in sums.indices { sums[index] = 0 }
    var stimulusSums = data.stimuli.map { [Double](repeating: 0, count: $0.basis.window) }
    for block in data.bins.blocks {
      memory.clear(after: block.count)
      let counts = memory.slopes + memory.lead
      for index in 0..<block.count { counts[index] = 0 }
      for position in data.spikes.positions(of: columns.neuron, in: block) {
        let bin = Int(data.spikes.bins[Int(position)])
        counts[bin - block.lowerBound] = Double(data.spikes.counts[Int(position)])
      }
      collect(block)
      for number in stimulusSums.indices {
        addProducts(counts, withStimulus: number, block, to: &stimulusSums[number])
      }
    }
    var features = [Double](repeating: 0, count: columns.count)
    project(stimulusSums, into: &features)
    return features
  }

  /// The mean counts of the bins that are scored.
  func means(_ coefficients: [Double]) -> [Double] {
    setTaps(coefficients)
    let filters = stimulusFilters(coefficients)
    return data.bins.blocks.flatMap { block in
      setDrives(coefficients[0], filters, block)
      _ = score(block)
      return (0..<block.count).map { memory.means[$0] }
    }
  }

  private func setTaps(_ coefficients: [Double]) {
    for index in taps.indices { taps[index] = 0 }
    for group in columns.groups {
      guard let (source, basis) = spikeInput(group.input) else { continue }
      for (lag, tap) in basis.filter(coefficients[group.columns]).enumerated() {
        taps[source * data.width + lag] += tap
      }
    }
  }

  /// The neuron whose spikes are filtered, and the basis; nil for a stimulus.
  private func spikeInput(_ input: FitColumns.Group.Input) -> (source: Int, basis: BasisMatrix)? {
    switch input {
    case .history: data.history.map { (columns.neuron, $0) }
    case .coupling(let source): data.coupling.map { (source, $0) }
    case .stimulus: nil
    }
  }

  private func stimulusFilters(_ coefficients: [Double]) -> [[Double]] {
    data.stimuli.indices.map { number in
      let weights = columns.columns(of: .stimulus(number)).map { coefficients[$0] }
      return data.stimuli[number].basis.filter(weights ?? [])
    }
  }

  private func setDrives(_ baseline: Double, _ filters: [[Double]], _ block: Range<Int>) {
    let drives = memory.drives
    let total = data.window - 1 + block.count + data.width
    for index in 0..<total { drives[index] = baseline }
    let own = drives + data.window - 1
    if !data.offsets.isEmpty {
      let offsets = data.offsets[columns.neuron]
      for (index, bin) in block.enumerated() { own[index] += offsets[bin] }
    }
    for (filter, stimulus) in zip(filters, data.stimuli) {
      stimulus.values.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        for (lag, tap) in filter.enumerated() {
          spiking_add_scaled(
            Int64(block.count), values + block.lowerBound + data.window - lag, tap, own)
        }
      }
    }
    taps.withUnsafeBufferPointer { taps in
      if let taps = taps.baseAddress { data.addFilters(taps, in: memory, block: block) }
    }
  }

  /// ℓ of a block; leaves its derivatives by the drives in `memory.slopes`.
  private func score(_ block: Range<Int>) -> Double {
    memory.clear(after: block.count)
    return observation.score(
      block, spikes: data.spikes,
      positions: data.spikes.positions(of: columns.neuron, in: block), in: memory)
  }

  private func collect(_ block: Range<Int>) {
    sums.withUnsafeMutableBufferPointer { sums in
      if let sums = sums.baseAddress { data.collect(memory.slopes, into: sums, block: block) }
    }
  }

  private func addProducts(
    _ slopes: UnsafePointer<Double>, withStimulus number: Int, _ block: Range<Int>,
    to sums: inout [Double]
  ) {
    data.stimuli[number].values.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      for lag in sums.indices {
        sums[lag] += spiking_dot(
          Int64(block.count), slopes, values + block.lowerBound + data.window - lag)
      }
    }
  }

  /// The gradient from what was collected at every lag.
  private func project(_ stimulusSums: [[Double]], into gradient: inout [Double]) {
    for group in columns.groups {
      let slopes: [Double]
      if let (source, basis) = spikeInput(group.input) {
        slopes = sums.withUnsafeBufferPointer { sums in
          sums.baseAddress.map { basis.projection(of: $0 + source * data.width) } ?? []
        }
      } else if case .stimulus(let number) = group.input {
        slopes = data.stimuli[number].basis.projection(of: stimulusSums[number])
      } else {
        slopes = []
      }
      for (column, slope) in zip(group.columns, slopes) { gradient[column] = slope }
    }
  }
}
