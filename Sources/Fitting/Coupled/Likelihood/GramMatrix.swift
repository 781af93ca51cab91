internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// Sums of products of features over bins, Xᵀ diag(w) X, without the matrix X of features.
///
/// The product of two features of spikes is a sum over pairs of spikes within the window. Pairs are
/// sorted by their neurons and the lag between them, and the weights of the bins that both act on are
/// added up; the bases come last:
///
///     Σ_t w(t) a(t) b(t) = Σ_pairs Σ_k basis_a(k + lag) basis_b(k) w(t_b + 1 + k)
struct GramMatrix: ~Copyable {
  private let data: CoupledData
  private let columns: GramColumns
  /// w of every bin, then zeros.
  private let weights: [Double]
  private var matrix: SymmetricMatrix

  /// - Complexity: O(pairs of spikes within the window · window + bins + columns² · window²/functions).
  static func of(
    _ columns: GramColumns, data: CoupledData, weights: [Double]
  ) -> SymmetricMatrix {
    var gram = GramMatrix(data: data, columns: columns, weights: weights)
    gram.addPairsOfSpikes()
    gram.addRest()
    return gram.matrix
  }

  /// Weights of 1 for the bins that are scored.
  static func ones(_ data: CoupledData) -> [Double] {
    var weights = [Double](repeating: 0, count: data.weightCount)
    for range in data.bins.ranges {
      for bin in range { weights[bin] = 1 }
    }
    return weights
  }

  private init(data: CoupledData, columns: GramColumns, weights: [Double]) {
    self.data = data
    self.columns = columns
    self.weights = weights
    matrix = SymmetricMatrix(order: columns.count)
  }

  private mutating func addPairsOfSpikes() {
    let (spikes, window, width) = (data.spikes, data.window, data.width)
    var bySource: [[GramColumns.Spikes]] = Array(repeating: [], count: spikes.neuronCount)
    for block in columns.spikes { bySource[block.source].append(block) }
    var sums = [Double](repeating: 0, count: spikes.neuronCount * window * width)
    var half = SymmetricMatrix(order: columns.count)
    for source in 0..<spikes.neuronCount where !bySource[source].isEmpty {
      for index in sums.indices { sums[index] = 0 }
      collectPairs(from: source, into: &sums)
      for other in columns.spikes {
        for block in bySource[source] {
          let start = other.source * window * width
          project(sums, from: start, block, other, into: &half)
        }
      }
    }
    // Every pair was taken once, in the order of its spikes; a spike with itself half.
    for column in 0..<columns.count {
      for row in 0..<columns.count { matrix[row, column] = half[row, column] + half[column, row] }
    }
  }

  private func collectPairs(from source: Int, into sums: inout [Double]) {
    let spikes = data.spikes
    spikes.positions(of: source).withUnsafeBufferPointer { positions in
      weights.withUnsafeBufferPointer { weights in
        guard let positions = positions.baseAddress, let weights = weights.baseAddress else {
          return
        }
        // A spike acts from the next bin on.
        spiking_collect_pairs(
          Int64(spikes.offsets[source + 1] - spikes.offsets[source]), positions,
          Int64(spikes.bins.count), spikes.neurons, spikes.bins, spikes.counts, weights + 1,
          Int64(data.window), Int64(data.width), &sums)
      }
    }
  }

  /// Adds Σ_lag Σ_k first(k + lag) second(k) sums[lag, k].
  private func project(
    _ sums: [Double], from start: Int, _ first: GramColumns.Spikes, _ second: GramColumns.Spikes,
    into half: inout SymmetricMatrix
  ) {
    let width = data.width
    let (window, later) = (first.basis.window, second.basis.window)
    var partial = [Double](repeating: 0, count: window)
    sums.withUnsafeBufferPointer { sums in
      second.basis.values.withUnsafeBufferPointer { values in
        for (function, column) in second.columns.enumerated() {
          let values = values[(function * later)..<(function + 1) * later]
          for lag in 0..<window { partial[lag] = 0 }
          for lag in 0..<window {
            let row = start + lag * width
            for k in 0..<min(window - lag, later) {
              partial[lag + k] += sums[row + k] * values[values.startIndex + k]
            }
          }
          let products = partial.withUnsafeBufferPointer { partial in
            partial.baseAddress.map { first.basis.projection(of: $0) } ?? []
          }
          for (row, product) in zip(first.columns, products) { half[row, column] += product }
        }
      }
    }
  }

  /// Adds the products with the baseline and with the stimuli.
  private mutating func addRest() {
    let features = [0] + columns.stimuli.flatMap { Array($0.columns) }
    let (lead, tail) = (data.window - 1, data.width)
    let longest = data.bins.blocks.map(\.count).max() ?? 0
    var weighted = [Double](repeating: 0, count: lead + longest + tail)
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: data.spikes.neuronCount * data.width),
      count: features.count)
    for block in data.bins.blocks {
      let values = [[Double](repeating: 1, count: block.count)] + stimulusFeatures(in: block)
      for (first, column) in features.enumerated() {
        for (index, bin) in block.enumerated() {
          weighted[lead + index] = weights[bin] * values[first][index]
        }
        for index in lead + block.count..<weighted.count { weighted[index] = 0 }
        data.collect(weighted, into: &sums[first], block: block)
        for second in first..<features.count {
          let product = weighted.withUnsafeBufferPointer { weighted in
            values[second].withUnsafeBufferPointer { other in
              guard let weighted = weighted.baseAddress, let other = other.baseAddress else {
                return 0.0
              }
              return spiking_dot(Int64(block.count), weighted + lead, other)
            }
          }
          matrix[features[second], column] += product
          if second != first { matrix[column, features[second]] += product }
        }
      }
    }
    for (feature, column) in features.enumerated() {
      for spikes in columns.spikes {
        let products = sums[feature].withUnsafeBufferPointer { sums in
          sums.baseAddress.map {
            spikes.basis.projection(of: $0 + spikes.source * data.width)
          } ?? []
        }
        for (row, product) in zip(spikes.columns, products) {
          matrix[row, column] = product
          matrix[column, row] = product
        }
      }
    }
  }

  /// The stimuli through each function of their bases, in the bins of a block.
  private func stimulusFeatures(in block: Range<Int>) -> [[Double]] {
    columns.stimuli.flatMap { stimulus in
      let (values, basis) = data.stimuli[stimulus.number]
      return (0..<basis.count).map { function in
        var feature = [Double](repeating: 0, count: block.count)
        values.withUnsafeBufferPointer { values in
          guard let values = values.baseAddress else { return }
          for (lag, tap) in basis.function(function).enumerated() where tap != 0 {
            spiking_add_scaled(
              Int64(block.count), values + block.lowerBound + data.window - lag, tap, &feature)
          }
        }
        return feature
      }
    }
  }
}
