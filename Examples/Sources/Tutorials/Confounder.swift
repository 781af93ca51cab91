import Spiking

/// Two neurons without a synapse between them, and a stimulus that both receive.
public struct Confounder: Sendable {
  public let network: Connectivity
  public let before: PairMatrix
  public let after: PairMatrix

  public static func run() async throws -> Confounder {
    // BEGIN TUTORIAL
    let pair: Set = [2, 7]
    let network = try NormalGenerator(neurons: 10, std: 2, sparsity: 0.8).network(0, seed: 3)
      .mapWeights { source, target, weight in pair == [source, target] ? 0 : weight }
    // END TUTORIAL
    // BEGIN TUTORIAL
    let simulator = Simulator(BernoulliGLM())
    let alone = try await simulator.run([network], steps: 500_000, seed: 1)

    let common = TargetedStimulus(
      PoissonStimulus(strength: 4, meanInterval: 50, duration: 10),
      targets: .everyNetwork(pair.sorted()))
    let driven = try await simulator.run([network], steps: 500_000, stimuli: [common], seed: 1)
    // END TUTORIAL
    // BEGIN TUTORIAL
    let correlation = CountCorrelation(binWidth: 10)
    let before = try correlation.analyze(alone.spikeTrains)
    let after = try correlation.analyze(driven.spikeTrains)
    // END TUTORIAL
    return Confounder(network: network, before: before, after: after)
  }

  /// The true weights beside the correlations without and with the stimulus.
  public var figures: [any Figure] {
    [
      WeightMatrixFigure(network),
      PairMatrixFigure(before, name: "correlation-before", title: "Correlation without stimulus"),
      PairMatrixFigure(after, name: "correlation-after", title: "Correlation with stimulus"),
    ]
  }
}
