internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking recover`: how well the synapses of known networks are found from their spikes.
struct RecoverCommand: AsyncParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Simulate known networks, fit them from their spikes, and compare.",
    discussion: """
      Each network is simulated and its couplings are fitted, one weight for each ordered pair, with the \
      model's own coupling filter. Writes DIR/recovery.json (measures for each length and network, their means \
      and standard deviations), DIR/weights.npz (true, estimate, standard_error, p_value of the longest \
      recording, [networks, N, N]; NaN on the diagonal, where the data cannot tell, and beyond the neurons of a \
      smaller network), and figures as .png and .svg.
      """)

  @OptionGroup var simulated: ModelOptions
  @Option(
    parsing: .unconditional, help: "The number of bins to simulate.", transform: NumberText.whole)
  var steps: Int
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Shorter recordings to fit as well: the first so many bins.", valueName: "a,b,…"))
  var lengths: String?
  @Flag(help: "Tell the fit which neurons excite and which inhibit.")
  var dale = false
  @OptionGroup var seed: SeedOption
  @OptionGroup var options: RunOptions
  @OptionGroup var folder: ResultsOptions

  func validate() throws {
    try require(steps, "steps", in: 1...BinnedSpikes.maximumBinCount)
    _ = try chosenLengths()
  }

  /// The lengths to fit, ascending, `steps` the last.
  private func chosenLengths() throws -> [Int] {
    let shorter = try lengths?.split(separator: ",", omittingEmptySubsequences: false).map { text in
      let length = Int(text.trimmingCharacters(in: .whitespaces))
      guard let length, 1...steps ~= length else {
        throw ValidationError(
          "--lengths: found \(String(text).debugDescription), expected numbers of bins from 1 to "
            + "\(steps), as many as are simulated")
      }
      return length
    }
    return Set((shorter ?? []) + [steps]).sorted()
  }

  func run() async throws {
    let model = try simulated.loadModel()
    guard let cascade = model as? any CascadeModel else {
      throw SpikingError(
        .invalidParameter, "--model", found: type(of: model).typeName,
        expected: "a cascade of filters, a nonlinearity and an emission, which can be fitted")
    }
    try await recover(cascade)
  }

  private func recover(_ model: some CascadeModel) async throws {
    try folder.replacement.check(
      folder: folder.output,
      files: ["recovery.json", "weights.npz"] + OutputSet.files(ofFigures: RecoveryFigures.names),
      inputs: [simulated.model, simulated.networks])
    try model.validate()
    let networks = try [Connectivity](contentsOf: simulated.networks)
    let lengths = try chosenLengths()
    let seed = seed.resolved()
    let experiment = RecoveryExperiment(model, usesDalesSigns: dale)
    try await Interruption.leavesUnchanged(folder.output) { [self] in
      // A folder that cannot be made shows before the work.
      let set = try OutputSet(folder.output, description: "recovery.json")
      let found = try await ProgressBar.during(quiet: options.quiet) { progress in
        try await experiment.run(
          networks, lengths: lengths, seed: seed,
          execution: .init(threads: options.threads, progress: progress))
      }
      let results = try zip(lengths, found).map {
        try RecoveryResult(length: $0, dt: model.dt, networks: $1)
      }
      let longest = found.last ?? []
      try set.write { folder in
        try RecoveryWeights.write(longest, to: "\(folder)/weights.npz")
        try JSONFile.write(
          RecoveryFile(
            model: type(of: model).typeName,
            parameters: model.valuesByName,
            seed: seed, usesDalesSigns: dale, version: spikingVersion, lengths: results),
          to: "\(folder)/recovery.json")
      }
      let figures = try RecoveryFigures(networks: longest, results: results).figures()
      let drawn = try set.draw(folder.noFigures ? [] : figures)
      try set.finish(replacing: OutputSet.files(ofFigures: RecoveryFigures.names))
      for line in RecoveryResult.table(results) { options.report(line) }
      for warning in longest.flatMap(\.warnings).prefix(3) {
        options.report("warning: \(warning)")
      }
      options.report("seed \(seed), in \(folder.output)")
      // Where figures cannot be drawn everything else is there before the command says why.
      if let failure = drawn.failure { throw failure }
    }
  }
}

/// What `recovery.json` holds.
private struct RecoveryFile: Encodable {
  let model: String
  let parameters: [String: Double]
  let seed: UInt64
  let usesDalesSigns: Bool
  let version: String
  let lengths: [RecoveryResult]
}
