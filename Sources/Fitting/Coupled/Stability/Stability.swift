public import SpikingFramework
public import SpikingModels
internal import SpikingNumerics

/// Whether a fitted network is likely to run away when it is simulated, from its linear response: a spike
/// of neuron j makes
///
///     A_ji = f′(g_i) dt Σ_k h_ji(k)
///
/// more spikes of neuron i on average, at drives g at which neurons fire as they were recorded. Where the
/// spectral radius of A is 1 or above, activity may feed itself; as inhibition is in it with its modulus, the
/// radius of the excitation alone tells a network that runs away from one that is held back. (Hawkes 1971,
/// Biometrika 58:83; Brémaud and Massoulié 1996, Ann Probab 24:1563; Gerhard, Deger and Truccolo 2017, PLoS
/// Comput Biol 13:e1005390.)
///
/// It is an estimate: what happens far from the recorded rates is not seen, and under an exponential
/// nonlinearity the response grows with the rate. The simulator's guard stops what runs away all the same.
public struct Stability: Hashable, Sendable {
  /// The largest modulus of the eigenvalues of A.
  public let spectralRadius: Double
  /// That of A with negative entries counted as 0: of the excitation alone.
  public let excitatoryRadius: Double

  /// Whether activity dies out by itself in the linearised network.
  public var isStable: Bool { min(spectralRadius, excitatoryRadius) < 1 }

  /// - Parameters:
  ///   - model: the model.
  ///   - rates: the rate of each neuron in Hz at which it is looked at: those that were recorded.
  /// - Throws: `invalidData` where the nonlinearity cannot have such a rate, or numbers are not finite.
  /// - Complexity: O(neurons² · window + neurons³).
  public init<Link, Counts>(
    of model: CoupledGLM<Link, Counts>, at rates: [Double]
  ) throws(SpikingError) {
    precondition(rates.count == model.baselines.count, "a rate for each neuron")
    let observation = Observation(
      nonlinearity: model.nonlinearity, emission: model.emission, dt: model.dt)
    let count = rates.count
    var matrix = [Double](repeating: 0, count: count * count)
    for target in 0..<count {
      let meanCount = max(rates[target] / 1000 * model.dt, 1e-12)
      let drive = try observation.baseline(meanCount: meanCount, neuron: target)
      let gain = model.nonlinearity.rateAndSlope(at: drive).slope * model.dt
      for source in 0..<count {
        matrix[source * count + target] =
          gain * model.filter(from: source, to: target).reduce(0, +)
      }
    }
    spectralRadius = try Eigenvalues.spectralRadius(of: matrix, order: count)
    excitatoryRadius = try Eigenvalues.spectralRadius(of: matrix.map { max($0, 0) }, order: count)
  }
}

extension CoupledGLM {
  /// How stable a fitted network is at the rates that were recorded; nil where the fit is not of one
  /// network.
  ///
  /// - Throws: as `Stability.init(of:at:)`.
  public func stability(of fit: CoupledFit) throws(SpikingError) -> Stability? {
    guard fit.neurons.count == baselines.count else { return nil }
    let duration = Double(fit.binsUsed) * fit.dt / 1000
    return try Stability(of: self, at: fit.neurons.map { Double($0.spikeCount) / duration })
  }
}
