internal import Foundation
internal import SpikingFramework

/// A matrix of weights under the names of its neurons, as connectomes are published: a line of names, and in each line after it the name of
/// a source, if there is a column of names, and its weights to all targets.
struct MatrixTable {
  private let names: [String]
  private let hasColumnOfNames: Bool

  /// - Returns: nil where the first line does not have the names of the rows, or as many as there are rows of numbers alone.
  init?(_ text: DelimitedText) {
    var rowNames: [String] = []
    var rowCount = 0
    var isFirst = text.header == nil
    try? text.forEachRow { (row) throws(SpikingError) in
      if isFirst {
        isFirst = false
        return
      }
      rowCount += 1
      rowNames.append(row.text(0))
    }
    let columnNames = text.firstCells
    if rowNames.elementsEqual(columnNames.dropFirst()), rowCount > 0 {
      names = rowNames
      hasColumnOfNames = true
    } else if rowCount == columnNames.count, text.header != nil, !columnNames.contains("") {
      names = columnNames
      hasColumnOfNames = false
    } else {
      return nil
    }
  }

  /// The network of all rows.
  ///
  /// - Throws: `invalidData` naming line and column of a weight that is no finite number.
  func network(_ text: DelimitedText, name: String) throws(SpikingError) -> NamedNetwork {
    var rows = SynapseRows(neuronCount: names.count, capacity: 0)
    var source = text.header == nil ? -1 : 0
    let first = hasColumnOfNames ? 1 : 0
    try text.forEachRow { (row) throws(SpikingError) in
      defer { source += 1 }
      guard source >= 0 else { return }
      for target in names.indices {
        // No synapse may be nothing.
        if row.isEmpty(first + target) { continue }
        guard let value = row.number(first + target), Float(value).isFinite else {
          throw SpikingError(
            .invalidData, "line \(row.line), column \(first + target + 1), W[\(source), \(target)]",
            found: row.text(first + target).debugDescription, expected: "a finite 32-bit number")
        }
        if value != 0 {
          try rows.append(from: source, to: UInt32(target), weight: Float(value), delay: 1)
        }
      }
    }
    let isNumbered = names.enumerated().allSatisfy { "\($0)" == $1 }
    return try NamedNetwork(rows.network(name: name), names: isNumbered ? [] : names)
  }
}
