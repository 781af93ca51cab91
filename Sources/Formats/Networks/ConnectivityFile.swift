internal import Foundation
internal import SpikingFiles
public import SpikingFramework

/// Networks in files of any `NetworkFormat`. W[i, j] is the weight from neuron i to neuron j.
///
/// A network is named after its file, "networks/7.npy" is "7", and the name decides its random
/// numbers. To go through more networks than memory holds, list the files and load one at a time.
public struct ConnectivityFile: Hashable, Sendable {
  /// The file; of MATLAB also "FILE.mat:VARIABLE".
  public let path: String
  /// What the network is called.
  public var name: String { Paths.stem(MATLABFile.fileAndVariable(path).path) }

  /// A file that is not looked at before it is loaded.
  public init(_ path: String) {
    self.path = path
  }

  /// The files at `path`: itself, or the networks of a folder in natural order of their names (2 before 10): its
  /// `.npy` and `.pt` files, or else its `.npz`, `.graphml` or `.csv` files. Hidden files are left out.
  ///
  /// - Throws: `unreadableFile` where nothing is there, `invalidData` where a folder has no networks, or two of
  ///   one name, or where a command was ended while it replaced its networks.
  public static func list(_ path: String) throws(SpikingError) -> [ConnectivityFile] {
    guard Paths.isFolder(path) else { return [ConnectivityFile(path)] }
    let all = try Paths.names(inFolder: path)
    try IncompleteMark.check(path)
    let names =
      folderFormats.lazy
      .map { formats in
        all.filter { name in formats.contains { Paths.pathExtension(name) == $0.rawValue } }
      }
      .first { !$0.isEmpty } ?? []
    guard !names.isEmpty else {
      throw SpikingError(
        .invalidData, path, found: "a folder without networks",
        expected: ".npy, .pt, .npz, .graphml or .csv files")
    }
    let files = names.map { ConnectivityFile(path.hasSuffix("/") ? path + $0 : "\(path)/\($0)") }
    for (file, next) in zip(files, files.dropFirst()) where file.name == next.name {
      // The name of a network decides its random numbers.
      throw SpikingError(
        .invalidData, path, found: "two networks \(file.name)", expected: "one of each name")
    }
    return files
  }

  /// Which formats are read together where a folder has several: archives and tables beside matrices may be others.
  private static let folderFormats: [[NetworkFormat]] = [[.npy, .pt], [.npz], [.graphml], [.csv]]

  /// The network.
  ///
  /// - Parameter array: which array of an `.npz` it is; may be nil where the archive is a sparse matrix of SciPy's,
  ///   or only one of its arrays is a square matrix.
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the entry `W[i, j]` or the
  ///   shape that is wrong: not square, empty, or not finite.
  /// - Complexity: O(bytes); memory for the synapses of a `.npy` or `.pt` in C order and of sparse rows, for the file and
  ///   for the network otherwise.
  public func load(array: String? = nil) throws(SpikingError) -> Connectivity {
    try loadNamed(array: array).network
  }

  /// The network, and the names of its neurons where the file has them.
  ///
  /// - Throws: as `load(array:)`.
  func loadNamed(array: String? = nil) throws(SpikingError) -> NamedNetwork {
    let (file, variable) = MATLABFile.fileAndVariable(path)
    if Paths.pathExtension(file) == "mat" {
      return try NamedNetwork(MATLABFile(file).network(array ?? variable))
    }
    switch NetworkFormat(path: path) {
    case .npy: return try NamedNetwork(matrixOfNumPy())
    case .npz: return try archive(array)
    case .pt:
      var tensor = try TensorArchive(path)
      return try NamedNetwork(
        network(shape: tensor.shape) { () throws(SpikingError) in try tensor.next() })
    case .graphml:
      let file = try InputFile.read(path)
      return try SpikingError.within(path, GraphMLReader.network(file, name: name))
    case .csv:
      do {
        return try NetworkTable.network(path, name: name)
      } catch {
        throw error.ofTable(path)
      }
    case nil:
      // A file that is not there is worse than one of the wrong kind.
      try InputFile.check(path)
      throw SpikingError(
        .invalidData, path, found: "extension \(Paths.pathExtension(path).debugDescription)",
        expected: NetworkFormat.extensions)
    }
  }

