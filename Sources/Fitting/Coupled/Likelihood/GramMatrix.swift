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
  /// - Parameter known: the products of baseline, stimuli and terms, where they are known.
  static func of(
    _ columns: GramColumns, data: CoupledData, weights: [Double], known: SymmetricMatrix? = nil
  ) -> SymmetricMatrix {
    if let known, columns.spikes.isEmpty { return known }
    if !pairsAreBest(columns, data) {
      return GramBlocks.matrix(of: columns, data: data, weights: weights)
    }
    var gram = GramMatrix(data: data, columns: columns, weights: weights)
    gram.addPairsOfSpikes()
    gram.addRest(known)
    gram.addTerms(areKnown: known != nil)
    return gram.matrix
  }

  /// The products of the features of all neurons of each network. What does not depend on the network is
  /// computed once.
  static func shared(by networks: [CoupledData]) -> [SymmetricMatrix] {
    guard let first = networks.first else { return [] }
    let weights = ones(first)
    let known = of(GramColumns(withoutSpikes: first), data: first, weights: weights)
    return networks.map { data in
      of(GramColumns(all: data), data: data, weights: weights, known: known)
    }
  }

  /// Weights of 1 for the bins that are evaluated.
  static func ones(_ data: CoupledData) -> [Double] {
    var weights = [Double](repeating: 0, count: data.weightCount)
    for range in data.bins.ranges {
      for bin in range { weights[bin] = 1 }
    }
    return weights
  }

  /// Whether sums over pairs of spikes, a table of window × window numbers for each neuron, are the way. It is
  /// in all but long windows of many neurons, where the table becomes larger than all else and a pass
  /// through blocks of the columns themselves takes less time, too.
  private static func pairsAreBest(_ columns: GramColumns, _ data: CoupledData) -> Bool {
    let (rows, window) = (Double(data.spikes.rowCount), Double(data.window))
    let table = rows * window * Double(data.width)
    if columns.spikes.isEmpty || table <= maximumTable { return true }
    let spikes = Double(data.spikes.bins.count)
    let pairs = spikes * (1 + spikes * window / Double(data.binCount)) * window
    let products = rows * table * Double(columns.spikes.map(\.columns.count).max() ?? 0)
    let blocks = Double(data.bins.count) * Double(columns.count) * Double(columns.count) / 4
    return table <= largestTable && pairs / 2 + products < blocks
  }

  /// Half a gigabyte.
  private static var maximumTable: Double { 0x1p26 }
  private static var largestTable: Double { 8 * maximumTable }

  /// How many numbers at most sums over so many rows take, be it a table or blocks of columns.
  static func workspace(rows: Double, window: Double, columns: Double) -> Double {
    let table = rows * window * (window + 8)
    return table <= largestTable ? table : 2 * columns * Double(EvaluatedBins.blockLength)
  }

  private init(data: CoupledData, columns: GramColumns, weights: [Double]) {
    self.data = data
    self.columns = columns
    self.weights = weights
    matrix = SymmetricMatrix(order: columns.count)
  }

  private mutating func addPairsOfSpikes() {
    let (spikes, window, width) = (data.spikes, data.window, data.width)
    var bySource: [[GramColumns.Spikes]] = Array(repeating: [], count: spikes.rowCount)
    for block in columns.spikes { bySource[block.row].append(block) }
    var sums = [Double](repeating: 0, count: spikes.rowCount * window * width)
    var half = SymmetricMatrix(order: columns.count)
    for source in 0..<spikes.rowCount where !bySource[source].isEmpty {
      for index in sums.indices { sums[index] = 0 }
      collectPairs(from: source, into: &sums)
      for other in columns.spikes {
        for block in bySource[source] {
          let start = other.row * window * width
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
    spikes.positions[spikes.offsets[source]..<spikes.offsets[source + 1]].withUnsafeBufferPointer {
      positions in
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
      second.basis.byFunction.withUnsafeBufferPointer { values in
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

  /// Adds the products of terms with each other, with the baseline, the stimuli and the spikes. The rows of a block, which may
  /// have to be made, are gone through once.
  ///
  /// - Parameter areKnown: whether those without spikes are.
  private mutating func addTerms(areKnown: Bool) {
    let terms = data.terms
    if terms.count == 0 || areKnown && columns.spikes.isEmpty { return }
    var half = SymmetricMatrix(order: terms.count)
    // With the baseline and the stimuli; with what follows the spikes, lag by lag.
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: terms.count), count: 1 + columns.features.count)
    let stride = data.spikes.rowCount * data.width
    var lags = [Double](repeating: 0, count: columns.spikes.isEmpty ? 0 : terms.count * stride)
    for (number, block) in data.bins.blocks.enumerated() {
      let rows = terms.rows(ofBlock: number)
      let own = Array(weights[block])
      if !lags.isEmpty {
        data.collect(rows, weighted: own, into: &lags, stride: stride, block: block)
      }
      if areKnown { continue }
      rows.addHalfProducts(weighted: own, to: &half)
      rows.addSums(of: own, to: &sums[0])
      _ = data.features.withValues(ofBlock: number) { values in
        for feature in 0..<columns.features.count {
          let start = feature * block.count
          let weighted = own.indices.map { own[$0] * values[start + $0] }
          rows.addSums(of: weighted, to: &sums[feature + 1])
        }
      }
    }
    if !areKnown { setTerms(half, sums) }
    if !lags.isEmpty { setSpikesTimesTerms(lags, stride: stride) }
  }

  private mutating func setTerms(_ half: SymmetricMatrix, _ sums: [[Double]]) {
    let others = [0] + columns.features
    for (term, column) in columns.terms.enumerated() {
      for (other, row) in columns.terms.enumerated() {
        matrix[row, column] = half[other, term] + half[term, other]
      }
      for (other, row) in others.enumerated() {
        matrix[row, column] = sums[other][term]
        matrix[column, row] = sums[other][term]
      }
    }
  }

  /// The bases come last.
  private mutating func setSpikesTimesTerms(_ sums: [Double], stride: Int) {
    sums.withUnsafeBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      for (term, column) in columns.terms.enumerated() {
        for spikes in columns.spikes {
          let products = spikes.basis.projection(
            of: sums + term * stride + spikes.row * data.width)
          for (row, product) in zip(spikes.columns, products) {
            matrix[row, column] = product
            matrix[column, row] = product
          }
        }
      }
    }
  }

  /// Adds the products with the baseline and with the stimuli, or takes those that are known.
  private mutating func addRest(_ known: SymmetricMatrix?) {
    let features = [0] + columns.features
    let (lead, tail) = (data.window - 1, data.width)
    let longest = data.bins.blocks.map(\.count).max() ?? 0
    var weighted = [Double](repeating: 0, count: lead + longest + tail)
    let ones = [Double](repeating: 1, count: longest)
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: data.spikes.rowCount * data.width),
      count: features.count)
    for (number, block) in data.bins.blocks.enumerated() {
      let length = Int64(block.count)
      ones.withUnsafeBufferPointer { ones in
        func add(_ values: UnsafePointer<Double>?) {
          func feature(_ index: Int) -> UnsafePointer<Double>? {
            index == 0 ? ones.baseAddress : values.map { $0 + (index - 1) * block.count }
          }
          for (first, column) in features.enumerated() {
            guard let own = feature(first) else { continue }
            for (index, bin) in block.enumerated() {
              weighted[lead + index] = weights[bin] * own[index]
            }
            for index in lead + block.count..<weighted.count { weighted[index] = 0 }
            data.collect(weighted, into: &sums[first], block: block)
            if known != nil { continue }
            weighted.withUnsafeBufferPointer { weighted in
              guard let weighted = weighted.baseAddress else { return }
              for second in first..<features.count {
                guard let other = feature(second) else { continue }
                matrix[features[second], column] += spiking_dot(length, weighted + lead, other)
              }
            }
          }
        }
        if data.features.withValues(ofBlock: number, { add($0) }) == nil { add(nil) }
      }
    }
    for (first, column) in features.enumerated() {
      for (second, row) in features.enumerated().dropFirst(first) {
        if let known { matrix[row, column] = known[second, first] }
        matrix[column, row] = matrix[row, column]
      }
    }
    if let known {
      for (term, column) in columns.terms.enumerated() {
        for (other, row) in (features + columns.terms).enumerated() {
          let product = known[other, features.count + term]
          matrix[row, column] = product
          matrix[column, row] = product
        }
      }
    }
    for (feature, column) in features.enumerated() {
      for spikes in columns.spikes {
        let products = sums[feature].withUnsafeBufferPointer { sums in
          sums.baseAddress.map {
            spikes.basis.projection(of: $0 + spikes.row * data.width)
          } ?? []
        }
        for (row, product) in zip(spikes.columns, products) {
          matrix[row, column] = product
          matrix[column, row] = product
        }
      }
    }
  }
}
