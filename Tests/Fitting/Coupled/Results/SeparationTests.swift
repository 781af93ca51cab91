import Spiking
import SpikingTestCases
import Testing

/// Where the best weight is infinite, it is named, upwards and downwards, with the test and the bound that
/// the likelihood gives.
@Suite struct SeparationTests {
  private let basis = RaisedCosineLogBasis(count: 5, window: 20)
  /// Half the 95 % point of χ² with one degree of freedom.
  private let drop = 1.920729

  private func bernoulli(
    _ stimulus: [Double] = [], coupling: (any Basis)? = nil, history: (any Basis)? = nil
  ) -> CoupledFitter<Sigmoid, BernoulliEmission> {
    var fitter = CoupledFitter(Sigmoid(), BernoulliEmission(), history: history, coupling: coupling)
    if !stimulus.isEmpty {
      fitter.stimuli = [
        StimulusCovariate("pulse", values: stimulus, basis: IdentityBasis(window: 1))
      ]
    }
    fitter.hasStandardErrors = true
    return fitter
  }

  /// Spikes with a probability for each bin.
  private func train(_ bins: Int, seed: UInt64, _ probability: (Int) -> Double) -> [Int] {
    var stream = RandomSource(seed: seed).stream()
    return (0..<bins).map { stream.uniform() < probability($0) ? 1 : 0 }
  }

  /// A spike of the first neuron is followed by one of the second in the next bin, whatever the seed: Wald's
  /// probability was 0.15, the likelihood ratio is 2751 in the first report.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func `a coupling that never fails is found`(seed: UInt64) async throws {
    let first = train(20_000, seed: 2 * seed) { _ in 0.02 }
    var second = train(20_000, seed: 2 * seed + 1) { _ in 0.02 }
    for bin in first.indices.dropLast() where first[bin] == 1 { second[bin + 1] = 1 }
    let spikes = try binnedSpikes(counts: zip(first, second).map { [$0, $1] })
    let fit = try await bernoulli(coupling: basis, history: basis).fit(spikes)
    let target = fit.neurons[1]
    let nothing = try #require(fit.neurons[0].pValue(of: .coupling(from: 1)))
    // The ratio is 2350 or more on five degrees of freedom: below the smallest number.
    #expect(try #require(target.pValue(of: .coupling(from: 0))) < 1e-300)
    #expect(nothing > 1e-3)
    let adjusted = try FalseDiscoveryRate.adjusted(
      [nothing, try #require(target.pValue(of: .coupling(from: 0)))])
    #expect(adjusted[1] <= 0.05)
    // The history of the second is no part of it.
    #expect(try #require(target.pValue(of: .history)) > 1e-3)
    let warning = try #require(target.warnings.first { $0.problem == .separatedAbove })
    let column = try #require(warning.columns.first)
    #expect(warning.subjects == [.weight(of: .coupling(from: 0), function: 0)])
    #expect(target.standardErrors?[column] == .infinity)
    // With the weight kept at the bound, as an offset, the others make the best of it: 1.92 below the maximum,
    // as closely as the bound was searched.
    let bound = try #require(warning.bounds.first)
    let functions = try BasisMatrix(basis)
    var offset = [Double](repeating: 0, count: first.count)
    for bin in first.indices where first[bin] == 1 {
      for (lag, value) in functions.functions().map(\.[0]).enumerated()
      where bin + 1 + lag < offset.count { offset[bin + 1 + lag] += bound * value }
    }
    var kept = bernoulli(
      coupling: BasisMatrix(
        count: 4, window: functions.window,
        values: functions.functions().flatMap { $0.dropFirst() }), history: basis)
    kept.offsets = [offset.map { _ in 0 }, offset]
    let rest = try await kept.fit(spikes, neurons: [1]).neurons[0]
    #expect(abs(target.logLikelihood - rest.logLikelihood - drop) < 0.4, "\(bound)")
    #expect(warning.description.contains("; with 95 % at least"))
  }

  private func exponential(_ x: Double) -> Double { Elementary.exponential(x) }

  @Test func `a neuron that a stimulus silences has a bound, not a standard error`() async throws {
    let bins = 20_000
    let pulse = (0..<bins).map { $0 / 100 % 5 == 0 ? 1.0 : 0 }
    let spikes = train(bins, seed: 9) { pulse[$0] == 1 ? 0 : 0.05 }
    for sign in [1.0, -1] {
      let fit = try await bernoulli(pulse.map { sign * $0 }).fit(
        binnedSpikes(counts: spikes.map { [$0] })
      ).neurons[0]
      let problem: FitWarning.Problem = sign > 0 ? .separatedBelow : .separatedAbove
      #expect(fit.warnings.map(\.problem) == [problem])
      #expect(fit.warnings[0].subjects == [.weight(of: .stimulus(0), function: 0)])
      #expect(fit.standardErrors?[1] == .infinity && fit.coefficients[1] == -20 * sign)
      // The likelihood ratio is that of two constant rates.
      let count = spikes.reduce(0, +)
      let ratio =
        2 * (logLikelihood(count, 16_000) - logLikelihood(count, 20_000))
      let expected = SpecialFunctions.chiSquaredTail(ratio, degrees: 1)
      #expect(abs(try #require(fit.pValues?[0]) / expected - 1) < 0.02)
      // 4000 bins without a spike: (1 − p)^4000 = e^−1.92.
      let odds = exponential(drop / 4000) - 1
      let bound = Elementary.logarithm(odds) - fit.baseline
      #expect(abs(fit.warnings[0].bounds[0] - sign * bound) < 1e-3)
    }
  }

  private func logLikelihood(_ count: Int, _ bins: Int) -> Double {
    let (k, n) = (Double(count), Double(bins))
    return k * Elementary.logarithm(k / n) + (n - k) * Elementary.logarithm(1 - k / n)
  }

  @Test func `a neuron that fires during a stimulus alone, or without a stop, is named`()
    async throws
  {
    let bins = 20_000
    let pulse = (0..<bins).map { $0 / 100 % 5 == 0 ? 1.0 : 0 }
    let only = train(bins, seed: 10) { pulse[$0] == 1 ? 0.05 : 0 }
    let fit = try await bernoulli(pulse).fit(binnedSpikes(counts: only.map { [$0] })).neurons[0]
    #expect(fit.warnings.map(\.problem) == [.separatedAbove])
    #expect(try #require(fit.pValues?[0]) < 1e-50)
    // Without a spike in 16 000 bins; the drive with the stimulus stays.
    let k = Double(only.reduce(0, +))
    let drive = Elementary.logarithm(k / (4000 - k))
    let bound = drive - Elementary.logarithm(exponential(drop / 16_000) - 1)
    #expect(abs(fit.warnings[0].bounds[0] - bound) < 1e-3)
    #expect(abs(fit.coefficients[0] + fit.coefficients[1] - drive) < 1e-6)

    let always = train(bins, seed: 11) { pulse[$0] == 1 ? 1 : 0.05 }
    let above = try await bernoulli(pulse).fit(binnedSpikes(counts: always.map { [$0] })).neurons[0]
    #expect(above.warnings.map(\.problem) == [.separatedAbove])
    #expect(above.pValues?[0] == 0)
    let other = -Elementary.logarithm(exponential(drop / 4000) - 1) - above.baseline
    #expect(abs(above.warnings[0].bounds[0] - other) < 1e-3)
    // Poisson counts have no upper end: nothing is separated.
    var poisson = CoupledFitter()
    poisson.stimuli = bernoulli(pulse).stimuli
    poisson.hasStandardErrors = true
    #expect(
      try await poisson.fit(binnedSpikes(counts: always.map { [$0] })).warnings.isEmpty)
  }