  /// Writes a network in the format of the extension.
  ///
  /// - Returns: what the file does not hold, in words.
  /// - Throws: `unwritableFile`.
  func save(_ named: NamedNetwork, asMatrix: Bool = false) throws(SpikingError) -> [String] {
    guard let format = NetworkFormat(path: path) else {
      throw SpikingError(
        .unwritableFile, path, found: "extension \(Paths.pathExtension(path).debugDescription)",
        expected: NetworkFormat.extensions)
    }
    switch format {
    case .npy: try save(weightsOf: named.network)
    case .npz: try SparseArchive.write(named, to: path)
    case .pt: try TensorArchive.write(weightsOf: named.network, to: path)
    case .graphml: try GraphMLWriter.write(named, to: path)
    case .csv where asMatrix: try NetworkTable.writeMatrix(named, to: path)
    case .csv: try NetworkTable.writeSynapses(named, to: path)
    }
    var lost: [String] = []
    if named.network.hasDelays, !format.holdsDelays || format == .csv && asMatrix {
      lost.append(Self.lostDelays)
    }
    if !named.names.isEmpty, !format.holdsNames {
      lost.append("the names of the neurons")
    } else if format == .csv, !asMatrix, !named.areNamesUnique {
      lost.append("the names of the neurons, as some have the same")
    }
    return lost
  }

  /// What a file does not hold that has no room for delays.
  static let lostDelays = "the delays of the synapses"

  /// Writes the weights of a network, without its delays.
  ///
  /// - Throws: `unwritableFile`.
  /// - Complexity: O(neurons²); memory for one row.
  private func save(weightsOf network: Connectivity) throws(SpikingError) {
    let count = network.neuronCount
    var file = try OutputFile(path)
    try file.write(NumPyHeader(elementType: .float32, shape: [count, count]).bytes.bytes)
    try file.write(rowsOf: network)
    try file.finish()
  }
}

extension OutputFile {
  /// Appends the matrix of weights, row by row.
  mutating func write(rowsOf network: Connectivity) throws(SpikingError) {
    var row = [Float](repeating: 0, count: network.neuronCount)
    for source in 0..<network.neuronCount {
      network.forEachSynapse(from: source) { target, weight in row[target] = weight }
      try write(row.span.bytes)
      for target in row.indices { row[target] = 0 }
    }
  }
}

extension ConnectivityFile {
  private func matrixOfNumPy() throws(SpikingError) -> Connectivity {
    if var rows = try NumPyRows(path) {
      return try network(shape: rows.shape) { () throws(SpikingError) in try rows.next() }
    }
    return try network(NumPyArray(contentsOf: path))
  }

  /// The network of a matrix that is read in blocks of rows.
  private func network(
    shape: [Int], _ next: () throws(SpikingError) -> (first: Int, rows: NumPyArray)?
  ) throws(SpikingError) -> Connectivity {
    let count = shape[1]
    guard shape[0] == count, count > 0 else { throw Self.notSquare(shape).within(path) }
    var rows = SparseRows(neuronCount: count)
    while let (first, block) = try next() {
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

  private func archive(_ array: String?) throws(SpikingError) -> NamedNetwork {
    let archive = try NumPyArchive(contentsOf: path)
    if array == nil, SparseArchive.isOne(archive.names) {
      return try SparseArchive.network(archive, name: name)
    }
    let matrix = if let array { array } else { try Self.onlySquare(archive) }
    let network = try network(archive.array(matrix))
    // Names of other things may be there, too.
    let names = Self.names(archive)
    return try NamedNetwork(network, names: names.count == network.neuronCount ? names : [])
  }

  private static func names(_ archive: borrowing NumPyArchive) -> [String] {
    do {
      return archive.contains("names") ? try archive.array("names").strings() : []
    } catch {
      return []
    }
  }

  private func network(_ array: NumPyArray) throws(SpikingError) -> Connectivity {
    guard array.shape.count == 2, array.shape[0] == array.shape[1], array.shape[0] > 0 else {
      throw Self.notSquare(array.shape).within(array.source)
    }
    let weights = try array.floats()
    try Self.checkFinite(weights, of: array, firstRow: 0)
    return try SpikingError.within(
      path, Connectivity(name: name, matrix: weights, neuronCount: array.shape[0]))
  }

  static func notSquare(_ shape: [Int]) -> SpikingError {
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

  /// The names of the arrays of an archive that can be networks: square matrices of numbers. Those of a fit and of
  /// other results, such as which couplings were fitted, do not count.
  private static func squareArrays(
    of archive: borrowing NumPyArchive
  ) throws(SpikingError) -> [String] {
    var squares: [String] = []
    if ArchiveKind.ownName(archive.names) != nil { return [] }
    for name in archive.names {
      let (shape, type) = try archive.description(of: name)
      if type.isText { continue }
      if shape.count == 2, shape[0] == shape[1] { squares.append(name) }
    }
    return squares
  }

  /// Whether an archive is a network: a sparse matrix of SciPy's, or one with a single square matrix.
  ///
  /// - Throws: `invalidData` where an array is damaged.
  public static func isNetwork(_ archive: borrowing NumPyArchive) throws(SpikingError) -> Bool {
    if SparseArchive.isOne(archive.names) { return true }
    return try squareArrays(of: archive).count == 1
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
