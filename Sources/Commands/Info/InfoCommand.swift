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
      { catalogue in CatalogueKind.allCases.flatMap { catalogue.names($0) } },
      orFiles: ["npz", "npy", "nwb", "json", "csv", "txt"]))
  var path: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The width of a bin of dense counts in ms. [default: 1]", valueName: "MS"),
    transform: NumberText.real)
  var dt = 1.0
  @OptionGroup var reading: ReadingOptions

  func validate() throws { try requirePositive(dt, "dt") }

  func run() async throws {
    guard let path else { return listTypes() }
    if !FileManager.default.fileExists(atPath: path),
      let (kind, type) = Catalogue.current.entry(named: path)
    {
      print("\(path), \(kind.phrase):")
      describe(type)
    } else if path.hasSuffix(".json") {
      try describeJSON(path)
    } else if path.lowercased().hasSuffix(".nwb") {
      try describeNWB(path)
    } else if FileContents.holdsSpikes(path) {
      describe(try RecordedSpikes(contentsOf: path, dt: dt, limits: reading.limits), path)
    } else if path.hasSuffix(".npz"), try describeArchive(path) {
      return
    } else {
      for file in try ConnectivityFile.list(path) { describe(try file.load(), file.path) }
    }
  }

  /// A fit, or the arrays of an archive that is no network.
  ///
  /// - Returns: false for a network.
  private func describeArchive(_ path: String) throws -> Bool {
    let archive = try NumPyArchive(contentsOf: path)
    if ArchiveKind.isFit(archive.names) {
      describe(try CoupledFit(contentsOf: path, catalogue: .current), path)
      return true
    }
    if try ConnectivityFile.squareArrays(of: archive).count == 1 { return false }
    for name in archive.names {
      let (shape, type) = try archive.description(of: name)
      print("\(path): \(name) \(type.descriptor) \(shape)")
    }
    return true
  }

  private func describe(_ network: Connectivity, _ path: String) {
    var (lowest, highest) = (Float.infinity, -Float.infinity)
    var isConnected = [Bool](repeating: false, count: network.neuronCount)
    network.forEachSynapse { source, target, weight in
      (lowest, highest) = (min(lowest, weight), max(highest, weight))
      isConnected[source] = true
      isConnected[target] = true
    }
    let weights = network.synapseCount > 0 ? "weights \(lowest) to \(highest), " : ""
    print(
      "\(path): network of \(network.neuronCount) neurons, \(network.synapseCount) synapses "
        + "(density \(brief(network.density))), \(weights)\(network.autapseCount) autapses, "
        + "\(isConnected.count { !$0 }) isolated neurons; "
        + "simulated with \(rows(network)), \(network.byteCount) bytes")
  }

  private func rows(_ network: Connectivity) -> String {
    switch network.storage {
    case .dense: return "dense rows"
    case .sparse(let rows):
      let width = if case .narrow = rows.targets { 16 } else { 32 }
      return "sparse rows of \(width)-bit targets"
    }
  }

  func describe(_ spikes: RecordedSpikes, _ path: String) {
    switch spikes {
    case .binned(let trains):
      let rate = rate(trains.spikeCount, over: Double(trains.neuronCount) * trains.duration)
      print(
        "\(path): \(trains.spikeCount) spikes of \(trains.neuronCount) neurons in "
          + "\(trains.networkCount) networks, \(trains.binCount) bins of \(trains.dt) ms "
          + "(\(brief(trains.duration / 1000)) s), \(rate), "
          + (trains.seed.map { "seed \($0)" } ?? "seed unknown"))
    case .timed(let recording):
      let neurons = 0..<recording.neuronCount
      print(
        "\(path): \(recording.times.count) spikes of \(recording.neuronCount) neurons, "
          + "\(inMilliseconds(recording.start, to: recording.stop)), "
          + rate(
            neurons.reduce(0) { $0 + recording.observedSpikeCount(of: $1) },
            over: neurons.reduce(0) { $0 + recording.observedDuration(of: $1) }))
    }
  }

  /// - Parameter duration: the time for which neurons were observed, in ms, that of all of them together.
  private func rate(_ spikes: Int, over duration: Double) -> String {
    duration > 0 ? "\(brief(1000 * Double(spikes) / duration)) Hz a neuron" : "no duration"
  }
}
