import Spiking
import SpikingTestCases
import Testing

/// The derivatives of what fits minimise against differences of its values.
@Suite struct CoupledFitGradientTests {
  private static let penalties: [(name: String, penalty: Penalty)] = [
    ("none", Penalty()), ("ridge", Penalty(ridge: 0.3)), ("lasso", Penalty(lasso: 0.2)),
    ("group lasso", Penalty(groupLasso: 0.2)),
    ("elastic net", .elasticNet(strength: 0.4, ratio: 0.3)),
  ]

  /// Three neurons that fire in about every third bin, with and without a second spike.
  private let single: BinnedSpikes
  private let multiple: BinnedSpikes

  init() throws {
    let neurons = CoupledNeurons([-0.5, -0.5, -0.4], dt: 0.5)
    single = try neurons.spikes(Exponential(), BernoulliEmission(), bins: 240, seed: 1)
    multiple = try neurons.spikes(bins: 240, seed: 2)
  }

  @Test func `derivatives are differences of values, for every nonlinearity`() throws {
    try check(ComplementaryLogLog(threshold: 0.1, gain: 1.2, maximum: 1.1))
    try check(Exponential(scale: 0.8, gain: 1.1))
    try check(Identity())
    try check(LogLinear(threshold: -1, gain: 0.9, scale: 0.4))
    try check(LogLinear(threshold: 1))
    try check(Power(threshold: -0.2, gain: 0.7, exponent: 2.5))
    try check(Probit(threshold: 0.2, gain: 0.8, maximum: 1.3))
    try check(Rectifier(threshold: -0.1, gain: 0.9))
    try check(Sigmoid(threshold: 0.1, gain: 1.3, maximum: 1.2))
    try check(Softplus(threshold: -0.2, gain: 1.1))
    // Without noise the rate is 0 or the maximum, and no drive gives the mean rate of the spikes.
    try check(Threshold(threshold: 0.1, maximum: 1.1, deviation: 0.8))
  }

  @Test func `under a threshold without noise the spikes cannot occur`() async throws {
    let fitter = fitter(Threshold(maximum: 0.5), PoissonEmission(), Penalty())
    let objective = try fitter.objective(of: 0, in: multiple)
    let below = objective([-1] + Array(repeating: 0, count: objective.columns.count - 1))
    #expect(below.value == .infinity && below.logLikelihood == -.infinity)
    #expect(below.gradient.allSatisfy { $0 == 0 })
    await #expect(throws: SpikingError.self) { try await fitter.fit(multiple) }
  }

  private func check(_ nonlinearity: some Nonlinearity) throws {
    for (name, penalty) in Self.penalties {
      try check(nonlinearity, PoissonEmission(), penalty, name, multiple)
      try check(nonlinearity, NegativeBinomialEmission(shape: 1.5), penalty, name, multiple)
      try check(nonlinearity, BernoulliEmission(), penalty, name, single)
      try check(nonlinearity, HazardEmission(), penalty, name, single)
    }
  }

  private func check(
    _ nonlinearity: some Nonlinearity, _ emission: some Emission, _ penalty: Penalty,
    _ name: String, _ spikes: BinnedSpikes
  ) throws {
    let place = "\(type(of: nonlinearity)), \(type(of: emission)), \(name)"
    // The drive without input at which a bin has 0.3 spikes: weights leave it within 0.02 and 0.8.
    let baseline = try #require(
      BrentRootFinder().root(
        of: { nonlinearity.rate(at: $0) * spikes.dt - 0.3 }, in: -5...5)
    ).position
    let objective = try fitter(nonlinearity, emission, penalty).objective(
      of: 1, in: spikes, segments: [0..<100, 110..<240])
    try #require(objective.columns.count == 1 + 2 + 2 * 2 + 2)
    try #require(objective.binCount == 95 + 125)
    let point = [baseline, 0.03, -0.02, 0.01, 0.02, -0.03, 0.02, 0.04, -0.05]
    let found = objective(point)
    try #require(found.value.isFinite, "\(place)")
    for column in point.indices {
      // The error of a central difference is h²/6 times the third derivative, and rounding over h.
      let step = 1e-5
      var (above, below) = (point, point)
      above[column] += step
      below[column] -= step
      let difference = (objective(above).value - objective(below).value) / (2 * step)
      #expect(
        abs(found.gradient[column] - difference) < 1e-7 * (1 + abs(difference)),
        "\(place), \(objective.columns[column])")
    }
  }

  private func fitter<InverseLink: Nonlinearity, EmissionModel: Emission>(
    _ nonlinearity: InverseLink, _ emission: EmissionModel, _ penalty: Penalty
  ) -> CoupledFitter<InverseLink, EmissionModel> {
    let wave = (0..<240).map { bin in Double((bin * 7) % 11) / 11 - 0.5 }
    var fitter = CoupledFitter(
      nonlinearity, emission, history: RaisedCosineLogBasis(count: 2, window: 5),
      coupling: BoxcarBasis(count: 2, window: 4),
      stimuli: [StimulusCovariate("wave", values: wave, basis: IdentityBasis(window: 2))])
    fitter.offsets = Array(repeating: wave.map { 0.05 * $0 * $0 }, count: 3)
    fitter.penalty = penalty
    return fitter
  }
}
