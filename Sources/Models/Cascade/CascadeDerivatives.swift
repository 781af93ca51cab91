internal import SpikingFramework

/// A block of neurons of a cascade as recorded spikes go through it, with the derivatives of their
/// log-likelihood by the chain rule:
///
///     ∂ℓ/∂p = Σ_t Σ_i  s_i ∂g_i/∂p + ∂ℓ/∂μ_i dt ∂f/∂p(g_i) + ∂ℓ_i/∂p,   s_i = ∂ℓ/∂g_i
///
/// of the filters, the nonlinearity f and the emission. A drive is linear in its filters' weights: its
/// derivative is the drive that the derivatives of the filters make of the same spikes, whether they
/// are computed by recursion or not.
final class CascadeDerivatives<Model: CascadeModel>: ReplayedBlock {
  private let emission: Model.EmissionModel
  private let mean: DrivenMean<Model.InverseLink>
  private let drives: CascadeDrives
  // How the parts depend on each parameter, in columns: what is generic is not looked up in every bin.
  /// The derivatives of the drives; nil where they do not depend on it.
  private let driveSlopes: [CascadeDrives?]
  private let widths: [Double]
  /// The parameters that change the nonlinearity, and what it is a little below and above.
  private let linkChanges: [Int]
  private let lowerLinks: [Model.InverseLink]
  private let upperLinks: [Model.InverseLink]
  /// The same of the emission.
  private let emissionChanges: [Int]
  private let lowerEmissions: [Model.EmissionModel]
  private let upperEmissions: [Model.EmissionModel]
  private(set) var gradient: [Double]

  private let neurons: Range<Int>
  // Of each neuron in the present bin.
  private var counts: [Int]
  private let rates: UnsafeMutablePointer<Double>
  private let logLikelihoods: UnsafeMutablePointer<Double>
  /// s.
  private let driveScores: UnsafeMutablePointer<Double>
  /// Those of the two nonlinearities beside the model's own.
  private let changedRates: UnsafeMutablePointer<Double>

  /// - Throws: as `makeReplayedBlock` does.
  init(
    _ model: Model, _ network: Connectivity, neurons: Range<Int>, parameters: [String],
    weights: [Double]?
  ) throws(SpikingError) {
    emission = model.emission
    mean = DrivenMean(model.nonlinearity, dt: model.dt)
    self.neurons = neurons
    drives = try CascadeDrives(
      network, neurons: neurons, coupling: CouplingFilter(model.coupling, dt: model.dt),
      scale: model.synapticScale, historyTaps: model.historyFilter.taps(dt: model.dt),
      baseline: model.baseline, weights: weights)
    let steps = try Self.steps(of: model, parameters, withWeights: weights != nil)
    var driveSlopes: [CascadeDrives?] = []
    for step in steps {
      driveSlopes.append(try Self.driveSlope(step, network, neurons, weights))
    }
    self.driveSlopes = driveSlopes
    widths = steps.map(\.width)
    let links = steps.map { step in step.change { $0.nonlinearity } }
    let emissions = steps.map { step in step.change { $0.emission } }
    linkChanges = links.indices.filter { links[$0] != nil }
    (lowerLinks, upperLinks) = (links.compactMap { $0?.lower }, links.compactMap { $0?.upper })
    emissionChanges = emissions.indices.filter { emissions[$0] != nil }
    lowerEmissions = emissions.compactMap { $0?.lower }
    upperEmissions = emissions.compactMap { $0?.upper }
    gradient = Array(
      repeating: 0, count: parameters.count + (weights == nil ? 0 : network.synapseCount))
    counts = Array(repeating: 0, count: neurons.count)
    rates = .alignedZeros(neurons.count)
    logLikelihoods = .alignedZeros(neurons.count)
    driveScores = .alignedZeros(neurons.count)
    changedRates = .alignedZeros(2 * neurons.count)
  }

  deinit {
    for values in [rates, logLikelihoods, driveScores, changedRates] { values.deallocate() }
  }

  private static func steps(
    of model: Model, _ parameters: [String], withWeights: Bool
  ) throws(SpikingError) -> [ParameterStep<Model>] {
    var steps: [ParameterStep<Model>] = []
    for name in parameters {
      let step = try ParameterStep(model, name)
      if withWeights, step.lower.synapticScale != step.upper.synapticScale {
        throw SpikingError(
          .invalidParameter, "parameters: \(name), weights",
          "not both can be found, as only their product matters")
      }
      steps.append(step)
    }
    return steps
  }

  private static func driveSlope(
    _ step: ParameterStep<Model>, _ network: Connectivity, _ neurons: Range<Int>,
    _ weights: [Double]?
  ) throws(SpikingError) -> CascadeDrives? {
    let coupling = CouplingFilter(slopeOf: step)
    let historyTaps = step.slopes { $0.historyFilter.taps(dt: $0.dt) }
    let baseline = step.slope { $0.baseline }
    if coupling == nil, historyTaps.isEmpty, baseline == 0 { return nil }
    return try CascadeDrives(
      network, neurons: neurons, coupling: coupling, historyTaps: historyTaps, baseline: baseline,
      weights: weights)
  }

