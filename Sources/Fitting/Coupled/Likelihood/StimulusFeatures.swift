internal import CKernels

/// What the stimuli add to drives: each of them through each function of its basis, less its mean over the
/// bins that are evaluated.
///
/// Without their means the columns are nearly orthogonal to the baseline, however far from 0 the unit of a
/// stimulus puts it (an air pressure of 101 325 Pa that varies by 1). They are filtered once and kept, block
/// after block, where they take up to half a gigabyte; beyond, they are filtered again whenever a block is
/// gone through.
struct StimulusFeatures: Sendable {
  let bases: [BasisMatrix]
  /// The mean of each feature.
  private(set) var means: [Double]
  private let stimuli: [[Double]]
  private let blocks: [Range<Int>]
  /// Where the features of each block begin.
  private let starts: [Int]
  /// Block after block, feature after feature, a value for each bin; empty where they are not kept.
  private var kept: [Double] = []
  /// Features that are constant to within rounding, and 0 here.
  private var constants: Set<Int> = []

  private static let maximumKept = 1 << 26

  /// - Parameters:
  ///   - stimuli: a value for each bin, and the functions.
  ///   - bins: the bins that are evaluated, which begin where all lags of the filters have values.
  /// - Complexity: O(bins · window · functions), less where functions are 0.
  init(_ stimuli: [(values: [Double], basis: BasisMatrix)], bins: EvaluatedBins) {
    bases = stimuli.map(\.basis)
    self.stimuli = stimuli.map(\.values)
    blocks = bins.blocks
    let count = bases.reduce(0) { $0 + $1.count }
    means = Array(repeating: 0, count: count)
    var starts: [Int] = []
    var next = 0
    for block in blocks {
      starts.append(next)
      next += count * block.count
    }
    self.starts = starts
    if next <= Self.maximumKept {
      var values = [Double](repeating: 0, count: next)
      for number in blocks.indices { fill(&values, at: starts[number], block: number) }
      kept = values
    }
    center(binCount: bins.count)
  }

  /// The number of features.
  var count: Int { means.count }

  /// Calls a function with the features of a block, one after the other.
  func withValues<Result>(
    ofBlock number: Int, _ body: (_ values: UnsafePointer<Double>) -> Result
  ) -> Result? {
    if count == 0 { return nil }
    if !kept.isEmpty {
      return kept.withUnsafeBufferPointer { kept in
        kept.baseAddress.map { body($0 + starts[number]) }
      }
    }
    var values = [Double](repeating: 0, count: count * blocks[number].count)
    fill(&values, at: 0, block: number)
    return values.withUnsafeBufferPointer { values in values.baseAddress.map(body) }
  }

  /// Finds the means, in two passes: the second adds what rounding left of the first.
  private mutating func center(binCount: Int) {
    for _ in 0..<2 {
      var sums = [Double](repeating: 0, count: count)
      for number in blocks.indices {
        _ = withValues(ofBlock: number) { values in
          let length = blocks[number].count
          for feature in sums.indices {
            sums[feature] += spiking_sum(Int64(length), values + feature * length)
          }
        }
      }
      let shifts = sums.map { $0 / Double(binCount) }
      for feature in means.indices { means[feature] += shifts[feature] }
      shift(by: shifts)
    }
    removeConstants(binCount: binCount)
  }

  private mutating func shift(by shifts: [Double]) {
    if kept.isEmpty { return }
    for number in blocks.indices {
      let length = blocks[number].count
      for feature in shifts.indices where shifts[feature] != 0 {
        let start = starts[number] + feature * length
        for index in start..<start + length { kept[index] -= shifts[feature] }
      }
    }
  }

  /// A feature that varies by less than 10⁻¹² of its mean does so by rounding alone.
  private mutating func removeConstants(binCount: Int) {
    var squares = [Double](repeating: 0, count: count)
    for number in blocks.indices {
      _ = withValues(ofBlock: number) { values in
        let length = blocks[number].count
        for feature in squares.indices {
          let own = values + feature * length
          squares[feature] += spiking_dot(Int64(length), own, own)
        }
      }
    }
    for feature in squares.indices
    where squares[feature] <= 1e-24 * means[feature] * means[feature] * Double(binCount) {
      constants.insert(feature)
      if kept.isEmpty { continue }
      for number in blocks.indices {
        let length = blocks[number].count
        let start = starts[number] + feature * length
        for index in start..<start + length { kept[index] = 0 }
      }
    }
  }

  /// Filters the stimuli in a block.
  private func fill(_ values: inout [Double], at start: Int, block number: Int) {
    let block = blocks[number]
    let length = block.count
    values.withUnsafeMutableBufferPointer { values in
      guard var feature = values.baseAddress.map({ $0 + start }) else { return }
      var index = 0
      for (stimulus, basis) in zip(stimuli, bases) {
        stimulus.withUnsafeBufferPointer { stimulus in
          guard let stimulus = stimulus.baseAddress else { return }
          for function in 0..<basis.count {
            defer {
              feature += length
              index += 1
            }
            if constants.contains(index) { continue }
            feature.update(repeating: -means[index], count: length)
            for (lag, tap) in basis.function(function).enumerated() where tap != 0 {
              spiking_add_scaled(
                Int64(length), stimulus + block.lowerBound - lag, tap, feature)
            }
          }
        }
      }
    }
  }
}
