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
  /// How the parts of the model depend on one parameter; nil where they do not.
  private struct Slope {
    let width: Double
    let drives: CascadeDrives?
    let links: (lower: Model.Link, upper: Model.Link)?
    let emissions: (lower: Model.Counts, upper: Model.Counts)?
  }

  private let link: Model.Link
  private let emission: Model.Counts
  private let dt: Double
  private let drives: CascadeDrives
  private let slopes: [Slope]
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
    var slopes: [Slope] = []
    for name in parameters {
      let step = try ParameterStep(model, name)
      if weights != nil, step.lower.synapticScale != step.upper.synapticScale {
        throw SpikingError(
          .invalidParameter, "parameters: \(name), weights",
          "not both can be found, as only their product matters")
      }
      slopes.append(try Self.slope(step, network, neurons, weights))
    }
    self.slopes = slopes
    gradient = Array(
      repeating: 0, count: parameters.count + (weights == nil ? 0 : network.synapseCount))
    counts = Array(repeating: 0, count: neurons.count)
    rates = .alignedZeros(neurons.count)
    linkSlopes = .alignedZeros(neurons.count)
    rateScores = .alignedZeros(neurons.count)
    driveScores = .alignedZeros(neurons.count)
  }

  deinit { for values in [rates, linkSlopes, rateScores, driveScores] { values.deallocate() } }

  private static func slope(
    _ step: ParameterStep<Model>, _ network: Connectivity, _ neurons: Range<Int>,
    _ weights: [Double]?
  ) throws(SpikingError) -> Slope {
    let coupling = CouplingFilter(slopeOf: step)
    let ownTaps = step.slopes { $0.ownFilter.taps(dt: $0.dt) }
    let baseline = step.slope { $0.baseline }
    let drives =
      coupling == nil && ownTaps.isEmpty && baseline == 0
      ? nil
      : try CascadeDrives(
        network, neurons: neurons, coupling: coupling, ownTaps: ownTaps, baseline: baseline,
        weights: weights)
    return Slope(
      width: step.width, drives: drives, links: step.change { $0.nonlinearity },
      emissions: step.change { $0.emission })
  }

  func receive(_ spikes: BinSpikes, bin: Int) {
    drives.receive(spikes, bin: bin)
    for slope in slopes { slope.drives?.receive(spikes, bin: bin) }
  }

  func logLikelihood(
    of spikes: BinSpikes, input: BlockInput, bin: Int, isCounted: Bool
  ) -> Double {
    drives.advance(to: bin)
    for slope in slopes { slope.drives?.advance(to: bin) }
    guard isCounted else { return 0 }
    addInput(input, bin: bin)
    setRates()
    let sum = setScores(of: spikes)
    guard sum.isFinite else { return sum }
    for (index, slope) in slopes.enumerated() { gradient[index] += derivative(slope) }
    drives.traces?.addGradient(of: driveScores, to: &gradient, at: slopes.count)
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
    for index in counts.indices {
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

  /// What the present bin adds to a derivative.
  private func derivative(_ slope: Slope) -> Double {
    var sum = 0.0
    if let drives = slope.drives?.values {
      for index in counts.indices { sum += driveScores[index] * drives[index] }
    }
    if let links = slope.links {
      for index in counts.indices {
        let drive = drives.values[index]
        let difference = links.upper.rate(at: drive) - links.lower.rate(at: drive)
        if difference != 0 { sum += rateScores[index] * difference / slope.width }
      }
    }
    if let emissions = slope.emissions {
      for index in counts.indices {
        let mean = max(rates[index], 0) * dt
        sum +=
          (emissions.upper.logLikelihood(of: counts[index], mean: mean)
            - emissions.lower.logLikelihood(of: counts[index], mean: mean)) / slope.width
      }
    }
    return sum
  }
}
