internal import Foundation
public import SpikingFramework

/// Recorded spikes that are replayed through models: how likely they are.
///
/// ```swift
/// let replay = try SpikeReplay(of: spikes, networks: networks, from: 5)
/// let logLikelihood = try await replay.logLikelihood(of: BernoulliGLM())
/// ```
///
///     ℓ = Σ_t Σ_i ln P(x_i(t) | all spikes before bin t)
///
/// The networks start silent at bin 0, as nothing is known of what was before. As the spikes are given,
/// blocks of neurons do not wait for each other: they are replayed side by side, and their sums are
/// added up in one order, so that the result does not depend on the number of threads.
public struct SpikeReplay: Sendable {
  /// The networks.
  public let networks: [Connectivity]
  /// The first bin of the sum; nil for the first whose history is complete, as far as the model says.
  public let firstBin: Int?
  /// How many blocks are replayed at the same time.
  public let threads: Int
  /// The width of a bin in ms.
  public let dt: Double
  /// The number of bins.
  public let binCount: Int

  private let events: [BinnedSpikes]
  private let randomKeys: [String]
  private let random: RandomSource

  /// Spikes of networks.
  ///
  /// - Parameters:
  ///   - spikes: the spikes. Stimuli that draw at random draw as they did in the run of its seed.
  ///   - networks: the networks, of as many neurons.
  ///   - firstBin: the first bin of the sum; those before only make history. Nil for the first whose
  ///     history is complete, where the model knows how long a spike acts, else 0.
  ///   - execution: the number of threads; no progress is reported.
  /// - Throws: `invalidData` where networks and spikes do not fit, `invalidParameter` about a setting.
  /// - Complexity: O(events × networks).
  public init(
    of spikes: BinnedSpikes, networks: [Connectivity], from firstBin: Int? = nil,
    execution: Execution = Execution()
  ) throws(SpikingError) {
    let threads = try execution.threadCount()
    let found = networks.map(\.neuronCount)
    let expected = (0..<spikes.networkCount).map { spikes.neurons(ofNetwork: $0).count }
    guard found == expected else {
      throw SpikingError(
        .invalidData, "networks", found: "networks of \(found) neurons",
        expected: "\(expected), as the spikes have")
    }
    if let firstBin, !(0..<spikes.binCount ~= firstBin) {
      throw SpikingError(
        .invalidParameter, "firstBin", found: firstBin,
        expected: "a bin of the spikes, which have \(spikes.binCount)")
    }
    self.networks = networks
    self.firstBin = firstBin
    self.threads = threads
    dt = spikes.dt
    binCount = spikes.binCount
    events = (0..<spikes.networkCount).map { spikes.network($0) }
    randomKeys = RandomSource.keys(of: networks)
    random = RandomSource(seed: spikes.seed ?? 0)["stimuli"]
  }

  /// The log-likelihood of the spikes, in nats.
  ///
  /// - Returns: `-.infinity` where the model cannot have made the spikes.
  /// - Throws: `invalidData` where model, stimuli, networks and spikes do not fit, or the
  ///   log-likelihood is not a number; `CancellationError` when the task is cancelled.
  /// - Complexity: O(neurons × bins + spikes × fan-out).
  public func logLikelihood<Model: LikelihoodModel>(
    of model: Model, stimuli: [TargetedStimulus] = []
  ) async throws -> Double {
    let value = try await evaluate([LikelihoodPoint(model, stimuli: stimuli)])[0]
    if let fault = value.fault, fault.isNotANumber { throw fault.error }
    return value.logLikelihood
  }

  /// The first bin of the sum for a model.
  public func firstBin(for model: some LikelihoodModel) -> Int {
    firstBin ?? networks.map { model.historyLength(in: $0) }.max() ?? 0
  }

  /// Log-likelihoods, and derivatives where they are asked for, of several models at the same time.
  ///
  /// - Throws: `invalidData` where model, stimuli, networks and spikes do not fit, `invalidParameter`
  ///   where the model gives no derivatives, `CancellationError` when the task is cancelled.
  public func evaluate<Model: LikelihoodModel>(
    _ points: [LikelihoodPoint<Model>]
  ) async throws -> [LikelihoodValue] {
    for point in points { try check(point) }
    let parts = points.indices.flatMap { point in
      networks.indices.flatMap { network in
        Self.blocks(networks[network].neuronCount).map {
          Part(point: point, network: network, neurons: $0)
        }
      }
    }
    let values = try await concurrentMap(parts, threads: threads) {
      try await value(of: $0, at: points[$0.point])
    }
    return points.indices.map { point in
      combine(
        zip(parts, values).filter { $0.0.point == point },
        derivatives: points[point].parameters.count, withWeights: points[point].weights != nil)
    }
  }

  /// One block of one network at one point.
  private struct Part: Sendable {
    let point: Int
    let network: Int
    let neurons: Range<Int>
  }

  /// The division is always the same, so that sums are.
  private static func blocks(_ neuronCount: Int) -> [Range<Int>] {
    stride(from: 0, to: neuronCount, by: 256).map { $0..<min($0 + 256, neuronCount) }
  }

