import Spiking
import SpikingTestCases
import Testing

/// Fits of data that make numbers hard: saturated probabilities, units far from 0, offsets, long filters, many
/// networks.
@Suite struct CoupledFitConditionTests {
  /// y = 1 where z > 0, but that one in three is the other way where |z| < 1; statsmodels and scipy agree on
  /// the values.
  private static let saturated: (z: [Double], counts: [Int]) = {
    let z = (0..<1200).map { -30 + 60 * Double($0) / 1199 }
    var place = 0
    let counts = z.map { z in
      if abs(z) >= 1 { return z > 0 }
      defer { place += 1 }
      return (place % 3 > 0) != (z < 0)
    }
    return (z, counts.map { $0 ? 1 : 0 })
  }()

  @Test func `probabilities that round to 1 are fitted as they are`() async throws {
    let (z, counts) = Self.saturated
    let spikes = try trains([counts])
    let stimulus = StimulusCovariate("z", values: z, basis: IdentityBasis(window: 1))
    var logistic = CoupledFitter(Sigmoid(), BernoulliEmission(), stimuli: [stimulus])
    logistic.hasStandardErrors = true
    let fit = try await logistic.fit(spikes)
    #expect(fit.neurons[0].certificate.hasConverged)
    #expect(abs(fit.neurons[0].coefficients[1] - 2.1142) < 1e-4)
    #expect(abs(fit.logLikelihood + 31.0958) < 1e-3)
    var cloglog = CoupledFitter(ComplementaryLogLog(), BernoulliEmission(), stimuli: [stimulus])
    cloglog.hasStandardErrors = true
    let other = try await cloglog.fit(spikes).neurons[0]
    #expect(other.certificate.hasConverged)
    #expect(abs(other.coefficients[1] - 1.442) < 1e-3)
    #expect(abs((other.standardErrors?[1] ?? 0) - 0.244) < 1e-3)
    #expect(abs(other.logLikelihood + 31.116) < 1e-3)
  }

  @Test(arguments: [(0.0, 1.0), (101_325, 0.5), (-1.6e9, 40)])
  func `a covariate's unit and origin do not matter`(origin: Double, unit: Double) async throws {
    let w = Self.noise(count: 4000, seed: 5)
    let spikes = try trains([Self.poissonCounts(w.map { 0.1 * Elementary.exponential(0.5 * $0) })])
    func fit(_ values: [Double]) async throws -> NeuronFit {
      var fitter = CoupledFitter(
        history: IdentityBasis(window: 2),
        stimuli: [StimulusCovariate("w", values: values, basis: IdentityBasis(window: 1))])
      fitter.hasStandardErrors = true
      return try await fitter.fit(spikes).neurons[0]
    }
    let plain = try await fit(w)
    let moved = try await fit(w.map { origin + unit * $0 })
    #expect(moved.warnings == [] && moved.certificate.hasConverged)
    // The rounding of the values themselves, 1.6e9 to within 2.4e-7 of 40.
    let tolerance = 1e-5
    let (weight, error) = (moved.coefficients[3], moved.standardErrors?[3] ?? 0)
    #expect(abs(weight * unit - plain.coefficients[3]) < tolerance)
    #expect(abs(error * unit - (plain.standardErrors?[3] ?? 0)) < tolerance)
    #expect(abs(moved.logLikelihood - plain.logLikelihood) < tolerance)
    #expect(abs(moved.coefficients[1] - plain.coefficients[1]) < tolerance)
    // b = b′ − w · origin, and their covariance.
    let baseline = moved.coefficients[0] + weight * origin
    #expect(abs(baseline - plain.coefficients[0]) < tolerance * max(1, abs(weight * origin) * 1e-5))
    if origin != 0 {
      #expect(abs((moved.standardErrors?[0] ?? 0) / (error * abs(origin)) - 1) < 1e-3)
    }
  }

  @Test func `a covariate that does not vary is dependent`() async throws {
    let spikes = try trains([Self.poissonCounts(Array(repeating: 0.1, count: 2000))])
    let fit = try await CoupledFitter(
      stimuli: [
        StimulusCovariate(
          "constant", values: Array(repeating: 0.1, count: 2000),
          basis: RaisedCosineLogBasis(count: 3, window: 9))
      ]
    ).fit(spikes)
    #expect(fit.warnings.allSatisfy { $0.problem == .dependent } && !fit.warnings.isEmpty)
    #expect(fit.neurons[0].coefficients.dropFirst().allSatisfy { $0 == 0 })
  }

