import Foundation
import Spiking
import SpikingTestCases
import Testing

/// All models against Spikeometric, on the same networks, where it is right, and against a direct sum
/// over lags in Python where it is not: three million neuron-steps each.
@Suite struct PeerModelTests {
  /// What another program found.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let model: String
    let by: String
    let networks: String
    let parameters: [String: Double]
    /// Spikes a bin of each neuron, and their standard errors.
    let rates, errors: [Double]
    /// How many intervals of 0, 1, … bins there are among every so many of each neuron; the last entry
    /// counts all that are longer.
    let intervals: [Int]
    let every: Int
    /// The rates of the peer where it is wrong.
    let peerRates, peerErrors: [Double]?

    var testDescription: String { "\(model) of \(by), \(networks)" }
  }

  struct File: Decodable {
    let steps, equilibration, blocks: Int
    let cases: [Case]
  }

  private static let file = Result { try golden("peer_models", as: File.self) }
  private static let cases = (try? file.get().cases) ?? []

  @Test func `each model is there`() throws {
    let cases = try Self.file.get().cases
    #expect(
      cases.filter { $0.by == "Spikeometric" }.map(\.model) == [
        "BernoulliGLM", "PoissonGLM", "RectifiedLNP", "RectifiedSAM",
      ])
    #expect(
      cases.filter { $0.by == "direct sum" }.map(\.model) == [
        "BernoulliGLM", "PoissonGLM", "ThresholdSAM", "ThresholdSAM",
      ])
  }

  @Test(arguments: cases)
  func `rates of every neuron and the distribution of intervals agree`(stored: Case) async throws {
    let agreement = try await agreement(with: stored, networks: networks(of: stored))
    #expect(agreement.neurons == 60)
    #expect(agreement.largestDeviation < 4)
    #expect(agreement.rateProbability > 0.001)
    #expect(agreement.intervalProbability > 0.001)
  }

  @Test(arguments: cases)
  func `another threshold or baseline does not agree`(stored: Case) async throws {
    let name = stored.parameters["theta"] == nil ? "b" : "theta"
    let value = try #require(stored.parameters[name])
    let agreement = try await agreement(with: stored, networks: networks(of: stored)) { model in
      try model.setParameter(name, to: value + max(0.1 * value, name == "b" ? 0.2 : 0.05))
    }
    #expect(agreement.largestDeviation > 4)
    #expect(agreement.rateProbability < 1e-6)
    #expect(agreement.intervalProbability < 0.001)
  }

  @Test(arguments: cases)
  func `synapses in the wrong direction, or none, do not agree`(stored: Case) async throws {
    let without = try await agreement(with: stored, networks: networks(of: stored)) { model in
      try model.setParameter("r", to: 0)
    }
    #expect(without.largestDeviation > 4 && without.rateProbability < 1e-6)
    let transposed = try networks(of: stored).map { network in
      let (count, matrix) = (network.neuronCount, network.matrix())
      return try Connectivity(
        matrix: matrix.indices.map { matrix[$0 % count * count + $0 / count] }, neuronCount: count)
    }
    let agreement = try await agreement(with: stored, networks: transposed)
    #expect(agreement.largestDeviation > 4 && agreement.rateProbability < 1e-6)
  }

  @Test func `where the peer is wrong it does not agree with the direct sum`() throws {
    for stored in Self.cases where stored.by == "direct sum" {
      let (rates, errors) = (try #require(stored.peerRates), try #require(stored.peerErrors))
      #expect(largestDeviation((rates, errors), (stored.rates, stored.errors)) > 4)
    }
  }

  // MARK: - Comparison

  private struct Agreement {
    let neurons: Int
    /// Between two rates of a neuron, in standard errors of their difference.
    let largestDeviation: Double
    /// That of larger squares of all these deviations together.
    let rateProbability: Double
    /// That of a larger distance of Kolmogorov and Smirnov.
    let intervalProbability: Double
  }

  private func networks(of stored: Case) throws -> [Connectivity] {
    try [Connectivity](contentsOf: TestFiles.golden("networks/\(stored.networks)"))
  }

  private func agreement(
    with stored: Case, networks: [Connectivity],
    changed change: (inout any SpikingModel) throws -> Void = { _ in }
  ) async throws -> Agreement {
    let models: [any SpikingModel] = [
      BernoulliGLM(), PoissonGLM(), RectifiedLNP(), RectifiedSAM(), ThresholdSAM(),
    ]
    var model = try #require(models.first { $0.name == stored.model })
    for (name, value) in stored.parameters { try model.setParameter(name, to: value) }
    try change(&model)
    let file = try Self.file.get()
    let spikes = try await run(model, networks, file)
    let rates = blockRates(spikes, blocks: file.blocks)
    let deviations = zip(zip(rates.means, rates.errors), zip(stored.rates, stored.errors)).map {
      deviation(($0.0, $0.1), ($1.0, $1.1))
    }
    return Agreement(
      neurons: deviations.count, largestDeviation: deviations.max() ?? 0,
      rateProbability: SpecialFunctions.chiSquaredTail(
        deviations.reduce(0) { $0 + $1 * $1 }, degrees: Double(deviations.count)),
      intervalProbability: kolmogorovSmirnov(
        intervals(spikes, every: stored.every, classes: stored.intervals.count), stored.intervals))
  }

  private func run(
    _ model: some SpikingModel, _ networks: [Connectivity], _ file: File
  ) async throws -> BinnedSpikes {
    // Wrong networks let ThresholdSAM fire in nearly every bin.
    try await Simulator(model, maximumRate: .infinity).run(
      networks, steps: file.steps, equilibration: file.equilibration, seed: 3)
  }

  private func largestDeviation(
    _ first: (rates: [Double], errors: [Double]), _ second: (rates: [Double], errors: [Double])
  ) -> Double {
    zip(zip(first.rates, first.errors), zip(second.rates, second.errors)).map {
      deviation(($0.0, $0.1), ($1.0, $1.1))
    }.max() ?? 0
  }

  private func deviation(
    _ first: (rate: Double, error: Double), _ second: (rate: Double, error: Double)
  ) -> Double {
    let error = (first.error * first.error + second.error * second.error).squareRoot()
    return abs(first.rate - second.rate) / error
  }

  /// Spikes a bin of each neuron, and standard errors from the means of blocks of bins, which hold
  /// the correlations between bins.
  private func blockRates(
    _ spikes: BinnedSpikes, blocks: Int
  ) -> (means: [Double], errors: [Double]) {
    let length = spikes.binCount / blocks
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: blocks), count: spikes.neuronCount)
    for event in spikes.neurons.indices {
      counts[Int(spikes.neurons[event])][Int(spikes.bins[event]) / length] +=
        Double(spikes.count(ofEvent: event)) / Double(length)
    }
    let moments = counts.map { meanAndError($0) }
    return (moments.map(\.mean), moments.map(\.error))
  }

  /// How many intervals of 0, 1, … bins there are among every so many of each neuron, pooled; the last
  /// class takes all that are longer.
  private func intervals(_ spikes: BinnedSpikes, every: Int, classes: Int) -> [Int] {
    var histogram = [Int](repeating: 0, count: classes)
    let recording = spikes.spikeTrains
    for neuron in 0..<recording.neuronCount {
      let times = Array(recording[neuron])
      for index in stride(from: 1, to: times.count, by: every) {
        let bins = ((times[index] - times[index - 1]) / spikes.dt).rounded()
        histogram[min(Int(bins), classes - 1)] += 1
      }
    }
    return histogram
  }

  /// The probability of a larger distance between two samples of one distribution, given as
  /// histograms: at least that, as there are ties; 0 where one of them is empty. (Smirnov 1939.)
  private func kolmogorovSmirnov(_ first: [Int], _ second: [Int]) -> Double {
    let (n, m) = (Double(first.reduce(0, +)), Double(second.reduce(0, +)))
    if n == 0 || m == 0 { return 0 }
    var (difference, distance) = (0.0, 0.0)
    for (a, b) in zip(first, second) {
      difference += Double(a) / n - Double(b) / m
      distance = max(distance, abs(difference))
    }
    return SpecialFunctions.kolmogorovTail(distance * (n * m / (n + m)).squareRoot())
  }
}

extension SpikingModel {
  fileprivate var name: String { Self.typeName }
}