  func receive(_ spikes: BinSpikes, bin: Int) {
    drives.receive(spikes, bin: bin)
    for drives in driveSlopes { drives?.receive(spikes, bin: bin) }
  }

  func logLikelihood(
    of spikes: BinSpikes, input: BlockInput, bin: Int, isCounted: Bool
  ) -> Double {
    drives.advance(to: bin)
    for drives in driveSlopes { drives?.advance(to: bin) }
    guard isCounted else { return 0 }
    addInput(input, bin: bin)
    let sum = setScores(of: spikes)
    guard sum.isFinite else { return sum }
    addDriveTerms()
    if !linkChanges.isEmpty || !emissionChanges.isEmpty { setRates(of: mean.nonlinearity, rates) }
    addLinkTerms()
    addEmissionTerms()
    drives.traces?.addGradient(of: driveScores, to: &gradient, at: driveSlopes.count)
    return sum
  }

  private func addInput(_ input: BlockInput, bin: Int) {
    var block = MutableSpan(_unsafeStart: drives.values, count: neurons.count)
    input.add(to: &block, bin: bin)
  }

  /// The log-likelihood, and its derivatives with respect to the drives.
  private func setScores(of spikes: BinSpikes) -> Double {
    emission.setSilences(
      logLikelihoods, slopes: driveScores,
      at: Span(_unsafeStart: UnsafePointer(drives.values), count: neurons.count), of: mean)
    var given = GivenCounts(spikes)
    var sum = 0.0
    for index in 0..<neurons.count {
      let count = given.count(of: neurons.lowerBound + index)
      counts[index] = count
      if count > 0 {
        (logLikelihoods[index], driveScores[index]) = emission.logLikelihoodAndSlope(
          of: count, at: drives.values[index], of: mean)
      }
      sum += logLikelihoods[index]
    }
    return sum
  }

  private func addDriveTerms() {
    for parameter in driveSlopes.indices {
      guard let slopes = driveSlopes[parameter]?.values else { continue }
      var sum = 0.0
      for index in 0..<neurons.count { sum += driveScores[index] * slopes[index] }
      gradient[parameter] += sum
    }
  }

  private func addLinkTerms() {
    for (number, parameter) in linkChanges.enumerated() {
      setRates(of: lowerLinks[number], changedRates)
      setRates(of: upperLinks[number], changedRates + neurons.count)
      let lower = DrivenMean(lowerLinks[number], dt: mean.dt)
      let upper = DrivenMean(upperLinks[number], dt: mean.dt)
      var sum = 0.0
      for index in 0..<neurons.count {
        let difference = changedRates[neurons.count + index] - changedRates[index]
        // A negative rate is emitted as silence, whatever it is.
        let score =
          rates[index] < 0
          ? 0 : emission.score(of: counts[index], mean: rates[index] * mean.dt) * mean.dt
        if abs(score * rates[index]) <= 1 {
          sum += score * difference
        } else {
          sum += change(index, from: lower, to: upper) ?? (difference == 0 ? 0 : score * difference)
        }
      }
      gradient[parameter] += sum / widths[parameter]
    }
  }

  /// By how much the likelihood of a neuron changes: where a small part of its rate matters much, as where a
  /// probability is close to 1, rates themselves are rounded too much. Nil where it is infinite.
  private func change(
    _ index: Int, from lower: DrivenMean<Model.InverseLink>, to upper: DrivenMean<Model.InverseLink>
  ) -> Double? {
    let drive = drives.values[index]
    let change =
      emission.logLikelihoodAndSlope(of: counts[index], at: drive, of: upper).logLikelihood
      - emission.logLikelihoodAndSlope(of: counts[index], at: drive, of: lower).logLikelihood
    return change.isFinite ? change : nil
  }

  private func setRates(of link: Model.InverseLink, _ rates: UnsafeMutablePointer<Double>) {
    var rates = MutableSpan(_unsafeStart: rates, count: neurons.count)
    link.rates(
      at: Span(_unsafeStart: UnsafePointer(drives.values), count: neurons.count), into: &rates)
  }

  private func addEmissionTerms() {
    for (number, parameter) in emissionChanges.enumerated() {
      let (lower, upper) = (lowerEmissions[number], upperEmissions[number])
      var sum = 0.0
      for index in 0..<neurons.count {
        let mean = max(rates[index], 0) * mean.dt
        sum +=
          upper.logLikelihood(of: counts[index], mean: mean)
          - lower.logLikelihood(of: counts[index], mean: mean)
      }
      gradient[parameter] += sum / widths[parameter]
    }
  }
}
