internal import Spiking

/// Results that another subcommand has written: what they are, and their arrays or what wrote them.
struct ResultsSummary: Summary {
  let file: String
  /// "results of an analysis"; "arrays" where nothing says what they are.
  let kind: String
  var arrays: [Array]?
  var version: String?
  var seed: UInt64?

  /// An array of an archive.
  struct Array: Encodable {
    let name: String
    let type: String
    let shape: [Int]
  }

  /// The arrays of an archive.
  init(_ archive: borrowing NumPyArchive) throws(SpikingError) {
    file = archive.path
    kind = ArchiveKind.ownName(archive.names) ?? "arrays"
    var arrays: [Array] = []
    for name in archive.names {
      let (shape, type) = try archive.description(of: name)
      arrays.append(Array(name: name, type: type.descriptor, shape: shape))
    }
    self.arrays = arrays
  }

  /// A JSON file of results.
  init(_ results: ResultsFile) {
    file = results.path
    kind = results.kind
    version = results.version
    seed = results.seed
  }

  var lines: [String] {
    let origin = [version.map { "version \($0)" }, seed.map { "seed \($0)" }].compactMap { $0 }
    let first = ([kind] + origin).joined(separator: ", ")
    return ["\(file): \(first)"]
      + (arrays ?? []).map { "  \($0.name) \($0.type) \(shapeText($0.shape))" }
  }
}
