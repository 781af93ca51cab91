internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking generate`: networks as a folder of `.npy` files.
struct GenerateCommand: AsyncParsableCommand, Sendable {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "generate", abstract: "Generate networks as a folder of .npy files.",
      discussion: """
        Generators: \(Catalogue.current.generatorNames).

        Weights: \(Catalogue.current.weightNames). They replace those of any generator and are given \
        signs by Dale's law; their parameters are set as in --set weights.mu=-0.7.

        Delays: \(Catalogue.current.delayNames). Their parameters are set as in --set delays.maximum=20.

        `spiking info NAME` lists the parameters of a generator, of weights or of delays.

        Writes DIR/0.npy, DIR/1.npy, …: float32 matrices [N, N] with W[i, j] the weight from neuron i \
        to neuron j; DIR/generator.json: how they were made; and with --delays DIR/delays/0.npy, …: \
        uint16 matrices of the delays in bins, for simulate --delays DIR/delays.
        """)
  }

  @Argument(help: "The generator, by name.")
  var generator: String
  @Option(parsing: .unconditional, help: "The number of neurons of a network.")
  var neurons: Int
  @OptionGroup var parameters: ParameterOptions
  @Option(help: "How the weights of the synapses are distributed. [default: as generated]")
  var weights: String?
  @Option(help: "What delays the synapses have. [default: one bin]")
  var delays: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The fraction of the neurons that excite.", valueName: "F"))
  var excitatoryFraction: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Scale each network to this spectral radius.", valueName: "R"))
  var spectralRadius: Double?
  @Option(parsing: .unconditional, help: "The number of networks.")
  var count = 1
  @OptionGroup var seed: SeedOption
  @Flag(help: "Print nothing but errors.")
  var quiet = false
  @OptionGroup var replacement: ReplacementOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "DIR"))
  var output: String

  func validate() throws {
    try requirePositive(neurons, "neurons")
    try requirePositive(count, "count")
    try requireFolder(output)
    if parameters.assignments.contains(where: { $0.name == "neurons" }) {
      throw ValidationError("--set neurons: found a second number, expected --neurons alone")
    }
  }

  func run() async throws {
    var prototype = try Catalogue.current.generator(generator)
    if let weights {
      prototype = weighted(prototype, try Catalogue.current.weightDistribution(weights))
    }
    if let delays { prototype = delayed(prototype, try Catalogue.current.delayRule(delays)) }
    if let spectralRadius { prototype = scaled(prototype, spectralRadius) }
    try await generate(prototype)
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
    try DiskSpace.require(at: output, networks: count, neurons: neurons)
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
    let folder = try NetworkFolder(output, count: count, withDelays: delays != nil)
    let set = try OutputSet(output, description: NetworkFolder.description)
    for index in 0..<count {
      try Task.checkCancellation()
      let network = try generator.network(index, seed: seed)
      try set.write { place throws(SpikingError) in
        try folder.save(network, index: index, to: place)
      }
    }
    try set.write { place in
      try JSONFile.write(
        GenerationRecord(
          generator: self.generator, weights: weights, delays: delays,
          parameters: Dictionary(
            generator.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
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
