internal import SpikingFramework

/// A block of neurons of a cascade as recorded spikes go through it, with the derivatives of their
/// log-likelihood by the chain rule:
///
///     ∂ℓ/∂p = Σ_t Σ_i  s_i ∂g_i/∂p + ∂ℓ/∂μ_i dt ∂f/∂p(g_i) + ∂ℓ_i/∂p,   s_i = ∂ℓ/∂μ_i dt f′(g_i)
///
/// of the filters, the nonlinearity f and the emission. A drive is linear in its filters' weights: its
/// derivative is the drive that the derivatives of the filters make of the same spikes, whether they
/// are computed by recursion or not.
final class CascadeDerivatives<Model: CascadeModel>: ReplayedBlock {
  private let link: Model.Link
  private let emission: Model.Counts
  private let dt: Double
  private let drives: CascadeDrives
  // How the parts depend on each parameter, in columns: what is generic is not looked up in every bin.
  /// The derivatives of the drives; nil where they do not depend on it.
  private let driveSlopes: [CascadeDrives?]
  private let widths: [Double]
  /// The parameters that change the nonlinearity, and what it is a little below and above.
  private let linkChanges: [Int]
  private let lowerLinks: [Model.Link]
  private let upperLinks: [Model.Link]
  /// The same of the emission.
  private let emissionChanges: [Int]
  private let lowerEmissions: [Model.Counts]
  private let upperEmissions: [Model.Counts]
  private(set) var gradient: [Double]

  private let neurons: Range<Int>
  // Of each neuron in the present bin.
  private var counts: [Int]
  private let rates: UnsafeMutablePointer<Double>
  private let linkSlopes: UnsafeMutablePointer<Double>
  /// ∂ℓ/∂μ dt.
  private let rateScores: UnsafeMutablePointer<Double>
  /// s.
  private let driveScores: UnsafeMutablePointer<Double>
  /// Those of the two nonlinearities beside the model's own.
  private let changedRates: UnsafeMutablePointer<Double>

  /// - Throws: as `makeReplayedBlock` does.
  init(
    _ model: Model, _ network: Connectivity, neurons: Range<Int>, parameters: [String],
    weights: [Double]?
  ) throws(SpikingError) {
    link = model.nonlinearity
    emission = model.emission
    dt = model.dt
    self.neurons = neurons
    drives = try CascadeDrives(
      network, neurons: neurons, coupling: CouplingFilter(model.coupling, dt: model.dt),
      scale: model.synapticScale, ownTaps: model.ownFilter.taps(dt: model.dt),
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
    linkSlopes = .alignedZeros(neurons.count)
    rateScores = .alignedZeros(neurons.count)
    driveScores = .alignedZeros(neurons.count)
    changedRates = .alignedZeros(2 * neurons.count)
  }

  deinit {
    for values in [rates, linkSlopes, rateScores, driveScores, changedRates] { values.deallocate() }
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
    let ownTaps = step.slopes { $0.ownFilter.taps(dt: $0.dt) }
    let baseline = step.slope { $0.baseline }
    if coupling == nil, ownTaps.isEmpty, baseline == 0 { return nil }
    return try CascadeDrives(
      network, neurons: neurons, coupling: coupling, ownTaps: ownTaps, baseline: baseline,
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
    setRates()
    let sum = setScores(of: spikes)
    guard sum.isFinite else { return sum }
    addDriveTerms()
    addLinkTerms()
    addEmissionTerms()
    drives.traces?.addGradient(of: driveScores, to: &gradient, at: driveSlopes.count)
    return sum
  }

  private func addInput(_ input: BlockInput, bin: Int) {
    var block = MutableSpan(_unsafeStart: drives.values, count: neurons.count)
    input.add(to: &block, bin: bin)
  }

  /// Rates, and their slopes over the drive.
  private func setRates() {
    let count = neurons.count
    var rates = MutableSpan(_unsafeStart: rates, count: count)
    var slopes = MutableSpan(_unsafeStart: linkSlopes, count: count)
    link.ratesAndSlopes(
      at: Span(_unsafeStart: UnsafePointer(drives.values), count: count), rates: &rates,
      slopes: &slopes)
  }

  /// The log-likelihood, and its derivatives with respect to rates and drives.
  private func setScores(of spikes: BinSpikes) -> Double {
    var given = GivenCounts(spikes)
    var sum = 0.0
    let dt = dt
    for index in 0..<neurons.count {
      let count = given.count(of: neurons.lowerBound + index)
      let mean = max(rates[index], 0) * dt
      sum += emission.logLikelihood(of: count, mean: mean)
      counts[index] = count
      // A negative rate is emitted as silence, whatever it is.
      rateScores[index] = rates[index] < 0 ? 0 : emission.score(of: count, mean: mean) * dt
      driveScores[index] = linkSlopes[index] == 0 ? 0 : rateScores[index] * linkSlopes[index]
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
      var sum = 0.0
      for index in 0..<neurons.count {
        let difference = changedRates[neurons.count + index] - changedRates[index]
        if difference != 0 { sum += rateScores[index] * difference }
      }
      gradient[parameter] += sum / widths[parameter]
    }
  }

  private func setRates(of link: Model.Link, _ rates: UnsafeMutablePointer<Double>) {
    var rates = MutableSpan(_unsafeStart: rates, count: neurons.count)
    link.rates(
      at: Span(_unsafeStart: UnsafePointer(drives.values), count: neurons.count), into: &rates)
  }

  private func addEmissionTerms() {
    for (number, parameter) in emissionChanges.enumerated() {
      let (lower, upper) = (lowerEmissions[number], upperEmissions[number])
      var sum = 0.0
      for index in 0..<neurons.count {
        let mean = max(rates[index], 0) * dt
        sum +=
          upper.logLikelihood(of: counts[index], mean: mean)
          - lower.logLikelihood(of: counts[index], mean: mean)
      }
      gradient[parameter] += sum / widths[parameter]
    }
  }
}
