internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// The log-likelihood of one neuron as a function of its coefficients, those of centered columns, with its
/// derivatives.
///
/// Nothing is kept for each bin: blocks of bins are gone through one after the other, in an order that
/// depends on the data alone.
final class NeuronObjective<InverseLink: Nonlinearity, EmissionModel: Emission> {
  let data: CoupledData
  let observation: Observation<InverseLink, EmissionModel>
  let columns: FitColumns
  private let memory: BlockMemory
  /// A row of lags for each neuron with spikes: filters, and what follows their spikes.
  private var taps: [Double]
  private var sums: [Double]
  /// What the features of stimuli add up to.
  private var featureSums: [Double]
  /// The same of the columns of terms.
  private var termSums: [Double]
  /// The rows of terms that were looked at last: a block is gone through twice, and its rows may have to be made.
  private var rows: (block: Int, rows: TermRows)?

  init(
    _ data: CoupledData, _ observation: Observation<InverseLink, EmissionModel>,
    _ columns: FitColumns
  ) {
    self.data = data
    self.observation = observation
    self.columns = columns
    memory = BlockMemory(
      bins: data.bins.blocks.map(\.count).max() ?? 0, lead: data.window - 1, tail: data.width)
    taps = Array(repeating: 0, count: data.spikes.rowCount * data.width)
    sums = taps
    featureSums = Array(repeating: 0, count: data.features.count)
    termSums = Array(repeating: 0, count: data.terms.count)
  }

  /// ℓ, and its gradient.
  ///
  /// - Complexity: O(bins · (features of stimuli + entries of a row of terms) + spikes · window).
  func logLikelihood(_ coefficients: [Double], gradient: inout [Double]) -> Double {
    clearSums()
    var (total, baseline) = (0.0, 0.0)
    forEachBlock(coefficients) { number, block in
      total += evaluate(block)
      baseline += spiking_sum(Int64(block.count), memory.slopes + memory.lead)
      collect(number, block)
    }
    gradient[0] = baseline
    project(into: &gradient)
    return total
  }

  /// The Fisher information on the drive of every bin, then zeros.
  func information(_ coefficients: [Double]) -> [Double] {
    var weights = [Double](repeating: 0, count: data.weightCount)
    forEachBlock(coefficients) { _, block in
      observation.inform(block, in: memory)
      let slopes = memory.slopes + memory.lead
      for (index, bin) in block.enumerated() { weights[bin] = slopes[index] }
    }
    return weights
  }

  /// Xᵀ W X, the Fisher information on some of the coefficients, none of which are of silent neurons.
  func informationMatrix(_ coefficients: [Double], of active: [Int]) -> SymmetricMatrix {
    let all = GramMatrix.of(
      GramColumns(columns, data: data), data: data, weights: information(coefficients))
    let places = GramColumns.places(of: columns, data: data)
    return all.selecting(active.map { places[$0] })
  }

