internal import SpikingFramework
internal import SpikingModels
internal import SpikingNumerics

/// What rates the neurons of a fitted network have on average when spikes come at given rates: where these
/// are the same, the network keeps them up.
///
/// A neuron's last spike is taken as it was, earlier ones and those of others by what they do on average
/// (the quasi-renewal approximation: Naud and Gerstner 2012, PLoS Comput Biol 8:e1002711; Gerhard, Deger
/// and Truccolo 2017, PLoS Comput Biol 13:e1005390): s bins after it the drive is
///
///     g(s) = baseline + input + h(s) + Σ_{u>s} κ(h(u), r),    κ(h, r) = r (e^{ah} − 1) / a
///
/// and the rate the number of spikes over the number of bins of the interval that these drives make. The
/// exponent a is that of the nonlinearity where the neuron fires as it did when it was recorded, f″/f′: 1
/// for the exponential, under which κ is exact for Poisson counts, near it for others at low rates, 0 for a
/// straight line. Of at most one spike a bin κ = ln(1 + r (e^{ah} − 1)) / a.
///
/// Rates are mean counts of a bin.
struct MeanField {
  let model: CoupledGLM
  /// What a spike of each other neuron does to a drive altogether, Σ (e^{ah} − 1) / a [pre, post]; 0 of a
  /// neuron on itself.
  let couplings: [Double]
  private let exponents: [Double]
  /// Of each neuron's own filter what is not 0 to its end.
  private let historyTaps: [ArraySlice<Double>]
  /// At most one spike a bin.
  private let isBinary: Bool

  var count: Int { model.baselines.count }

  /// - Parameter rates: the rates at which the neurons were recorded.
  /// - Throws: `invalidData` where the nonlinearity cannot have such a rate.
  /// - Complexity: O(neurons² · window).
  init(_ model: CoupledGLM, recorded rates: [Double]) throws(SpikingError) {
    self.model = model
    isBinary = model.maximumCount <= 1
    historyTaps = rates.indices.map { neuron in
      let taps = model.filter(from: neuron, to: neuron)
      return taps[..<(taps.lastIndex { $0 != 0 }.map { $0 + 1 } ?? taps.startIndex)]
    }
    let exponents = try Self.exponents(model.nonlinearity, model.emission, dt: model.dt, at: rates)
    self.exponents = exponents
    let count = rates.count
    couplings = (0..<count * count).map { pair in
      let (source, target) = pair.quotientAndRemainder(dividingBy: count)
      if source == target { return 0 }
      return model.filter(from: source, to: target).reduce(0) {
        $0 + ($1 == 0 ? 0 : Self.growth($1, exponents[target]))
      }
    }
  }

  /// f″/f′ of each neuron; 0 where the nonlinearity is flat or bent the other way.
  private static func exponents(
    _ nonlinearity: some Nonlinearity, _ emission: some Emission, dt: Double, at rates: [Double]
  ) throws(SpikingError) -> [Double] {
    let observation = Observation(nonlinearity: nonlinearity, emission: emission, dt: dt)
    let step = 1e-3
    func slope(_ drive: Double) -> Double { nonlinearity.rateAndSlope(at: drive).slope }
    var exponents: [Double] = []
    for (neuron, rate) in rates.enumerated() {
      let drive = try observation.baseline(meanCount: rate, neuron: neuron)
      let exponent = (slope(drive + step) - slope(drive - step)) / (2 * step * slope(drive))
      exponents.append(exponent.isFinite ? max(exponent, 0) : 0)
    }
    return exponents
  }

  /// (e^{ah} − 1) / a.
  private static func growth(_ tap: Double, _ exponent: Double) -> Double {
    exponent > 1e-6 ? Elementary.expm1(exponent * tap) / exponent : tap
  }

  /// κ of a tap of a neuron's own filter.
  private func effect(_ tap: Double, of neuron: Int, rate: Double) -> Double {
    let exponent = exponents[neuron]
    let growth = rate * Self.growth(tap, exponent)
    return isBinary && exponent > 1e-6
      ? Elementary.log1p(exponent * growth) / exponent : growth
  }

  /// What the spikes of all others do to the drive of each neuron.
  func inputs(at rates: [Double]) -> [Double] {
    var inputs = [Double](repeating: 0, count: count)
    for source in 0..<count {
      for target in 0..<count {
        inputs[target] += rates[source] * couplings[source * count + target]
      }
    }
    return inputs
  }

  /// The rate of a neuron that has fired at a rate.
  ///
  /// - Complexity: O(window).
  func rate(of neuron: Int, own rate: Double, input: Double) -> Double {
    let taps = historyTaps[neuron]
    let drive = model.baselines[neuron] + input
    // How many spikes there are in a bin that has one.
    let spikes = isBinary || rate < 1e-9 ? 1 : rate / -Elementary.expm1(-rate)
    // What earlier spikes do in the bins after this one, from the last of them on.
    var earlier = [0.0]
    for tap in taps.dropFirst().reversed() {
      earlier.append(
        earlier[earlier.count - 1] + (tap == 0 ? 0 : effect(tap, of: neuron, rate: rate)))
    }
    var interval = Interval()
    for (tap, past) in zip(taps, earlier.reversed()) {
      let mean = mean(at: drive + spikes * tap + past)
      interval.add(bins: 1, expected: model.emission.expectedCount(mean: mean), silence(mean))
      if interval.survival == 0 { return interval.rate }
    }
    let mean = mean(at: drive)
    let rest = silence(mean)
    if rest == 1 { return 0 }
    interval.add(bins: 1 / (1 - rest), expected: model.emission.expectedCount(mean: mean), rest)
    return interval.rate
  }

  private func mean(at drive: Double) -> Double {
    max(model.nonlinearity.rate(at: drive) * model.dt, 0)
  }

  private func silence(_ mean: Double) -> Double {
    Elementary.exponential(model.emission.logLikelihood(of: 0, mean: mean))
  }

  /// The bins from one spike to the next, and the spikes at its end.
  private struct Interval {
    private var bins = 0.0
    private var spikes = 0.0
    /// The probability that there has been no spike.
    private(set) var survival = 1.0

    var rate: Double { spikes / bins }

    mutating func add(bins number: Double, expected: Double, _ silence: Double) {
      bins += survival * number
      spikes += survival * number * expected
      survival *= silence
    }
  }
}
