import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking generate` with every generator, with weights and a spectral radius.
@Suite struct GeneratorCommandTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private func run(_ arguments: String) throws -> CommandFolder.Run {
    let run = try folder.spiking(arguments)
    expectSuccess(run)
    return run
  }

  private func expectNetwork(_ expected: Connectivity, at path: String) throws {
    #expect(try Connectivity(contentsOf: folder.path(path)) == expected)
  }

  @Test func `every generator makes the network of the library`() throws {
    func check(_ name: String, _ generator: some ConnectivityGenerator) throws {
      _ = try run("generate \(name) --neurons 36 --seed 3 --output \(name)")
      try expectNetwork(generator.network(0, seed: 3), at: "\(name)/0.npy")
      let listed = try run("info \(name)")
      #expect(listed.output.contains("36 neurons"))
    }
    try check("erdos-renyi", ErdosRenyiGenerator(neurons: 36))
    try check("fixed-in-degree", FixedInDegreeGenerator(neurons: 36))
    try check("fixed-out-degree", FixedOutDegreeGenerator(neurons: 36))
    try check("watts-strogatz", WattsStrogatzGenerator(neurons: 36))
    try check("barabasi-albert", BarabasiAlbertGenerator(neurons: 36))
    try check("block-model", BlockModelGenerator(neurons: 36))
    try check("ring-distance", RingDistanceGenerator(neurons: 36))
    try check("torus-distance", TorusDistanceGenerator(neurons: 36))
  }

  @Test func `weights and a spectral radius apply to any generator`() throws {
    let options =
      "--weights log-normal --set weights.mu=-0.7 --set weights.sigma=0.9 "
      + "--set weights.inhibitoryScale=4 --excitatory-fraction 0.75 --spectral-radius 0.8"
    func check(_ name: String, _ generator: some ConnectivityGenerator) throws {
      _ = try run("generate \(name) --neurons 40 --count 2 --seed 3 \(options) --output \(name)")
      let same = generator.weighted(
        LogNormalWeights(mu: -0.7, sigma: 0.9), excitatoryFraction: 0.75, inhibitoryScale: 4
      ).scaled(toSpectralRadius: 0.8)
      try expectNetwork(same.network(1, seed: 3), at: "\(name)/1.npy")
    }
    try check("erdos-renyi", ErdosRenyiGenerator(neurons: 40))
    try check("mexican-hat", MexicanHatGenerator(neurons: 40))
    try check("normal", NormalGenerator(neurons: 40))
    let record = try folder.json("normal/generator.json")
    #expect(record["generator"] as? String == "normal")
    #expect(record["weights"] as? String == "log-normal")
    let parameters = try #require(record["parameters"] as? [String: Double])
    #expect(parameters["weights.mu"] == -0.7 && parameters["weights.inhibitoryScale"] == 4)
    #expect(parameters["weights.excitatoryFraction"] == 0.75 && parameters["sparsity"] == 0.5)
    #expect(parameters["spectralRadius"] == 0.8 && parameters["neurons"] == 40)
  }

  @Test func `the fraction without weights is the generator's own`() throws {
    _ = try run("generate uniform --neurons 20 --excitatory-fraction 0.9 --seed 1 --output nets")
    try expectNetwork(
      UniformGenerator(neurons: 20, excitatoryFraction: 0.9).network(0, seed: 1), at: "nets/0.npy")
    #expect(try folder.json("nets/generator.json")["weights"] == nil)
  }

  @Test func `info lists the parameters of generators and weights`() throws {
    #expect(try run("info log-normal").output.contains("  sigma = 1, a finite number ≥ 0"))
    #expect(try run("info normal-weights").output.contains("  std = 1"))
    #expect(try run("info normal").output.contains("  sparsity = 0.5"))
    #expect(try run("info watts-strogatz").output.contains("  rewiring = 0.1"))
    let help = try run("generate --help").output
    for name in ["barabasi-albert", "torus-distance", "log-normal", "--spectral-radius"] {
      #expect(help.contains(name))
    }
  }

  @Test(arguments: [
    ("torus-distance --neurons 50", ["neurons", "found 50", "49 or 64"]),
    ("fixed-in-degree --neurons 10", ["degree", "found 10", "less than neurons (10)"]),
    ("watts-strogatz --neurons 50 --set degree=3", ["degree", "found 3", "even"]),
    ("erdos-renyi --neurons 5 --excitatory-fraction 0.5", ["--excitatory-fraction", "--weights"]),
    (
      "erdos-renyi --neurons 5 --weights constant --excitatory-fraction 2",
      ["--excitatory-fraction", "found 2"]
    ),
    ("erdos-renyi --neurons 5 --spectral-radius -1", ["spectralRadius", "found -1"]),
    ("erdos-renyi --neurons 10000000 --set probability=0", ["GB of free", "400000 GB"]),
    ("erdos-renyi --neurons 200000000", ["--neurons", "found 200000000"]),
  ])
  func `wrong values leave nothing behind`(arguments: String, words: [String]) throws {
    expectFailure(try folder.spiking("generate \(arguments) --output nets"), words)
  }

  @Test func `a network without cycles cannot be scaled`() throws {
    let run = try folder.spiking(
      "generate erdos-renyi --neurons 5 --set probability=0 --spectral-radius 1 --output nets")
    expectFailure(run, ["without cycles"])
  }

  #if os(Linux)
    @Test func `disk space counts, not memory`() throws {
      // A matrix of 2 × 10⁵ neurons is larger than the memory of most machines; only the disk limits
      // it. Here it is too small for so many networks.
      let run = try folder.spiking(
        "generate fixed-in-degree --neurons 200000 --count 100000 --output nets")
      expectFailure(run, ["nets", "GB of free disk space", "neurons²"])
    }
  #endif

  @Test func `a data set is read one network at a time, in natural order, under its names`() throws
  {
    _ = try run("generate erdos-renyi --neurons 12 --count 12 --seed 3 --output nets --quiet")
    let files = try ConnectivityFile.list(folder.path("nets"))
    #expect(files.map(\.name) == (0..<12).map { "\($0)" })
    let generator = ErdosRenyiGenerator(neurons: 12)
    for (index, file) in files.enumerated() {
      let network = try file.load()
      #expect(network.name == "\(index)")
      #expect(try network == generator.network(index, seed: 3))
    }
  }
}
