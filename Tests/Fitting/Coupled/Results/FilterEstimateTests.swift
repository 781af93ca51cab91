import Spiking
import SpikingTestCases
import Testing

/// What is said of fitted filters, and of how well fits predict.
@Suite struct FilterEstimateTests {
  /// 1 and 1, 0 and 1 at two lags: other weights for the same filters as those of `IdentityBasis`.
  struct Staircase: Basis {
    let count = 2
    let window = 2
    func functions() -> [[Double]] { [[1, 0], [1, 1]] }
    mutating func visitParameters(_ visit: inout some ParameterVisitor) {}
  }

  private static func recording(seed: UInt64 = 1) async throws -> BinnedSpikes {
    let network = try NormalGenerator(neurons: 3, std: 1).network(0, seed: 4)
    return try await Simulator(PoissonGLM()).run([network], steps: 40_000, seed: seed)
  }

  private static func sound(_ binCount: Int) -> [Double] {
    var stream = RandomSource(seed: 3)["sound"].stream(0)
    return (0..<binCount).map { _ in stream.uniform() }
  }

  private static func fitter(
    _ spikes: BinnedSpikes, _ basis: any Basis, ridge: Double = 0
  ) -> CoupledFitter<Exponential, PoissonEmission> {
    var fitter = CoupledFitter(
      history: basis, coupling: basis,
      stimuli: [StimulusCovariate("sound", values: sound(spikes.binCount), basis: basis)])
    fitter.penalty.ridge = ridge
    fitter.hasStandardErrors = true
    return fitter
  }

  @Test(arguments: [0, 1e-3])
  func `the errors of taps are those of weights where each tap has one`(ridge: Double) async throws
  {
    let spikes = try await Self.recording()
    let fitter = Self.fitter(spikes, IdentityBasis(window: 2), ridge: ridge)
    let fit = try await fitter.fit(spikes, segments: [0..<15_000, 20_000..<40_000])
    let neuron = try #require(fit[1])
    let errors = try #require(neuron.standardErrors)
    let filters = try fit.filters(
      of: 1, fittedTo: spikes, stimuli: fitter.stimuli.map(\.values), offsets: fitter.offsets,
      segments: [0..<15_000, 20_000..<40_000])
    #expect(filters.count == 4)
    for group in neuron.columns.groups {
      let filter = try #require(filters[group.input])
      #expect(filter.taps == Array(neuron.coefficients[group.columns]))
      for (error, expected) in zip(filter.standardErrors, errors[group.columns]) {
        #expect(abs(error - expected) <= 1e-9 * expected)
      }
    }
  }

  @Test func `filters and their errors do not depend on the functions that they are made of`()
    async throws
  {
    let spikes = try await Self.recording()
    let fitters = [IdentityBasis(window: 2) as any Basis, Staircase()].map {
      Self.fitter(spikes, $0)
    }
    var filters: [[FitColumns.Group.Input: FilterEstimate]] = []
    for fitter in fitters {
      let fit = try await fitter.fit(spikes)
      filters.append(
        try fit.filters(
          of: 0, fittedTo: spikes, stimuli: fitter.stimuli.map(\.values), offsets: fitter.offsets))
    }
    for (input, filter) in filters[0] {
      let other = try #require(filters[1][input])
      for lag in 0..<2 {
        // Both searches end 1e-7 standard errors from the maximum.
        #expect(abs(filter.taps[lag] - other.taps[lag]) < 1e-4 * filter.standardErrors[lag])
        #expect(
          abs(filter.standardErrors[lag] / other.standardErrors[lag] - 1) < 1e-4, "\(input)")
      }
    }
  }

  @Test func `a filter that the data do not tell has no finite error`() async throws {
    let spikes = try await Self.recording()
    var fitter = Self.fitter(spikes, IdentityBasis(window: 2))
    fitter.stimuli = [
      StimulusCovariate(
        "silence", values: Array(repeating: 0, count: spikes.binCount),
        basis: IdentityBasis(window: 2))
    ]
    let fit = try await fitter.fit(spikes)
    let filters = try fit.filters(
      of: 0, fittedTo: spikes, stimuli: fitter.stimuli.map(\.values), offsets: fitter.offsets)
    #expect(filters[.stimulus(0)]?.standardErrors == [.infinity, .infinity])
    #expect(filters[.history]?.standardErrors.allSatisfy(\.isFinite) == true)
  }

  @Test func `predictions are evaluated, and rescaled, as the fit itself`() async throws {
    let spikes = try await Self.recording()
    let fitter = Self.fitter(spikes, IdentityBasis(window: 2))
    let fit = try await fitter.fit(spikes)
    for prediction in try await fit.predictions(
      for: spikes, stimuli: fitter.stimuli.map(\.values), offsets: fitter.offsets)
    {
      let neuron = try #require(fit[prediction.neuron])
      let goodness = try prediction.goodness()
      #expect(abs(goodness.logLikelihood / neuron.logLikelihood - 1) < 1e-9)
      #expect(abs(goodness.nullLogLikelihood / neuron.nullLogLikelihood - 1) < 1e-9)
      #expect(goodness.spikeCount == neuron.spikeCount)
      #expect(goodness.spikeCount == prediction.counts.reduce(0, +))
      #expect(goodness.binCount == 39_998)
      #expect(goodness.parameterCount == 9)
      let rescaled = try prediction.spikes(.poissonSpikes)
      #expect(rescaled.eventCount == prediction.spikeCount)
      #expect(rescaled.intensities == prediction.intensities)
      #expect(rescaled.segmentStarts == [0] && rescaled.neuron == prediction.neuron)
    }
  }

  @Test func `other stimuli and fits without errors are refused`() async throws {
    let spikes = try await Self.recording()
    var fitter = Self.fitter(spikes, IdentityBasis(window: 2))
    fitter.hasStandardErrors = false
    let fit = try await fitter.fit(spikes)
    let withoutErrors = #expect(throws: SpikingError.self) {
      try fit.filters(
        of: 0, fittedTo: spikes, stimuli: fitter.stimuli.map(\.values), offsets: fitter.offsets)
    }
    #expect(withoutErrors?.code == .invalidParameter)
    let withoutStimulus = await #expect(throws: SpikingError.self) {
      try await fit.predictions(for: spikes)
    }
    #expect(withoutStimulus?.code == .invalidData)
  }
}
