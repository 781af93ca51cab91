internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking generate`: networks as a folder of files.
struct GenerateCommand: AsyncParsableCommand, Sendable {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "generate", abstract: "Generate networks as a folder of files.",
      discussion: """
        Generators: \(Catalogue.current.list(.generator)).

        Weights: \(Catalogue.current.list(.weights)). They replace those of any generator and are given \
        signs by Dale's law; their parameters are set as in --set weights.mu=-0.7.

        Delays: \(Catalogue.current.list(.delays)). Their parameters are set as in --set delays.maximum=20.

        `spiking info NAME` lists the parameters of a generator, of weights or of delays.

        Writes DIR/0.npy, DIR/1.npy, …: float32 matrices [N, N] with W[i, j] the weight from neuron i \
        to neuron j; DIR/generator.json: how they were made; and with --delays DIR/delays/0.npy, …: \
        uint16 matrices of the delays in bins, for simulate --delays DIR/delays.

        --format npz writes SciPy's sparse matrices (scipy.sparse.load_npz), which take 8 bytes a synapse; pt a \
        tensor of PyTorch (torch.load with weights_only=True); graphml graphs for networkx and Gephi; csv lists of \
        synapses: source, target, weight. All but npy and pt hold the delays, too.
        """)
  }

  @Argument(help: "The generator, by name.", completion: .names { $0.names(.generator) })
  var generator: String
  @Option(
    parsing: .unconditional, help: "The number of neurons of a network.",
    transform: NumberText.whole)
  var neurons: Int
  @OptionGroup var parameters: ParameterOptions
  @Option(
    help: "How the weights of the synapses are distributed. [default: as generated]",
    completion: .names { $0.names(.weights) })
  var weights: String?
  @Option(
    help: "What delays the synapses have. [default: one bin]",
    completion: .names { $0.names(.delays) })
  var delays: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The fraction of the neurons that excite.", valueName: "F"),
    transform: NumberText.real)
  var excitatoryFraction: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Scale each network to this spectral radius.", valueName: "R"),
    transform: NumberText.real)
  var spectralRadius: Double?
  @Option(
    parsing: .unconditional, help: "The number of networks. [default: 1]",
    transform: NumberText.whole)
  var count = 1
  @Option(
    help: ArgumentHelp(
      "How networks are written: npy, npz, pt, graphml or csv. [default: npy]",
      valueName: "FORMAT"), completion: .list(NetworkFormat.allCases.map(\.rawValue)),
    transform: Self.format)
  var format = NetworkFormat.npy
  @OptionGroup var seed: SeedOption
  @Flag(help: "Print nothing but warnings and errors.")
  var quiet = false
  @OptionGroup var replacement: ReplacementOptions
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "DIR"),
    completion: .directory)
  var output: String

  static func format(_ name: String) throws -> NetworkFormat {
    guard let format = NetworkFormat(rawValue: name.lowercased()) else {
      let names = NetworkFormat.allCases.map(\.rawValue)
      throw ValidationError("expected \(names.dropLast().joined(separator: ", ")) or csv")
    }
    return format
  }

  func validate() throws {
    try requirePositive(neurons, "neurons")
    try requirePositive(count, "count")
    try requireFolder(output)
    if parameters.assignments.contains(where: { $0.name == "neurons" }) {
      throw ValidationError("--set neurons: found a second number, expected --neurons alone")
    }
  }

  func run() async throws {
    let catalogue = Catalogue.current
    var prototype = try named("<generator>", kind: "generator", generator, catalogue.generator)
    if let weights {
      let distribution: any WeightDistribution = try named(
        "--weights", kind: "weights", weights, catalogue.weightDistribution)
      prototype = weighted(prototype, distribution)
    }
    if let delays {
      let rule: any DelayRule = try named(
        "--delays", kind: "delays", delays, catalogue.delayRule)
      prototype = delayed(prototype, rule)
    }
    if let spectralRadius { prototype = scaled(prototype, spectralRadius) }
    try await generate(prototype)
  }

  /// What goes by the name that an option gives.
  private func named<Value>(
    _ option: String, kind: String, _ name: String, _ find: (String) throws(SpikingError) -> Value
  ) throws(SpikingError) -> Value {
    do { return try find(name) } catch { throw error.within(option: option, kind: kind) }
  }

  private func weighted(
    _ base: some ConnectivityGenerator, _ weights: some WeightDistribution
  ) -> any ConnectivityGenerator {
    base.weighted(weights)
  }

  private func delayed(
    _ base: some ConnectivityGenerator, _ delays: some DelayRule
  ) -> any ConnectivityGenerator {
    base.delayed(by: delays)
  }

  private func scaled(
    _ base: some ConnectivityGenerator, _ radius: Double
  ) -> any ConnectivityGenerator {
    base.scaled(toSpectralRadius: radius)
  }

  private func generate(_ prototype: some ConnectivityGenerator) async throws {
    var generator = prototype
    try SpikingError.within("--neurons", generator.setParameter("neurons", to: Double(neurons)))
    try parameters.apply(to: &generator)
    try setExcitatoryFraction(of: &generator)
    let seed = seed.resolved()
    // Wrong parameters show before there is a folder.
    try generator.validate()
    try replacement.check(folder: output, files: [NetworkFolder.description], inputs: [])
    if format == .npy || format == .pt {
      try DiskSpace.require(at: output, networks: count, neurons: neurons)
    }
    let made = generator
    try await Interruption.leavesUnchanged(output) { [self] in try write(made, seed: seed) }
    if !quiet {
      print(
        "\(count) network\(count == 1 ? "" : "s") of \(neurons) neurons in \(output), seed \(seed)")
    }
  }
}

extension GenerateCommand {
  /// Writes the networks and how they are made, in place of those that an earlier run has made.
  private func write(_ generator: some ConnectivityGenerator, seed: UInt64) throws {
    let folder = try NetworkFolder(
      output, count: count, format: format, withDelays: delays != nil)
    let set = try OutputSet(output, description: NetworkFolder.description)
    for index in 0..<count {
      try Task.checkCancellation()
      let network = try generator.network(index, seed: seed)
      if !(format == .npy || format == .pt) {
        // Columns and the archive of them are there together.
        try DiskSpace.require(
          20 * Double(network.synapseCount), at: output, as: "a synapse takes some 20 bytes")
      }
      try set.write { place throws(SpikingError) in
        try folder.save(network, index: index, to: place)
      }
    }
    try set.write { place in
      try JSONFile.write(
        GenerationRecord(
          generator: self.generator, weights: weights, delays: delays,
          parameters: generator.valuesByName,
          count: count, seed: seed, version: spikingVersion),
        to: "\(place)/\(NetworkFolder.description)")
    }
    try set.finish(replacing: folder.former)
  }

  /// The fraction is a parameter of the weights that were asked for, or else of the generator.
  private func setExcitatoryFraction(
    of generator: inout some ConnectivityGenerator
  ) throws(SpikingError) {
    guard let excitatoryFraction else { return }
    let name = weights == nil ? "excitatoryFraction" : "weights.excitatoryFraction"
    guard generator.parameters.contains(where: { $0.name == name }) else {
      throw SpikingError(
        .invalidParameter, "--excitatory-fraction",
        found: "the generator \(self.generator), whose weights have no such fraction",
        expected: "--weights as well, such as --weights constant")
    }
    try SpikingError.within(
      "--excitatory-fraction", generator.setParameter(name, to: excitatoryFraction))
  }
}

/// What `generator.json` holds.
private struct GenerationRecord: Encodable {
  let generator: String
  /// The name of the distribution; not there where the weights are the generator's own.
  let weights: String?
  /// The name of the rule; not there where all delays are one bin.
  let delays: String?
  /// Those of the generator, of weights and delays as "weights.…" and "delays.…", and "spectralRadius" where it was given.
  let parameters: [String: Double]
  let count: Int
  let seed: UInt64
  let version: String
}
