internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking generate`: networks as a folder of `.npy` files.
struct GenerateCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "generate", abstract: "Generate networks as a folder of .npy files.",
      discussion: """
        Generators: \(Catalogue.current.generatorNames). `spiking info NAME` lists the parameters of one.

        Writes DIR/0.npy, DIR/1.npy, …: float32 matrices [N, N] with W[i, j] the weight from neuron i \
        to neuron j; and DIR/generator.json: how they were made.
        """)
  }

  @Argument(help: "The generator, by name.")
  var generator: String
  @Option(parsing: .unconditional, help: "The number of neurons of a network.")
  var neurons: Int
  @OptionGroup var parameters: ParameterOptions
  @Option(parsing: .unconditional, help: "The number of networks.")
  var count = 1
  @OptionGroup var seed: SeedOption
  @Flag(help: "Print nothing but errors.")
  var quiet = false
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
    try requireMemory(neurons: neurons)
    let prototype = try Catalogue.current.generator(generator)
    try generate(prototype)
  }

  private func generate(_ prototype: some ConnectivityGenerator) throws {
    var generator = prototype
    try generator.setParameter("neurons", to: Double(neurons))
    try parameters.apply(to: &generator)
    let seed = seed.resolved()
    // Wrong parameters show before there is a folder.
    try generator.validate()
    let folder = try NetworkFolder(output, count: count)
    for index in 0..<count { try folder.save(generator.network(index, seed: seed), index: index) }
    try JSONFile.write(
      GenerationRecord(
        generator: self.generator,
        parameters: Dictionary(
          uniqueKeysWithValues: generator.parameters.map { ($0.name, $0.value) }),
        count: count, seed: seed, version: spikingVersion),
      to: "\(output)/generator.json")
    if !quiet {
      print(
        "\(count) network\(count == 1 ? "" : "s") of \(neurons) neurons in \(output), seed \(seed)")
    }
  }
}

/// What `generator.json` holds.
private struct GenerationRecord: Encodable {
  let generator: String
  let parameters: [String: Double]
  let count: Int
  let seed: UInt64
  let version: String
}
