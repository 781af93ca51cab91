internal import SpikingFiles
internal import SpikingFramework

/// A network as text: a matrix of numbers, a matrix with the names of the neurons, or a list of synapses.
///
/// | what the text is | when |
/// | --- | --- |
/// | a list (`SynapseTable`) | its header names source and target, or there is none and it has 2 to 4 columns and is not square |
/// | a matrix with names (`MatrixTable`) | its first line has a name for each column, in the order of the first column, if that has names |
/// | a matrix of numbers (`MatrixText`) | else |
enum NetworkTable {
  /// The network of a file.
  ///
  /// - Throws: `invalidData` naming line and column.
  static func network(_ path: String, name: String) throws(SpikingError) -> NamedNetwork {
    guard let text = try? DelimitedText(contentsOf: path) else { return try numbers(path, name) }
    if let header = text.header {
      if let columns = SynapseTable.Columns(header: header) {
        return try SynapseTable.network(text, columns, name: name)
      }
      if let matrix = MatrixTable(text) { return try matrix.network(text, name: name) }
      if 2...4 ~= text.columnCount, header.count < 2 || !header[1].isEmpty, rows(text, 1) > 0 {
        return try SynapseTable.network(text, .byPosition(text.columnCount), name: name)
      }
      if text.columnCount == 1 || header.contains(where: \.isEmpty) {
        return try numbers(path, name)
      }
      throw SpikingError(
        .invalidData, "line 1", found: header.joined(separator: ", "),
        expected: "source and target, or the names of the neurons, as in the first column")
    }
    // Rows that begin with a name have been told by it.
    if Double(text.firstCells[0]) == nil, let matrix = MatrixTable(text) {
      return try matrix.network(text, name: name)
    }
    let isSquare = rows(text, text.columnCount + 1) == text.columnCount
    if 2...4 ~= text.columnCount, !isSquare {
      return try SynapseTable.network(text, .byPosition(text.columnCount), name: name)
    }
    return try numbers(path, name)
  }

  /// The number of rows, counted up to a limit; of a text that has rows of several lengths, all up to the first of another.
  private static func rows(_ text: DelimitedText, _ limit: Int) -> Int {
    var count = 0
    try? text.forEachRow(atMost: limit) { (_) throws(SpikingError) in count += 1 }
    return count
  }

  private static func numbers(_ path: String, _ name: String) throws(SpikingError) -> NamedNetwork {
    let text = try MatrixText(InputFile.read(path))
    guard text.rowCount == text.columnCount, text.rowCount > 0 else {
      throw ConnectivityFile.notSquare([text.rowCount, text.columnCount])
    }
    return try NamedNetwork(
      Connectivity(name: name, matrix: text.values, neuronCount: text.rowCount))
  }
}
