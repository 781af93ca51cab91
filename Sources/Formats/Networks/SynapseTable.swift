internal import Foundation
internal import SpikingFramework

/// A list of synapses, a row each: source, target, and perhaps weight or count, and delay in bins. Synapses of the same two neurons are added
/// up; without a weight they count 1.
///
/// Neurons are numbers where all from 0 to the largest are there, and names otherwise, in the order in which they appear. A row
/// of weight 0 is no synapse, and says that its neurons are there.
enum SynapseTable {
  /// Where things are.
  struct Columns {
    var source = 0
    var target = 1
    var weight: Int?
    var delay: Int?

    /// Those of a table without a header: source, target, weight, delay.
    static func byPosition(_ count: Int) -> Columns {
      Columns(weight: count > 2 ? 2 : nil, delay: count > 3 ? 3 : nil)
    }

    /// - Returns: nil where the names say no source or no target.
    init?(header: [String]) {
      let words = header.map { name in
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      }
      func column(_ names: Set<String>) -> Int? {
        // A column of this name alone, or else the first one that has it: "weight", "pre_id".
        words.firstIndex { $0.count == 1 && names.contains($0[0]) }
          ?? words.firstIndex { !names.isDisjoint(with: $0) }
      }
      guard let source = column(["source", "pre", "presynaptic", "from", "sender"]),
        let target = column(["target", "post", "postsynaptic", "to", "receiver"])
      else { return nil }
      self.init(
        source: source, target: target,
        weight: column(["weight", "weights", "count", "counts", "synapses", "syn", "n", "strength"]
        ),
        delay: column(["delay", "delays"]))
    }

    init(source: Int = 0, target: Int = 1, weight: Int?, delay: Int?) {
      (self.source, self.target, self.weight, self.delay) = (source, target, weight, delay)
    }
  }

  /// The network of a list.
  ///
  /// - Throws: `invalidData` naming line and column.
  /// - Complexity: O(bytes).
  static func network(
    _ text: DelimitedText, _ columns: Columns, name: String
  ) throws(SpikingError) -> NamedNetwork {
    var synapses = SynapseColumns()
    var neurons = NeuronNames()
    try text.forEachRow { (row) throws(SpikingError) in
      guard let source = neurons.number(of: columns.source, in: row) else {
        throw error(row, columns.source, expected: "the name of a neuron")
      }
      guard let target = neurons.number(of: columns.target, in: row) else {
        throw error(row, columns.target, expected: "the name of a neuron")
      }
      var weight: Float = 1
      if let column = columns.weight {
        guard let value = row.number(column), Float(value).isFinite else {
          throw error(row, column, expected: "a finite 32-bit number")
        }
        weight = Float(value)
      }
      var delay: UInt16 = 1
      if let column = columns.delay, !row.isEmpty(column) {
        guard let value = row.number(column), let whole = UInt16(exactly: value),
          whole > 0
        else {
          throw error(
            row, column, expected: "a delay of 1 to \(SparseRows.delayRange.upperBound) bins")
        }
        delay = whole
      }
      if weight != 0 {
        synapses.append(from: source, to: target, weight: weight, delay: delay)
      }
    }
    if let numbers = neurons.numbers {
      synapses.renumber(numbers)
      return try NamedNetwork(synapses.network(name: name, neuronCount: numbers.count))
    }
    return try NamedNetwork(
      synapses.network(name: name, neuronCount: neurons.names.count), names: neurons.names)
  }

  private static func error(
    _ row: borrowing DelimitedRow, _ column: Int, expected: String
  ) -> SpikingError {
    SpikingError(
      .invalidData, "line \(row.line), column \(column + 1)",
      found: row.text(column).debugDescription, expected: expected)
  }
}

/// The neurons of a list in the order in which they appear.
private struct NeuronNames {
  private(set) var names: [String] = []
  private var indices: [String: UInt32] = [:]
  /// Whether one of them stood in quotes, or is no whole number.
  private var hasWords = false

  /// The place of a neuron; nil of a cell without a name.
  mutating func number(of column: Int, in row: borrowing DelimitedRow) -> UInt32? {
    let name = row.text(column)
    if let index = indices[name] { return index }
    guard !name.isEmpty else { return nil }
    // What stands in quotes is a name, even of digits.
    hasWords = hasWords || row.isQuoted(column) || Int(name).map { "\($0)" } != name
    let index = UInt32(names.count)
    names.append(name)
    indices[name] = index
    return index
  }

  /// What numbers the names are, where they are all numbers from 0 on.
  var numbers: [UInt32]? {
    guard !hasWords else { return nil }
    let numbers = names.compactMap(UInt32.init)
    guard numbers.count == names.count, numbers.allSatisfy({ $0 < names.count }) else { return nil }
    return numbers
  }
}