  @Test func `bits per spike are over a constant rate, whatever offsets there are`() async throws {
    let offsets = Self.noise(count: 20_000, seed: 3).map { -1 + 0.5 * $0 }
    let counts = Self.poissonCounts(offsets.map { Elementary.exponential(-1.5 + $0) })
    let spikes = try trains([counts])
    var fitter = CoupledFitter()
    fitter.offsets = [offsets]
    let fit = try await fitter.fit(spikes)
    let prediction = try await fit.predictions(for: spikes, offsets: [offsets])[0]
    let total = Double(counts.reduce(0, +))
    let mean = total / Double(counts.count)
    let constant = counts.reduce(0.0) {
      $0 + PoissonEmission().logLikelihood(of: $1, mean: mean)
    }
    let null = fit.neurons[0].nullLogLikelihood
    #expect(abs(null - constant) < 1e-6 * abs(constant))
    #expect(null == prediction.nullLogLikelihood)
    #expect(abs(fit.logLikelihood - prediction.logLikelihood) < 1e-9 * abs(fit.logLikelihood))
    // An offset that the rate follows tells something.
    #expect(fit.logLikelihood - null > 0.1 * total)
  }

  @Test func `a long filter of a stimulus is one of its features`() async throws {
    let signal = Self.noise(count: 6000, seed: 9)
    let basis = RaisedCosineLogBasis(count: 4, window: 60)
    let functions = try BasisMatrix(basis)
    let features = (0..<4).map { function in
      signal.indices.map { bin in
        (0...min(bin, 59)).reduce(0.0) {
          $0 + functions.values[$1 * 4 + function] * signal[bin - $1]
        }
      }
    }
    let spikes = try trains([
      Self.poissonCounts(features[1].map { 0.05 * Elementary.exponential(0.2 * $0) }),
      Self.poissonCounts(features[2].map { 0.03 * Elementary.exponential(-0.1 * $0) }),
    ])
    let coupling = RaisedCosineLogBasis(count: 3, window: 10)
    var long = CoupledFitter(
      history: coupling, coupling: coupling,
      stimuli: [StimulusCovariate("signal", values: signal, basis: basis)])
    long.hasStandardErrors = true
    var short = long
    short.stimuli = features.enumerated().map {
      StimulusCovariate("feature \($0)", values: $1, basis: IdentityBasis(window: 1))
    }
    let one = try await long.fit(spikes)
    // The same bins: those from 59 on.
    let other = try await short.fit(spikes, segments: [49..<6000])
    #expect(one.binsUsed == 5941 && other.binsUsed == 5941)
    for (one, other) in zip(one.neurons, other.neurons) {
      #expect(abs(one.logLikelihood - other.logLikelihood) < 1e-8)
      for (a, b) in zip(one.coefficients, other.coefficients) { #expect(abs(a - b) < 1e-6) }
      for (a, b) in zip(one.standardErrors ?? [], other.standardErrors ?? []) {
        #expect(abs(a - b) < 1e-8 * a)
      }
    }
  }

  @Test func `networks in one recording are fitted as each alone`() async throws {
    var model = PoissonGLM()
    model.dt = 0.5
    let networks = try NormalGenerator(neurons: 4, std: 0.3).networks(count: 3, seed: 2)
    let spikes = try await Simulator(model).run(networks, steps: 20_000, seed: 4)
    let basis = RaisedCosineLogBasis(count: 3, window: 8)
    for coupling in [basis, nil] {
      var fitter = CoupledFitter(history: basis, coupling: coupling)
      fitter.hasStandardErrors = true
      let together = try await fitter.fit(spikes)
      for network in 0..<3 {
        let alone = try await fitter.fit(spikes.network(network))
        for (number, fit) in alone.neurons.enumerated() {
          let same = together.neurons[4 * network + number]
          #expect(fit.coefficients == same.coefficients)
          #expect(fit.standardErrors == same.standardErrors)
          #expect(fit.logLikelihood == same.logLikelihood)
        }
      }
    }
  }

  /// Spikes from counts, a row for each neuron, in bins of a ms.
  private func trains(_ counts: [[Int]]) throws -> BinnedSpikes {
    try binnedSpikes(counts[0].indices.map { bin in counts.map { $0[bin] } }, dt: 1)
  }

  /// Standard normal numbers.
  private static func noise(count: Int, seed: UInt64) -> [Double] {
    var stream = RandomSource(seed: seed)["noise"].stream()
    return (0..<count).map { _ in stream.normal() }
  }

  private static func poissonCounts(_ means: [Double]) -> [Int] {
    var stream = RandomSource(seed: 8)["counts"].stream()
    return means.map { stream.poisson(mean: $0) }
  }
}