  /// A stimulus with values of its own in every bin above a threshold of which all spikes lie: no column alone
  /// has an edge, and no search an end.
  @Test func `a threshold of a continuous stimulus is found as well`() async throws {
    var stream = RandomSource(seed: 12).stream()
    let stimulus = (0..<4000).map { _ in stream.normal() }
    let spikes = try binnedSpikes(counts: stimulus.map { [$0 > 1 ? 1 : 0] })
    let fit = try await bernoulli(stimulus).fit(spikes).neurons[0]
    #expect(fit.warnings.contains { $0.problem == .separatedAbove })
    #expect(fit.standardErrors?[1] == .infinity)
    #expect(try #require(fit.pValues?[0]) < 1e-300)
    // A weight that is large and well known is none of these.
    let noisy = train(4000, seed: 13) { 1 / (1 + exponential(12 - 12 * stimulus[$0])) }
    let known = try await bernoulli(stimulus).fit(binnedSpikes(counts: noisy.map { [$0] })).neurons[
      0]
    #expect(known.warnings.isEmpty && (known.standardErrors?[1] ?? .infinity) < 2)
  }

  @Test func `the bound of a lag without spikes is that of its expected count`() async throws {
    var neurons = CoupledNeurons([-3, -3])
    neurons.filters = [SIMD2(0, 1): [-40]]
    let spikes = try neurons.spikes(bins: 10_000, seed: 34)
    var fitter = CoupledFitter(coupling: IdentityBasis(window: 2))
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(spikes).neurons[1]
    let warning = try #require(fit.warnings.first)
    #expect(warning.problem == .separatedBelow)
    #expect(warning.subjects.contains(.weight(of: .coupling(from: 0), function: 0)))
    // E e^w = 1.92 with E spikes expected at this lag, most of them at the baseline.
    let place = try #require(
      warning.subjects.firstIndex(of: .weight(of: .coupling(from: 0), function: 0)))
    let sources = spikes.denseCounts()[0].reduce(0) { $0 + min($1, 1) }
    let bound = Elementary.logarithm(drop / Double(sources)) - fit.baseline
    #expect(abs(warning.bounds[place] - bound) < 0.1, "\(warning.bounds[place]), \(bound)")
  }
}
