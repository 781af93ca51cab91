import Spiking
import SpikingTestCases
import Testing

@Suite struct ParameterUnitTests {
  /// Parameters of the standard catalogue without a unit: drives, weights and strengths, gains that multiply drives,
  /// counts, exponents, shares. All others have one, so that a new parameter is thought about.
  private static let withoutUnit = [
    "BernoulliGLM: theta absoluteRefractoryStrength relativeRefractoryStrength r",
    "PoissonGLM: beta r b", "RectifiedLNP: theta r b", "RectifiedSAM: theta b",
    "ThresholdSAM: b sigma rho theta", "Cascade: baseline synapticScale nonlinearity.gain",
    "exp: gain", "softplus: threshold", "rectifier: threshold", "logistic: threshold gain",
    "cloglog: threshold gain", "probit: threshold gain", "power: threshold exponent",
    "log-linear: threshold gain", "threshold: threshold deviation noisyFraction",
    "negative-binomial: shape", "refractory: absoluteStrength relativeStrength",
    "raised-cosine-log: count stretch", "raised-cosine-linear: count",
    "raised-cosine-shifted-log: count", "b-spline: count order", "cyclic-b-spline: count order",
    "m-spline: count order", "boxcar: count", "Regular: strength", "Poisson: strength",
    "Sinusoid: amplitude baseline", "Ramp: from to", "WhiteNoise: stdPerBin mean",
    "PulseTrain: strength", "Loaded: scale", "Filtered: scale",
    "Sum: first.strength second.strength", "Product: first.strength second.strength",
    "normal: neurons mean std sparsity glorot excitatoryFraction",
    "uniform: neurons low high sparsity excitatoryFraction", "mexican-hat: neurons a",
    "erdos-renyi: neurons probability", "fixed-in-degree: neurons degree",
    "fixed-out-degree: neurons degree", "watts-strogatz: neurons degree rewiring",
    "barabasi-albert: neurons links",
    "block-model: neurons blocks probabilityWithin probabilityBetween",
    "ring-distance: neurons peak", "torus-distance: neurons peak", "constant: weight",
    "uniform: low high", "normal: mean std", "log-normal: mu sigma", "correlogram: isCorrected",
  ]

  @Test func `every parameter has a unit or is known to have none`() {
    let found = CatalogueKind.allCases.flatMap { kind in
      zip(Catalogue.standard.names(kind), Catalogue.standard[kind]).compactMap { name, type in
        let names = type.parameters.filter { $0.unit == .none }.map(\.name)
        return names.isEmpty ? nil : "\(name): \(names.joined(separator: " "))"
      }
    }
    #expect(found == Self.withoutUnit)
  }

  /// A clock that runs twice as fast: times in ms are half as long, rates in 1/ms twice as high, and all
  /// else is the same. Powers of 2 round nothing.
  ///
  /// - Parameter exception: a parameter that stays as it is.
  private func fast<Value: Parameterized>(
    _ value: Value, but exception: String? = nil
  ) throws -> Value {
    var fast = value
    for parameter in value.parameters where parameter.name != exception {
      if let factor = factor(of: parameter.unit) {
        try fast.setParameter(parameter.name, to: factor * parameter.value)
      }
    }
    return fast
  }

  private func factor(of unit: ParameterUnit) -> Double? {
    switch unit {
    case .milliseconds: 0.5
    case .perMillisecond, .spikesPerMillisecond, .hertz: 2
    default: nil
    }
  }

  /// The parameters that another clock changes.
  private func timed(_ value: some Parameterized) -> [String] {
    value.parameters.filter {
      factor(of: $0.unit) != nil && $0.value != 0 && $0.value.isFinite
    }.map(\.name)
  }

  private func events(
    _ model: some SpikingModel, _ stimuli: [TargetedStimulus] = []
  ) async throws -> [[Int]] {
    // Each so strong that filters matter, and no network runs away.
    let networks = try NormalGenerator(
      neurons: 20, std: model is RectifiedSAM ? 20 : 0.3
    ).networks(count: 1, seed: 1)
    let spikes = try await Simulator(model, maximumRate: .infinity).run(
      networks, steps: 400, stimuli: stimuli, seed: 2)
    return spikes.events.map { [$0.bin, $0.neuron] }
  }