  private func check<Model: LikelihoodModel>(_ point: LikelihoodPoint<Model>) throws(SpikingError) {
    try point.model.validate()
    guard abs(point.model.dt - dt) <= 1e-9 * dt else {
      throw SpikingError(
        .invalidData, "\(Model.typeName).dt", found: point.model.dt,
        expected: "\(dt), as the spikes have")
    }
    let first = firstBin(for: point.model)
    guard first < binCount else {
      throw SpikingError(
        .invalidData, "spikes", found: "\(binCount) bins",
        expected: "more than the \(first) without a complete history")
    }
    let neuronCounts = networks.map(\.neuronCount)
    for (number, stimulus) in point.stimuli.enumerated() {
      do { try stimulus.validate(neuronCounts: neuronCounts, dt: dt) } catch {
        throw error.within("stimulus \(number)")
      }
    }
    if let weights = point.weights {
      precondition(
        weights.map(\.count) == networks.map(\.synapseCount), "a weight for each synapse")
    }
  }

  private func value<Model: LikelihoodModel>(
    of part: Part, at point: LikelihoodPoint<Model>
  ) async throws -> LikelihoodValue {
    let network = networks[part.network]
    let input = try BlockInput(
      point.stimuli, network: part.network, neuronCounts: networks.map(\.neuronCount),
      neurons: part.neurons, dt: dt, random: random[randomKeys[part.network]])
    let first = firstBin(for: point.model)
    guard point.needsGradient else {
      var block = PlainBlock(
        model: point.model,
        state: try point.model.makeState(of: network, neurons: part.neurons))
      return try await replay(&block, part, input: input, from: first)
    }
    guard let model = point.model as? any DifferentiableModel else {
      throw SpikingError(
        .invalidParameter, Model.typeName, found: "no derivatives of the likelihood",
        expected: "a DifferentiableModel")
    }
    var block = try model.makeReplayedBlock(
      of: network, neurons: part.neurons, parameters: point.parameters,
      weights: point.weights?[part.network])
    return try await replay(&block, part, input: input, from: first)
  }

  /// The time loop.
  private func replay(
    _ block: inout some ReplayedBlock, _ part: Part, input: BlockInput, from first: Int
  ) async throws -> LikelihoodValue {
    let events = events[part.network]
    var sum = CompensatedSum()
    var next = 0
    var all = BinSpikes()
    var own = BinSpikes()
    for bin in 0..<binCount {
      if bin & 1023 == 0 {
        try Task.checkCancellation()
        // Tasks share few threads: the one that may cancel this one needs its turn.
        await Task.yield()
      }
      all.removeAll()
      own.removeAll()
      while next < events.eventCount, events.bins[next] == bin {
        let (neuron, count) = (Int(events.neurons[next]), events.count(ofEvent: next))
        all.append(neuron: neuron, count: count)
        if part.neurons.contains(neuron) { own.append(neuron: neuron, count: count) }
        next += 1
      }
      let term = block.logLikelihood(of: own, input: input, bin: bin, isCounted: bin >= first)
      if bin >= first {
        guard term.isFinite else {
          return LikelihoodValue(
            logLikelihood: -.infinity, gradient: block.gradient,
            fault: LikelihoodValue.Fault(
              network: part.network, bin: bin, isNotANumber: term != -.infinity))
        }
        sum.add(term)
      }
      if all.count > 0 { block.receive(all, bin: bin) }
    }
    return LikelihoodValue(logLikelihood: sum.value, gradient: block.gradient)
  }

  /// The sum over the blocks, in their order; gradients of weights one network after the other.
  private func combine(
    _ parts: [(Part, LikelihoodValue)], derivatives: Int, withWeights: Bool
  ) -> LikelihoodValue {
    let offsets = networks.reduce(into: [derivatives]) {
      $0.append($0[$0.count - 1] + (withWeights ? $1.synapseCount : 0))
    }
    var result = LikelihoodValue(gradient: [Double](repeating: 0, count: offsets[networks.count]))
    for (part, value) in parts {
      result.logLikelihood += value.logLikelihood
      if let fault = value.fault, fault.bin < result.fault?.bin ?? .max { result.fault = fault }
      for (index, slope) in value.gradient.enumerated() {
        let place = index < derivatives ? index : offsets[part.network] + index - derivatives
        result.gradient[place] += slope
      }
    }
    return result
  }
}

/// A block without derivatives.
private struct PlainBlock<Model: LikelihoodModel>: ReplayedBlock {
  let model: Model
  var state: Model.State
  var gradient: [Double] { [] }

  mutating func logLikelihood(
    of spikes: BinSpikes, input: BlockInput, bin: Int, isCounted: Bool
  ) -> Double {
    model.logLikelihood(of: spikes, in: &state, input: input, bin: bin)
  }

  mutating func receive(_ spikes: BinSpikes, bin: Int) {
    model.receive(spikes, bin: bin, in: &state)
  }
}

/// A sum of many numbers with the rounding of few (Neumaier 1974).
private struct CompensatedSum {
  private var sum = 0.0
  private var compensation = 0.0

  var value: Double { sum + compensation }

  mutating func add(_ term: Double) {
    let next = sum + term
    compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}

extension LikelihoodModel {
  /// The log-likelihood of recorded spikes, in nats: `SpikeReplay` in one line.
  ///
  /// - Parameters:
  ///   - spikes: the spikes.
  ///   - networks: the networks, of as many neurons.
  ///   - stimuli: the stimuli that acted on them.
  ///   - firstBin: the first bin of the sum; nil for the first whose history is complete.
  ///   - execution: the number of threads; no progress is reported.
  /// - Throws: as `SpikeReplay` does.
  public func logLikelihood(
    of spikes: BinnedSpikes, networks: [Connectivity], stimuli: [TargetedStimulus] = [],
    from firstBin: Int? = nil, execution: Execution = Execution()
  ) async throws -> Double {
    try await SpikeReplay(of: spikes, networks: networks, from: firstBin, execution: execution)
      .logLikelihood(of: self, stimuli: stimuli)
  }
}
