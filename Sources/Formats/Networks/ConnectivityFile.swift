internal import Foundation
internal import SpikingFiles
public import SpikingFramework

/// Networks in files: `.npy`, an array of an `.npz`, or text (`.csv`, `.tsv`, `.txt`). W[i, j] is
/// the weight from neuron i to neuron j.
///
/// A network is named after its file, "networks/7.npy" is "7", and the name decides its random
/// numbers. To go through more networks than memory holds, list the files and load one at a time.
public struct ConnectivityFile: Hashable, Sendable {
  /// The file.
  public let path: String
  /// What the network is called.
  public var name: String { Paths.stem(path) }

  /// A file that is not looked at before it is loaded.
  public init(_ path: String) {
    self.path = path
  }

  /// The files at `path`: itself, or the `.npy` files of a folder in natural order of their names
  /// (2 before 10); hidden files are left out.
  ///
  /// - Throws: `unreadableFile` where nothing is there, `invalidData` where a folder has no `.npy`, or where a
  ///   command was ended while it replaced its networks.
  public static func list(_ path: String) throws(SpikingError) -> [ConnectivityFile] {
    guard Paths.isFolder(path) else { return [ConnectivityFile(path)] }
    let names = try Paths.names(inFolder: path)
      .filter { Paths.pathExtension($0) == "npy" }
    try IncompleteMark.check(path)
    guard !names.isEmpty else {
      throw SpikingError(
        .invalidData, path, found: "a folder without networks", expected: ".npy files")
    }
    return names.map { ConnectivityFile(path.hasSuffix("/") ? path + $0 : "\(path)/\($0)") }
  }

  /// The network.
  ///
  /// - Parameter array: which array of an `.npz` it is; may be nil where only one of them is a
  ///   square matrix.
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the entry `W[i, j]` or the
  ///   shape that is wrong: not square, empty, or not finite.
  /// - Complexity: O(neurons²); memory for the synapses of a `.npy` in C order, for the file and for a
  ///   matrix of 32-bit numbers otherwise.
  public func load(array: String? = nil) throws(SpikingError) -> Connectivity {
    if Paths.pathExtension(path) == "npy", let rows = try NumPyRows(path) {
      return try network(rows)
    }
    if Paths.pathExtension(path) == "mat" { return try MATLABFile(path).network(array) }
    let matrix = try matrix(array)
    return try SpikingError.within(
      path, Connectivity(name: name, matrix: matrix.weights, neuronCount: matrix.neuronCount))
  }

  /// Writes the weights of a network, without its delays.
  ///
  /// - Throws: `unwritableFile`.
  /// - Complexity: O(neurons²); memory for one row.
  func save(weightsOf network: Connectivity) throws(SpikingError) {
    let count = network.neuronCount
    var file = try OutputFile(path)
    try file.write(NumPyHeader(elementType: .float32, shape: [count, count]).bytes.bytes)
    var row = [Float](repeating: 0, count: count)
    for source in 0..<count {
      network.forEachSynapse(from: source) { target, weight in row[target] = weight }
      try file.write(row.span.bytes)
      for target in row.indices { row[target] = 0 }
    }
    try file.finish()
  }
}

extension ConnectivityFile {
  private func network(_ file: consuming NumPyRows) throws(SpikingError) -> Connectivity {
    var file = file
    let count = file.shape[1]
    guard file.shape[0] == count, count > 0 else { throw Self.notSquare(file.shape).within(path) }
    var rows = SparseRows(neuronCount: count)
    while let (first, block) = try file.next() {
      let weights = try block.floats()
      try Self.checkFinite(weights, of: block, firstRow: first)
      for row in 0..<block.shape[0] {
        for target in 0..<count {
          let weight = weights[row * count + target]
          if weight != 0 { rows.append(target, weight) }
        }
        rows.endRow()
      }
    }
    return try Connectivity(name: name, rows: rows).inFasterStorage()
  }

  private func matrix(
    _ array: String?
  ) throws(SpikingError) -> (weights: [Float], neuronCount: Int) {
    switch Paths.pathExtension(path) {
    case "npy": return try Self.matrix(NumPyArray(contentsOf: path))
    case "npz":
      let archive = try NumPyArchive(contentsOf: path)
      if let array { return try Self.matrix(archive.array(array)) }
      return try Self.matrix(archive.array(Self.onlySquare(archive)))
    case "csv", "tsv", "txt":
      let file = try InputFile.read(path)
      return try SpikingError.within(path, Self.matrix(MatrixText(file)))
    default:
      // A file that is not there is worse than one of the wrong kind.
      _ = try InputFile.read(path)
      throw SpikingError(
        .invalidData, path, found: "extension \(Paths.pathExtension(path).debugDescription)",
        expected: "npy, npz, mat, csv, tsv or txt")
    }
  }

  private static func matrix(
    _ array: NumPyArray
  ) throws(SpikingError) -> (weights: [Float], neuronCount: Int) {
    guard array.shape.count == 2, array.shape[0] == array.shape[1], array.shape[0] > 0 else {
      throw notSquare(array.shape).within(array.source)
    }
    let weights = try array.floats()
    try checkFinite(weights, of: array, firstRow: 0)
    return (weights, array.shape[0])
  }

  private static func notSquare(_ shape: [Int]) -> SpikingError {
    SpikingError(
      .invalidData, "shape of W[i, j]", found: NumPyHeader.text(shape), expected: "(N, N), N ≥ 1")
  }

  /// - Throws: `invalidData` about the first of the weights of some rows that is not finite.
  private static func checkFinite(
    _ weights: [Float], of rows: NumPyArray, firstRow: Int
  ) throws(SpikingError) {
    guard let index = weights.firstIndex(where: { !$0.isFinite }) else { return }
    let count = rows.shape[1]
    throw rows.error(
      "W[\(firstRow + index / count), \(index % count)]", found: try rows.doubles()[index],
      expected: "a finite 32-bit number")
  }

  private static func matrix(
    _ text: MatrixText
  ) throws(SpikingError) -> (weights: [Float], neuronCount: Int) {
    guard text.rowCount == text.columnCount, text.rowCount > 0 else {
      throw notSquare([text.rowCount, text.columnCount])
    }
    return (text.values, text.rowCount)
  }

  /// The names of the arrays of an archive that can be networks: square matrices of numbers. Those of a fit and of
  /// other results, such as which couplings were fitted, do not count.
  public static func squareArrays(
    of archive: borrowing NumPyArchive
  ) throws(SpikingError) -> [String] {
    var squares: [String] = []
    if ArchiveKind.ownName(archive.names) != nil { return [] }
    for name in archive.names {
      let (shape, type) = try archive.description(of: name)
      if case .unicode = type { continue }
      if shape.count == 2, shape[0] == shape[1] { squares.append(name) }
    }
    return squares
  }

  private static func onlySquare(_ archive: borrowing NumPyArchive) throws(SpikingError) -> String {
    let squares = try squareArrays(of: archive)
    guard squares.count == 1 else {
      throw SpikingError(
        .invalidData, archive.path,
        found: "\(squares.count) square matrices, \(ArchiveKind.description(archive.names))",
        expected: "one, or the name of an array")
    }
    return squares[0]
  }
}
