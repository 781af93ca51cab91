internal import ArgumentParser
internal import Foundation
internal import Spiking

/// `spiking intro`: the introductory example from end to end.
struct IntroCommand: AsyncParsableCommand, Sendable {
  static let configuration = CommandConfiguration(
    commandName: "intro", abstract: "Run the introductory example: networks, spikes and figures.",
    discussion: """
      Generates random networks, stimulates four excitatory neurons of each with pulses of 10 ms every \
      100 ms, simulates a BernoulliGLM, and compares stimulated with other neurons. Writes \
      DIR/networks/0.npy …, DIR/stimulus.json, DIR/spikes.npz, DIR/summary.json, and figures as .png and .svg.
      """)

  @Option(
    parsing: .unconditional, help: "The number of networks. [default: 10]",
    transform: NumberText.whole)
  var networks = 10
  @Option(
    parsing: .unconditional, help: "The number of neurons of a network. [default: 50]",
    transform: NumberText.whole)
  var neurons = 50
  @Option(
    parsing: .unconditional, help: "The number of bins of 1 ms. [default: 100000]",
    transform: NumberText.whole)
  var steps = 100_000
  @Option(
    parsing: .unconditional, help: "The seed of all random numbers. [default: 0]",
    transform: NumberText.whole)
  var seed: UInt64 = 0
  @OptionGroup var options: RunOptions
  @OptionGroup var replacement: ReplacementOptions
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "DIR"),
    completion: .directory)
  var output: String

  func validate() throws {
    try requirePositive(networks, "networks")
    try requirePositive(neurons, "neurons")
    try require(steps, "steps", in: 1...BinnedSpikes.maximumBinCount)
    try requireFolder(output)
  }

  func run() async throws {
    try replacement.check(
      folder: output, files: ["summary.json", "stimulus.json", "spikes.npz"], inputs: [])
    try requireMemory(neurons: neurons, networks: networks)
    let example = Introduction(
      networkCount: networks, neurons: neurons, steps: steps, seed: seed)
    try await Interruption.leavesUnchanged(output) { [self] in try await run(example) }
  }

  private func run(_ example: Introduction) async throws {
    let matrices = try example.networks()
    let targets = example.targets()
    let folder = try NetworkFolder(
      "\(output)/networks", count: networks,
      replacesAll: replacement.force || OwnFile.isAt("\(output)/summary.json"))
    let set = try OutputSet(output, description: "summary.json")
    try set.write { place in
      try OutputFolder.create("\(place)/networks")
      for (index, network) in matrices.enumerated() {
        try folder.save(network, index: index, to: "\(place)/networks")
      }
      try example.stimulus(on: targets).write(to: "\(place)/stimulus.json")
    }

    let clock = ContinuousClock()
    let start = clock.now
    let spikes = try await ProgressBar.during(quiet: options.quiet) { progress in
      try await example.simulate(
        matrices, targets: targets, execution: .init(threads: options.threads, progress: progress))
    }
    let seconds = (clock.now - start) / .seconds(1)
    try set.write { try spikes.write(to: "\($0)/spikes.npz") }

    let result = try IntroductionResult(spikes, targets: targets)
    let figures = try IntroductionFigures(
      example: example, network: matrices[0], targets: targets[0], spikes: spikes, result: result
    ).figures()
    let drawn = try set.draw(figures)
    let summary = IntroductionSummary(
      rateHz: try result.rates(), meanIsiMs: try result.meanIntervals(),
      spikes: spikes.spikeCount, neuronSteps: spikes.neuronCount * steps,
      simulateSeconds: seconds, seed: seed, version: spikingVersion, figures: drawn.files)
    try set.write { try JSONFile.write(summary, to: "\($0)/summary.json") }
    try set.finish(
      replacing: folder.former.map { "networks/\($0)" }
        + OutputSet.files(ofFigures: figures.map(\.name)))
    // Where figures cannot be drawn everything else is there before the command says why.
    if let failure = drawn.failure { throw failure }
    report(summary, figures: drawn.files)
  }

  private func report(_ summary: IntroductionSummary, figures: [String]) {
    func line(_ name: String, _ pair: IntroductionResult.Pair, _ unit: String) -> String {
      let values = [pair.stimulated, pair.unstimulated].map {
        $0?.formatted(.number.precision(.fractionLength(1)).grouping(.never)) ?? "none"
      }
      return "\(name): \(values[0]) \(unit) stimulated, \(values[1]) \(unit) not"
    }
    let seconds = summary.simulateSeconds.formatted(
      .number.precision(.fractionLength(2)).grouping(.never))
    options.report(
      "\(summary.spikes) spikes in \(summary.neuronSteps) neuron-steps, simulated in \(seconds) s")
    options.report(line("firing rate", summary.rateHz, "Hz"))
    options.report(line("mean interval", summary.meanIsiMs, "ms"))
    options.report(
      figures.isEmpty
        ? "no figures in \(output)"
        : "figures in \(output): \(figures.joined(separator: ", "))")
  }
}

/// What `summary.json` holds.
private struct IntroductionSummary: Encodable {
  let rateHz: IntroductionResult.Pair
  let meanIsiMs: IntroductionResult.Pair
  let spikes: Int
  let neuronSteps: Int
  let simulateSeconds: Double
  let seed: UInt64
  let version: String
  let figures: [String]
}
