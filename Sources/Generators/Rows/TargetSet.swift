internal import SpikingFramework
internal import SpikingNumerics

/// The targets of one row while they are being chosen, in any order: a set of bits, and of bits that
/// say which words of the first have any.
///
/// Inserting takes constant time, and showing all in ascending order a time proportional to their
/// number (and a 4096th of the neurons), where sorting would take the logarithm of it each.
struct TargetSet {
  private var words: [UInt64]
  private var occupied: [UInt64]

  /// An empty set of neurons below `neurons`.
  init(neurons: Int) {
    words = [UInt64](repeating: 0, count: (neurons + 63) / 64)
    occupied = [UInt64](repeating: 0, count: (words.count + 63) / 64)
  }

  /// Inserts a target.
  ///
  /// - Returns: whether it is new.
  @discardableResult
  mutating func insert(_ target: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(target % 64)
    guard words[target / 64] & bit == 0 else { return false }
    words[target / 64] |= bit
    occupied[target / 4096] |= 1 << UInt64(target / 64 % 64)
    return true
  }

  /// Inserts `count` of the neurons below `neurons` but `excluded`, each choice as likely (Floyd's
  /// method; Bentley and Floyd 1987).
  mutating func insert(
    _ count: Int, below neurons: Int, except excluded: Int, using stream: inout RandomStream
  ) {
    func neuron(_ position: Int) -> Int { position < excluded ? position : position + 1 }
    for last in neurons - 1 - count..<neurons - 1 {
      if !insert(neuron(stream.uniform(below: last + 1))) { insert(neuron(last)) }
    }
  }

  /// Empties the set into a row, whose synapses get the weight 1, and ends the row.
  mutating func endRow(of rows: inout SparseRows) {
    for group in occupied.indices {
      while occupied[group] != 0 {
        let word = 64 * group + occupied[group].trailingZeroBitCount
        var bits = words[word]
        while bits != 0 {
          rows.append(64 * word + bits.trailingZeroBitCount, 1)
          bits &= bits - 1
        }
        words[word] = 0
        occupied[group] &= occupied[group] - 1
      }
    }
    rows.endRow()
  }
}
