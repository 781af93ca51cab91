public import SpikingFramework
public import SpikingModels
internal import SpikingNumerics

/// Whether a fitted network is likely to run away when it is simulated, as far as mean rates tell: how it
/// answers to a spike more where it fires as it was recorded, and which other rates would keep themselves
/// up.
///
/// Under an exponential nonlinearity the response grows with the rate: a network that answers weakly at the
/// recorded rates may have higher ones, above which activity feeds itself and which a burst by chance
/// reaches. (Hawkes 1971, Biometrika 58:83; Brémaud and Massoulié 1996, Ann Probab 24:1563; Gerhard, Deger
/// and Truccolo 2017, PLoS Comput Biol 13:e1005390.) How soon is a matter of chance, and of correlations
/// that mean rates do not have: `CoupledGLM.trialRuns` finds out.
public struct Stability: Codable, Hashable, Sendable {
  /// The real part of the leading eigenvalue of A_ji = ∂r_i/∂r_j, how many spikes of neuron i follow one
  /// more of neuron j, at the recorded rates. At 1 or above activity feeds itself there; where it is
  /// negative, as of refractory neurons, spikes keep others away.
  public let linearResponse: Double
  /// The rates of each neuron that keep themselves up while the others fire as they were recorded,
  /// ascending, below 1000 Hz and what the emission can do; none where its rate rises beyond from any.
  public let steadyRates: [[SteadyRate]]
  /// Where the rates of all come to rest by themselves, in Hz; nil where they rise beyond.
  public let restingRates: [Double]?
  /// The factor by which all recorded rates have to rise for the network to stay at twice its resting rate or
  /// more, to a few hundredths; nil where it comes back from any, infinite where it never comes to rest.
  public let escapeFactor: Double?

  /// Whether nothing was found that feeds itself.
  public var isStable: Bool {
    linearResponse < 1 && escapeFactor == nil
      && steadyRates.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isStable) }
  }

  /// - Parameters:
  ///   - model: the model.
  ///   - rates: the rate of each neuron in Hz at which it was recorded.
  /// - Throws: `invalidData` where the nonlinearity cannot have such a rate, or numbers are not finite.
  /// - Complexity: O(neurons² · window + neurons³).
  public init(of model: CoupledGLM, at rates: [Double]) throws(SpikingError) {
    precondition(rates.count == model.baselines.count, "a rate for each neuron")
    let recorded = rates.map { max($0 / 1000 * model.dt, 1e-12) }
    let field = try MeanField(model, recorded: recorded)
    linearResponse = try field.linearResponse(at: recorded)
    let inputs = field.inputs(at: recorded)
    steadyRates = recorded.indices.map { field.steadyRates(of: $0, input: inputs[$0]) }
    let resting = field.settled(from: recorded)
    restingRates = resting?.map { $0 / model.dt * 1000 }
    escapeFactor = field.escapeFactor(from: recorded, resting: resting)
  }
}

extension CoupledFit {
  /// The rates in Hz at which the neurons of a network were recorded.
  public func rates(ofNetwork network: Int = 0) -> [Double] {
    let duration = Double(binsUsed) * dt / 1000
    return (networkOffsets[network]..<networkOffsets[network + 1]).map {
      Double(self[$0]?.spikeCount ?? 0) / duration
    }
  }
}

extension MeanField {
  /// The real part of the leading eigenvalue of ∂r_i/∂r_j, at drives at which the neurons fire at `rates`.
  fileprivate func linearResponse(at rates: [Double]) throws(SpikingError) -> Double {
    var matrix = couplings
    for (neuron, rate) in rates.enumerated() {
      let input = try self.input(of: neuron, at: rate)
      let (step, width) = (1e-4, 1e-4 * rate)
      let gain =
        (self.rate(of: neuron, own: rate, input: input + step)
          - self.rate(of: neuron, own: rate, input: input - step)) / (2 * step)
      for source in rates.indices { matrix[source * count + neuron] *= gain }
      matrix[neuron * count + neuron] =
        (self.rate(of: neuron, own: rate + width, input: input)
          - self.rate(of: neuron, own: rate - width, input: input)) / (2 * width)
    }
    return try Eigenvalues.all(of: matrix, order: count).map(\.real).max() ?? 0
  }

  /// The input with which a neuron that has fired at a rate goes on at it.
  private func input(of neuron: Int, at rate: Double) throws(SpikingError) -> Double {
    var bound = 1.0
    while bound < 1e6 {
      let root = BrentRootFinder(tolerance: 1e-12).root(
        of: { self.rate(of: neuron, own: rate, input: $0) - rate }, in: -bound...bound)
      if let root { return root.position }
      bound *= 2
    }
    throw SpikingError(
      .invalidData, "neuron \(neuron)", found: "\(rate / model.dt * 1000) Hz",
      expected: "a rate that the fitted model can have")
  }

  /// By how much rates have to rise for the network not to return to where it rests.
  fileprivate func escapeFactor(from rates: [Double], resting: [Double]?) -> Double? {
    guard let resting else { return .infinity }
    let rest = resting.reduce(0, +)
    func returns(_ factor: Double) -> Bool {
      // Strongly coupled networks have several rests of nearly the same rate.
      settled(from: rates.map { min(factor * $0, highestRate) }).map {
        $0.reduce(0, +) < 2 * rest
      } ?? false
    }
    var upper = 2.0
    let highest = highestRate / (rates.max() ?? 1)
    while returns(upper) {
      if upper >= highest { return nil }
      upper *= 2
    }
    var lower = upper / 2
    for _ in 0..<5 {
      let middle = (lower * upper).squareRoot()
      if returns(middle) { lower = middle } else { upper = middle }
    }
    return (lower * upper).squareRoot()
  }
}