  /// What every column adds up to over the neuron's spikes, each bin times a factor: Xᵀ y where this is its count.
  ///
  /// - Complexity: O(own spikes · spikes in a window + bins · (features of stimuli + entries of a row of terms)).
  func sumsAtSpikes(times factor: (_ count: Int) -> Double) -> [Double] {
    clearSums()
    var baseline = 0.0
    for (number, block) in data.bins.blocks.enumerated() {
      let positions = data.spikes.positions(of: columns.neuron, in: block)
      if positions.isEmpty { continue }
      let values = memory.slopes + memory.lead
      values.update(repeating: 0, count: block.count)
      for position in positions {
        let value = factor(Int(data.spikes.counts[Int(position)]))
        values[Int(data.spikes.bins[Int(position)]) - block.lowerBound] = value
        baseline += value
      }
      sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        data.collect(values, at: positions, into: sums, block: block)
      }
      collectFeatures(number, block)
    }
    var all = [Double](repeating: 0, count: columns.count)
    all[0] = baseline
    project(into: &all)
    return all
  }

  /// Xᵀ h(X w), for a function of many drives, which are not needed after it.
  func sums(
    of function: (_ drives: inout MutableSpan<Double>, _ values: inout MutableSpan<Double>) -> Void,
    at coefficients: [Double]
  ) -> [Double] {
    clearSums()
    var all = coefficients
    all[0] = 0
    forEachBlock(coefficients) { number, block in
      memory.clear(after: block.count)
      let own = memory.slopes + memory.lead
      var values = MutableSpan(_unsafeStart: own, count: block.count)
      var drives = MutableSpan(_unsafeStart: memory.drives + memory.lead, count: block.count)
      function(&drives, &values)
      all[0] += spiking_sum(Int64(block.count), own)
      collect(number, block)
    }
    project(into: &all)
    return all
  }

  /// The drives of the bins that are evaluated.
  func drives(_ coefficients: [Double]) -> [Double] {
    var drives: [Double] = []
    drives.reserveCapacity(data.bins.count)
    forEachBlock(coefficients) { _, block in
      drives.append(
        contentsOf: UnsafeBufferPointer(start: memory.drives + memory.lead, count: block.count))
    }
    return drives
  }

  /// Calls a function when the drives of each block are in the memory.
  private func forEachBlock(
    _ coefficients: [Double], _ body: (_ number: Int, _ block: Range<Int>) -> Void
  ) {
    setTaps(coefficients)
    for (number, block) in data.bins.blocks.enumerated() {
      setDrives(coefficients, number, block)
      body(number, block)
    }
  }

  private func setTaps(_ coefficients: [Double]) {
    for index in taps.indices { taps[index] = 0 }
    for group in columns.groups {
      guard let (row, basis) = data.spikeRow(group.input, of: columns.neuron) else { continue }
      for (lag, tap) in basis.filter(coefficients[group.columns]).enumerated() {
        taps[row * data.width + lag] += tap
      }
    }
  }

  private func setDrives(_ coefficients: [Double], _ number: Int, _ block: Range<Int>) {
    let total = memory.lead + block.count + memory.tail
    for index in 0..<total { memory.drives[index] = coefficients[0] }
    let own = memory.drives + memory.lead
    if !data.offsets.isEmpty {
      let offsets = data.offsets[columns.neuron]
      for (index, bin) in block.enumerated() { own[index] += offsets[bin] }
    }
    if data.terms.count > 0 {
      termRows(ofBlock: number).addProducts(
        coefficients[data.termColumns(of: columns)], to: own)
    }
    let weights = coefficients[data.featureColumns(of: columns)]
    _ = data.features.withValues(ofBlock: number) { values in
      var feature = values
      for weight in weights {
        spiking_add_scaled(Int64(block.count), feature, weight, own)
        feature += block.count
      }
    }
    taps.withUnsafeBufferPointer { taps in
      if let taps = taps.baseAddress { data.addFilters(taps, in: memory, block: block) }
    }
  }

  /// ℓ of a block; leaves its derivatives by the drives in `memory.slopes`.
  private func evaluate(_ block: Range<Int>) -> Double {
    memory.clear(after: block.count)
    return observation.evaluate(
      block, spikes: data.spikes,
      positions: data.spikes.positions(of: columns.neuron, in: block), in: memory)
  }

  private func termRows(ofBlock number: Int) -> TermRows {
    if let rows, rows.block == number { return rows.rows }
    let made = data.terms.rows(ofBlock: number)
    rows = (number, made)
    return made
  }

  private func clearSums() {
    for index in sums.indices { sums[index] = 0 }
    for index in featureSums.indices { featureSums[index] = 0 }
    for index in termSums.indices { termSums[index] = 0 }
  }

  /// Adds up the products of `memory.slopes` with what every spike and stimulus does to the bins.
  private func collect(_ number: Int, _ block: Range<Int>) {
    sums.withUnsafeMutableBufferPointer { sums in
      if let sums = sums.baseAddress { data.collect(memory.slopes, into: sums, block: block) }
    }
    collectFeatures(number, block)
  }

  /// The same with stimuli and terms alone.
  private func collectFeatures(_ number: Int, _ block: Range<Int>) {
    let slopes = memory.slopes + memory.lead
    if data.terms.count > 0 {
      termRows(ofBlock: number).addSums(of: slopes, to: &termSums)
    }
    _ = data.features.withValues(ofBlock: number) { values in
      for feature in featureSums.indices {
        featureSums[feature] += spiking_dot(
          Int64(block.count), slopes, values + feature * block.count)
      }
    }
  }

  /// The gradient from what was collected.
  private func project(into gradient: inout [Double]) {
    for group in columns.groups {
      guard let (row, basis) = data.spikeRow(group.input, of: columns.neuron) else {
        // Silent neurons change nothing.
        for column in group.columns { gradient[column] = 0 }
        continue
      }
      let slopes = sums.withUnsafeBufferPointer { sums in
        sums.baseAddress.map { basis.projection(of: $0 + row * data.width) } ?? []
      }
      for (column, slope) in zip(group.columns, slopes) { gradient[column] = slope }
    }
    for (column, sum) in zip(data.featureColumns(of: columns), featureSums) {
      gradient[column] = sum
    }
    for (column, sum) in zip(data.termColumns(of: columns), termSums) { gradient[column] = sum }
  }
}