  /// A parameter with a wrong unit, or with none, would change what happens in a bin. (The `BernoulliGLM` has a
  /// rate of its own, at most 1 spike per ms, which is no parameter.)
  @Test(arguments: Catalogue.standard.models.indices.dropFirst())
  func `units are those of the equations of models`(index: Int) async throws {
    func check(_ model: some SpikingModel) async throws {
      let expected = try await events(model)
      #expect(expected.count > 10)
      #expect(try await events(fast(model)) == expected)
      for name in timed(model) {
        let other = try? await events(fast(model, but: name))
        #expect(other != expected, "\(type(of: model)).\(name)")
      }
    }
    try await check(Catalogue.standard.models[index])
  }

  @Test func `units are those of the equations of nonlinearities and filters`() throws {
    for nonlinearity in Catalogue.standard.nonlinearities where !nonlinearity.parameters.isEmpty {
      let fast = try fast(nonlinearity)
      for drive in [-2, -0.5, 0.3, 2] {
        #expect(fast.rate(at: drive) == 2 * nonlinearity.rate(at: drive))
      }
    }
    for filter in Catalogue.standard.filters {
      // The activation of a synapse is itself a time, which a spike raises by dt.
      let factor = filter is SynapticActivationFilter ? 0.5 : 1
      #expect(
        try fast(filter).taps(dt: 0.5) == filter.taps(dt: 1).map { factor * $0 },
        "\(type(of: filter))")
    }
    let (model, fast) = (BernoulliGLM(), try fast(BernoulliGLM()))
    #expect(fast.coupling.taps(dt: 0.5) == model.coupling.taps(dt: 1))
    #expect(fast.historyFilter.taps(dt: 0.5) == model.historyFilter.taps(dt: 1))
  }

  @Test func `units are those of the equations of stimuli`() async throws {
    let wave = (0..<40).map { $0 % 7 < 3 ? 9.0 : 0 }
    let regular = RegularStimulus(strength: 9, period: 20, duration: 5, start: 4, stop: 200)
    let stimuli: [any Stimulus] = [
      regular, PoissonStimulus(strength: 9, meanInterval: 20, duration: 5, start: 4, stop: 200),
      SinusoidStimulus(amplitude: 9, period: 20, phase: 1, start: 4, duration: 150),
      RampStimulus(from: 9, to: -9, start: 4, duration: 300), WhiteNoiseStimulus(stdPerBin: 2),
      PulseTrainStimulus(times: [0], strength: 20, duration: 9), LoadedStimulus(wave),
      FilteredStimulus(signal: [wave], filters: [[1, 0.5]]), regular + regular, regular * regular,
    ]
    #expect(
      stimuli.map { type(of: $0).typeName }
        == Catalogue.standard.stimuli.map { type(of: $0).typeName })
    let model = Cascade(
      Sigmoid(), BernoulliEmission(), coupling: AlphaFilter(tau: 3), historyFilter: TapFilter(),
      baseline: -4)
    let silent = try await events(model)
    func check(_ stimulus: some Stimulus) async throws {
      let expected = try await events(model, [TargetedStimulus(stimulus)])
      #expect(expected != silent)
      #expect(try await events(fast(model), [TargetedStimulus(fast(stimulus))]) == expected)
      // One alone of the parts of a pair may be hidden by the other.
      for name in timed(stimulus) where !(stimulus is any StimulusPair) {
        let changed = TargetedStimulus(try fast(stimulus, but: name))
        let other = try? await events(fast(model), [changed])
        #expect(other != expected, "\(type(of: stimulus)).\(name)")
      }
    }
    for stimulus in stimuli { try await check(stimulus) }
  }

  @Test func `messages and descriptions say units`() throws {
    var stimulus = RegularStimulus(strength: 1, period: 100, duration: 10)
    let error = #expect(throws: SpikingError.self) { try stimulus.setParameter("period", to: -3) }
    #expect(
      error?.description
        == "RegularStimulus.period: found -3 ms, expected a finite number > 0 ms")
    #expect(
      stimulus.parameters.map(\.description) == [
        "strength = 1 (a finite number)", "period = 100 ms (a finite number > 0 ms)",
        "duration = 10 ms (a finite number ≥ 0 ms)", "start = 0 ms (a finite number in ms)",
        "stop = inf ms (a time in ms)",
      ])
    #expect("\(ParameterDomain.filterWindow)" == "a whole number ≥ 0 and ≤ 100000 bins")
    #expect("\(ParameterDomain.real.measured(in: "mV"))" == "a finite number in mV")
  }
}
