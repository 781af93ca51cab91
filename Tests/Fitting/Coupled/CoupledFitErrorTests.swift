import Spiking
import SpikingTestCases
import Testing

/// Settings that contradict each other or the recording.
@Suite struct CoupledFitErrorTests {
  private typealias Fitter = CoupledFitter<Exponential, PoissonEmission>
  private let spikes: BinnedSpikes
  private let basis = RaisedCosineLogBasis(count: 2, window: 6)

  init() throws {
    spikes = try CoupledNeurons([-2, -2, -2]).spikes(bins: 400, seed: 17)
  }

  private func expect(
    _ code: SpikingError.Code, _ subject: String, segments: [Range<Int>]? = nil,
    neurons: [Int]? = nil, threads: Int? = nil, location: SourceLocation = #_sourceLocation,
    _ change: (inout Fitter) throws -> Void = { _ in }
  ) async throws {
    var fitter = CoupledFitter(history: basis, coupling: basis)
    try change(&fitter)
    let fixed = fitter
    let error = await #expect(throws: SpikingError.self, sourceLocation: location) {
      try await fixed.fit(
        spikes, segments: segments, neurons: neurons, execution: .init(threads: threads))
    }
    #expect(error?.code == code && error?.subject == subject, sourceLocation: location)
  }

  @Test func `penalties are strengths`() async throws {
    try await expect(.invalidParameter, "penalty.ridge") { $0.penalty.ridge = -1 }
    try await expect(.invalidParameter, "penalty.lasso") { $0.penalty.lasso = .nan }
    try await expect(.invalidParameter, "penalty.groupLasso") { $0.penalty.groupLasso = .infinity }
  }

  @Test func `no standard errors where there are none`() async throws {
    for penalty in [Penalty(lasso: 0.1), Penalty(groupLasso: 0.1)] {
      try await expect(.invalidParameter, "standard errors") {
        $0.hasStandardErrors = true
        $0.penalty = penalty
      }
    }
    try await expect(.invalidParameter, "standard errors") {
      $0.hasStandardErrors = true
      $0.signs = [1, 1, -1]
    }
  }

  @Test func `what was measured has a value for each bin and neuron`() async throws {
    func stimulus(_ values: [Double]) -> [StimulusCovariate] {
      [StimulusCovariate("light", values: values, basis: IdentityBasis(window: 2))]
    }
    try await expect(.invalidData, "stimulus 0 (light)") {
      $0.stimuli = stimulus(Array(repeating: 0, count: 399))
    }
    try await expect(.invalidData, "stimulus 0 (light), bin 3") {
      $0.stimuli = stimulus([0, 0, 0, .nan] + Array(repeating: 0, count: 396))
    }
    try await expect(.invalidData, "offsets") {
      $0.offsets = Array(repeating: Array(repeating: 0, count: 400), count: 2)
    }
    try await expect(.invalidData, "offsets[1]") {
      $0.offsets = Array(repeating: Array(repeating: 0, count: 400), count: 3)
      $0.offsets[1].removeLast()
    }
    try await expect(.invalidData, "signs") { $0.signs = [1, -1] }
    try await expect(.invalidData, "signs[2]") { $0.signs = [1, -1, 2] }
  }

  @Test func `trials are ascending, and longer than the window`() async throws {
    try await expect(.invalidParameter, "segments[1]", segments: [100..<200, 50..<90])
    try await expect(.invalidParameter, "segments[1]", segments: [0..<200, 199..<300])
    try await expect(.invalidParameter, "segments[0]", segments: [300..<401])
    try await expect(.invalidData, "recording", segments: [0..<6, 10..<15])
    try await expect(.invalidData, "recording", segments: [])
    try await expect(.invalidData, "recording") { $0.coupling = BoxcarBasis(count: 2, window: 400) }
    try await expect(.invalidParameter, "neurons", neurons: [0, 3])
    try await expect(.invalidParameter, "neurons", neurons: [-1])
    try await expect(.invalidParameter, "threads", threads: 0)
  }

  @Test func `parameters of bases and nonlinearities are checked`() async throws {
    var fitter = CoupledFitter(
      Exponential(scale: -1), PoissonEmission(), history: BSplineBasis(count: 3, window: 8))
    let scale = fitter
    await #expect(throws: SpikingError.self) { try await scale.fit(spikes) }
    fitter.nonlinearity.scale = 1
    fitter.history = BSplineBasis(count: 2, window: 8)
    let order = fitter
    await #expect(throws: SpikingError.self) { try await order.fit(spikes) }
  }

  @Test func `a path needs a penalty and factors that descend`() async throws {
    var fitter = CoupledFitter(history: basis)
    let free = fitter
    await #expect(throws: SpikingError.self) { try await free.path(spikes, factors: [1]) }
    fitter.penalty = Penalty(lasso: 1)
    let penalised = fitter
    for factors in [[], [1, 1], [0.1, 0.2], [.nan], [1, -1]] {
      await #expect(throws: SpikingError.self) {
        try await penalised.path(spikes, factors: factors)
      }
    }
    for folds in [1, 0, 395] {
      await #expect(throws: SpikingError.self) {
        try await penalised.crossValidate(spikes, factors: [1], folds: folds)
      }
    }
  }

  @Test func `a task that is cancelled ends in CancellationError`() async throws {
    let spikes = spikes
    for penalty in [Penalty(), Penalty(lasso: 0.01)] {
      var fitter = CoupledFitter(history: basis, coupling: basis)
      fitter.penalty = penalty
      let fixed = fitter
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await fixed.fit(spikes)
      }
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }
}
