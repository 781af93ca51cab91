internal import SpikingFiles
public import SpikingFramework

extension MATLABFile {
  /// A network: a square matrix of numbers, or a sparse one, in which element (i + 1, j + 1) is the weight from neuron i to
  /// neuron j. Delays in bins are a sparse matrix `delays` beside `weights`, as `write(_:to:)` writes them.
  ///
  /// - Parameter variable: which one it is; nil where only one of them, `delays` left out, can be a network.
  /// - Throws: `invalidData` where the file has none, or several that can be and `variable` names none of them; where a
  ///   weight is not finite.
  /// - Complexity: O(synapses + neurons) from a sparse matrix, O(neurons²) otherwise.
  public func network(_ variable: String? = nil) throws(SpikingError) -> Connectivity {
    let name = if let variable { variable } else { try onlyNetwork() }
    let (place, value) = try place(name)
    let count = value.shape.first ?? 0
    guard value.shape.count == 2, value.shape[1] == count, count > 0,
      [.numbers, .truthValues, .sparse].contains(value.kind)
    else { throw failure(name, found: value, expected: "a square matrix of weights") }
    guard count <= Connectivity.maximumNeuronCount else {
      throw failure(
        name, found: value, expected: "at most \(Connectivity.maximumNeuronCount) neurons")
    }
    let subject = "\(path): \(name)"
    guard value.kind == .sparse else {
      let weights = try numbers(at: place, value).values.map { Float($0) }
      return try SpikingError.within(
        subject,
        Connectivity(name: Paths.stem(path), matrix: weights, neuronCount: count))
    }
    return try network(of: SparseColumns(file, place, count: count), subject)
  }

  private func network(
    of columns: SparseColumns, _ subject: String
  ) throws(SpikingError) -> Connectivity {
    var delays: SparseColumns?
    if subject.hasSuffix(": weights"), variables.contains("delays") {
      let (place, value) = try place("delays")
      if value.kind == .sparse {
        let found = try SparseColumns(file, place, count: columns.ends.count - 1)
        guard found.rows == columns.rows, found.ends == columns.ends else {
          throw failure(
            "delays", found: "other elements than weights has", expected: "one for each synapse")
        }
        delays = found
      }
    }
    // The columns of W are the rows of its transpose.
    let count = columns.ends.count - 1
    var rows = SparseRows(neuronCount: count, capacity: columns.values.count)
    for target in 0..<count {
      for index in columns.ends[target]..<columns.ends[target + 1]
      where columns.values[index] != 0 {
        let delay = delays?.values[index] ?? 1
        guard let bins = Int(exactly: delay), SparseRows.delayRange.contains(bins) else {
          throw failure(
            "delays(\(columns.rows[index] + 1), \(target + 1))", found: delay,
            expected: "1 to \(SparseRows.delayRange.upperBound) bins")
        }
        rows.append(columns.rows[index], Float(columns.values[index]), delay: bins)
      }
      rows.endRow()
    }
    // Before it is transposed, which takes for granted that all is in order.
    let transpose = try SpikingError.within(subject, Connectivity(rows: rows)).sparseRows
    return try Connectivity(name: Paths.stem(path), rows: transpose.transposed())
      .inFasterStorage()
  }

  /// The names of the variables that can be networks: square matrices of at least two neurons.
  public func networks() throws(SpikingError) -> [String] {
    var names: [String] = []
    for name in variables where name != "delays" {
      guard let value = try? value(name), value.shape.count == 2, value.shape[0] == value.shape[1]
      else { continue }
      let isMatrix = [.numbers, .truthValues].contains(value.kind) && value.shape[0] > 1
      if isMatrix || value.kind == .sparse && value.shape[0] > 0 { names.append(name) }
    }
    return names
  }

  private func onlyNetwork() throws(SpikingError) -> String {
    let names = try networks()
    guard names.count == 1 else {
      throw SpikingError(
        .invalidData, path,
        found: names.isEmpty
          ? "no square matrix among \(listedVariables)"
          : "\(names.count) square matrices, \(names.joined(separator: ", "))",
        expected: "one, or the name of a variable")
    }
    return names[0]
  }
}

/// A sparse matrix column by column: the rows of the elements of column j and their values are
/// `ends[j]..<ends[j + 1]`.
private struct SparseColumns {
  let rows: [Int]
  let ends: [Int]
  let values: [Double]

  /// - Throws: `invalidData` where the arrays do not fit together.
  init(
    _ file: borrowing HDF5File, _ place: String, count: Int
  ) throws(SpikingError) {
    ends = try file.integerColumn("\(place)/jc")
    guard ends.count == count + 1, ends[0] == 0,
      zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 })
    else {
      throw file.failure(
        "\(place)/jc", found: "\(ends.count) numbers",
        expected: "\(count + 1), ascending from 0: where the columns end")
    }
    let used = ends[count]
    // Without elements there may be no arrays of them, and after the last there may be room.
    let rows = used == 0 ? [] : try file.integerColumn("\(place)/ir")
    let values = used == 0 ? [] : try file.realColumn("\(place)/data")
    guard rows.count >= used, values.count >= used,
      rows.prefix(used).allSatisfy({ 0..<count ~= $0 })
    else {
      throw file.failure(
        place, found: "\(rows.count) rows and \(values.count) values",
        expected: "\(used) of each, the rows below \(count)")
    }
    self.rows = Array(rows.prefix(used))
    self.values = Array(values.prefix(used))
  }
}
