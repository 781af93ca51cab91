internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking info`: what is in a file, and which types there are.
struct InfoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what is in a file, or which parameters a type has.",
    discussion: """
      The name of a type (BernoulliGLM, Softplus, normal, Regular) lists its parameters, their defaults and \
      what they may be. Without a name all types are listed with theirs, by what kind of type they are.
      """)

  @Argument(
    help: ArgumentHelp(
      "A file, a folder of networks, or the name of a type.", valueName: "FILE|DIR|NAME"),
    completion: .names(
      InfoCommand.names,
      orFiles: ["npz", "npy", "nwb", "mat", "json", "csv", "tsv", "txt", "pt", "graphml"]))
  var path: String?
  @Flag(help: "Print one object of JSON, for other programs.")
  var json = false
  @OptionGroup var reading: ReadingOptions

  /// The names of all types.
  private static func names(_ catalogue: Catalogue) -> [String] {
    CatalogueKind.allCases.flatMap { catalogue.names($0) }
  }

  func run() async throws {
    let summary: any Summary =
      if let path { try summary(of: reading.located(path)) } else { CatalogueSummary() }
    let lines =
      json
      ? try JSONFile.text(summary, for: path ?? "info").components(separatedBy: "\n")
      : summary.lines
    for line in lines { print(line) }
  }

  private func summary(of path: String) throws -> any Summary {
    if !FileManager.default.fileExists(atPath: MATLABFile.fileAndVariable(path).path) {
      if let (kind, type) = Catalogue.current.entry(named: path) {
        return TypeSummary(path, kind, type)
      }
      try requireFile(path)
    }
    switch (path as NSString).pathExtension.lowercased() {
    case "json":
      if Run.isRun(path) { return try RunSummary(path) }
      if DesignFile.isDesign(path) {
        return DesignSummary(try DesignFile(contentsOf: path, catalogue: .current), file: path)
      }
      if let results = try ResultsFile(contentsOf: path) { return ResultsSummary(results) }
      return try ParameterSummary(path)
    case "npz": if let summary = try summary(ofArchive: path) { return summary }
    default:
      if RecordingKind.holds(path) || reading.timeUnit != nil { return try summary(ofSpikes: path) }
    }
    let networks = try ConnectivityFile.list(path).map {
      NetworkSummary(try NamedNetwork(contentsOf: $0.path), file: $0.path)
    }
    return networks.count == 1 && networks[0].file == path
      ? networks[0] : NetworkFolderSummary(file: path, networks: networks)
  }

  /// - Parameter hasCheckpoint: whether the file says where its run was stopped.
  private func summary(
    ofSpikes path: String, hasCheckpoint: Bool = false
  ) throws(SpikingError) -> any Summary {
    let recording = try reading.recording(of: path)
    guard let bins = recording.bins else { return try RecordingSummary(recording) }
    return BinnedSpikesSummary(
      bins, file: path, checkpoint: hasCheckpoint ? try Checkpoint(contentsOf: path) : nil)
  }

  /// A fit, spikes, or the arrays of an archive; nil of a network.
  private func summary(ofArchive path: String) throws -> (any Summary)? {
    let archive = try NumPyArchive(contentsOf: path)
    if ArchiveKind.isFit(archive.names) {
      return FitSummary(try CoupledFit(contentsOf: path, catalogue: .current), file: path)
    }
    if ArchiveKind.holdsSpikes(archive.names) {
      return try summary(
        ofSpikes: path, hasCheckpoint: ArchiveKind.isCheckpoint(archive.names))
    }
    if try ConnectivityFile.isNetwork(archive) { return nil }
    return try ResultsSummary(archive)
  }

  /// A word that does not look like a path is taken for an unknown name.
  private func requireFile(_ name: String) throws(SpikingError) {
    guard !name.contains("/"), !name.contains(".") else { return }
    let nearest = WrongCommandLine.nearest(to: name, among: Self.names(.current))
    throw SpikingError(
      .wrongCommandLine, visible(name.shortened(to: 120)),
      "no such file, and no such type, "
        + (nearest.map { "did you mean \($0)?" } ?? "see spiking info for all of them"))
  }
}
