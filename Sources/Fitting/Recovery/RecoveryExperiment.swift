public import SpikingFramework
public import SpikingModels

/// There and back: simulates networks whose synapses are known, fits each from its spikes alone, and
/// puts the estimates beside the truth.
///
/// ```swift
/// let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(count: 10, seed: 0)
/// let found = try await RecoveryExperiment(BernoulliGLM()).run(
///   networks, lengths: [1_000_000], seed: 0)
/// print(try found[0].map { try RecoveryMeasures($0).correlation ?? 0 })
/// ```
///
/// What is fitted is the model itself: its nonlinearity and emission, a free history filter as long as
/// its own filter, and one weight for each ordered pair, which multiplies its coupling filter and so
/// estimates synapticScale · W_ij. All pairs are fitted, connected or not.
public struct RecoveryExperiment<Model: CascadeModel>: Sendable {
  /// What is simulated and fitted.
  public var model: Model
  /// Whether the fit is given which neurons excite and which inhibit (Dale's law). Estimates then end at
  /// 0, and there are no standard errors.
  public var usesDalesSigns: Bool
  /// The neurons that are recorded, ascending; nil for all. The others fire, but the fit does not know of
  /// them: what they pass on is taken for synapses between those recorded (Das and Fiete 2020, Nat
  /// Neurosci 23:1286).
  public var recordedNeurons: [Int]?

  /// An experiment with a model.
  public init(_ model: Model, usesDalesSigns: Bool = false, recordedNeurons: [Int]? = nil) {
    self.model = model
    self.usesDalesSigns = usesDalesSigns
    self.recordedNeurons = recordedNeurons
  }

  /// Simulates every network once, for the longest of the lengths, and fits it from its first bins, as
  /// many as each of the lengths says.
  ///
  /// - Parameters:
  ///   - networks: the networks, without delays, which fits do not know; one is simulated and fitted
  ///     after the other.
  ///   - lengths: the lengths of the recordings in bins, ascending.
  ///   - seed: what all random numbers derive from.
  ///   - execution: the number of threads, each of which fits a neuron.
  /// - Returns: for each length what was found in each network.
  /// - Throws: what `Simulator.run` and `CoupledFitter.fit` throw; `invalidData` for a network with
  ///   delays, `invalidParameter` for lengths that do not ascend; `CancellationError` when the task is
  ///   cancelled.
  /// - Complexity: that of the fits, for each neuron O(bins + spikes · window) some ten to thirty times.
  public func run(
    _ networks: [Connectivity], lengths: [Int], seed: UInt64, execution: Execution = Execution()
  ) async throws -> [[RecoveredNetwork]] {
    guard let longest = lengths.last, zip(lengths, lengths.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw SpikingError(
        .invalidParameter, "lengths", found: lengths, expected: "numbers of bins, ascending")
    }
    for (index, network) in networks.enumerated() {
      if let recordedNeurons { try check(recordedNeurons, network) }
      guard network.hasDelays else { continue }
      throw SpikingError(
        .invalidData, "network \(name(network, index))",
        found: "delays of up to \(network.maximumDelay) bins",
        expected: "none: fits take spikes to act in the next bin")
    }
    var results = [[RecoveredNetwork]](repeating: [], count: lengths.count)
    let total = Double(networks.count * lengths.reduce(0, +))
    var done = 0
    for (index, network) in networks.enumerated() {
      var network = network
      network.name = name(network, index)
      let spikes = try await Simulator(model).run(
        network, steps: longest, seed: seed, execution: .init(threads: execution.threads))
      for (place, length) in lengths.enumerated() {
        let before = Double(done)
        results[place].append(
          try await recover(
            network, from: spikes, length: length,
            execution: Execution(threads: execution.threads) { fraction in
              execution.progress?((before + fraction * Double(length)) / total)
            }))
        done += length
      }
    }
    return results
  }

  /// Fits the first bins of the spikes of one network.
  ///
  /// - Throws: what `CoupledFitter.fit` throws.
  public func recover(
    _ network: Connectivity, from spikes: BinnedSpikes, length: Int,
    execution: Execution = Execution()
  ) async throws -> RecoveredNetwork {
    var (network, spikes) = (network, spikes)
    if let recordedNeurons {
      try check(recordedNeurons, network)
      network = try network.selecting(recordedNeurons)
      spikes = try spikes.selecting(recordedNeurons)
    }
    let fit = try await fitter(of: network).fit(
      spikes, segments: [0..<length], execution: execution)
    return RecoveredNetwork(network, scale: model.synapticScale, fit: fit)
  }

  /// What fits a network: the parts of the model, of which only the weights of pairs, baselines and
  /// history filters are not known.
  public func fitter(of network: Connectivity) -> CoupledFitter<
    Model.InverseLink, Model.EmissionModel
  > {
    let couplingWindow = model.coupling.taps(dt: model.dt).count
    let ownWindow = model.historyFilter.taps(dt: model.dt).count
    let hasAutapse = (0..<network.neuronCount).contains { network[$0, $0] != 0 }
    // An autapse acts as long as a synapse. Without a filter of its own, a neuron is to itself what
    // any other neuron is.
    let historyWindow = ownWindow == 0 || !hasAutapse ? ownWindow : max(ownWindow, couplingWindow)
    var fitter = CoupledFitter(
      model.nonlinearity, model.emission,
      history: historyWindow == 0 ? nil : IdentityBasis(window: historyWindow),
      coupling: FilterBasis(model.coupling, window: couplingWindow, dt: model.dt))
    if usesDalesSigns { fitter.signs = signs(of: network) }
    fitter.hasStandardErrors = !usesDalesSigns
    return fitter
  }

  private func check(_ neurons: [Int], _ network: Connectivity) throws(SpikingError) {
    guard let first = neurons.first, let last = neurons.last, first >= 0,
      last < network.neuronCount, zip(neurons, neurons.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw SpikingError(
        .invalidParameter, "recordedNeurons", found: neurons,
        expected: "some of 0 to \(network.neuronCount - 1), ascending")
    }
  }

  /// 1 where all synapses of a neuron raise drives, −1 where all lower them, 0 where it has none or
  /// both.
  private func signs(of network: Connectivity) -> [Int] {
    (0..<network.neuronCount).map { source in
      var (rises, falls) = (false, false)
      network.forEachSynapse(from: source) { _, weight in
        let effect = model.synapticScale * Double(weight)
        if effect > 0 { rises = true }
        if effect < 0 { falls = true }
      }
      return rises == falls ? 0 : rises ? 1 : -1
    }
  }

  /// The name by which a network has its random numbers; by default its position, as in a run of all.
  private func name(_ network: Connectivity, _ index: Int) -> String {
    network.name.isEmpty ? String(index) : network.name
  }
}
