import Spiking
import SpikingTestCases
import Testing

/// Which bins spikes and stimuli act on, and which bins are evaluated.
@Suite struct CoupledFitConventionTests {
  /// Poisson neurons of rate e^drive, in bins of 1 ms.
  private func fitter(_ window: Int) -> CoupledFitter<Exponential, PoissonEmission> {
    CoupledFitter(history: IdentityBasis(window: window), coupling: IdentityBasis(window: window))
  }

  @Test func `a spike acts from the next bin on, one lag after the other`() throws {
    // Neuron 0 fires once, in bin 10; neuron 1 in bins 11 and 13.
    var rows = Array(repeating: [0, 0], count: 30)
    rows[10][0] = 1
    rows[11][1] = 1
    rows[13][1] = 2
    let objective = try fitter(4).objective(of: 1, in: binnedSpikes(counts: rows))
    // Columns: the baseline, four lags of its own, four of neuron 0.
    let own = [0.1, 0.2, 0.3, 0.4]
    let other = [1.0, 2, 3, 4]
    let found = objective([-2] + own + other).logLikelihood
    var expected = 0.0
    for bin in 4..<30 {
      var drive = -2.0
      for lag in 1...4 where bin - lag >= 0 {
        drive += own[lag - 1] * Double(rows[bin - lag][1])
        drive += other[lag - 1] * Double(rows[bin - lag][0])
      }
      let count = Double(rows[bin][1])
      // ln 2! for the two spikes.
      expected += count * drive - Elementary.exponential(drive)
      if count == 2 { expected -= Elementary.logarithm(2) }
    }
    #expect(abs(found - expected) < 1e-12)
    #expect(objective.binCount == 26)
  }

  @Test func `the first window is not evaluated, but acts`() throws {
    var rows = Array(repeating: [0, 0], count: 20)
    rows[2] = [5, 7]
    let objective = try fitter(3).objective(of: 0, in: binnedSpikes(counts: rows))
    let silent = objective([-1, 0, 0, 0, 0, 0, 0])
    // None of the five spikes is evaluated: 17 empty bins are.
    #expect(abs(silent.logLikelihood + 17 * Elementary.exponential(-1)) < 1e-13)
    // Seven spikes of neuron 1, in the bin before the first that is evaluated.
    let coupled = objective([-1, 0, 0, 0, 0.2, 0, 0])
    let change = Elementary.exponential(-1 + 1.4) - Elementary.exponential(-1)
    #expect(abs(coupled.logLikelihood - silent.logLikelihood + change) < 1e-13)
  }

  @Test func `a stimulus acts in its own bin, and before the first bin is 0`() throws {
    var values = [Double](repeating: 0, count: 12)
    values[0] = 1
    values[6] = 2
    var fitter = CoupledFitter()
    fitter.stimuli = [StimulusCovariate("flash", values: values, basis: IdentityBasis(window: 1))]
    var rows = Array(repeating: [0], count: 12)
    rows[6][0] = 1
    let spikes = try binnedSpikes(counts: rows)
    let objective = try fitter.objective(of: 0, in: spikes)
    // A stimulus of one lag needs no history: all bins are evaluated.
    #expect(objective.binCount == 12)
    let mean = Elementary.exponential(-1)
    let expected =
      (-1 + 2 * 0.5) - Elementary.exponential(-1 + 1) - Elementary.exponential(-1 + 0.5)
      - 10 * mean
    #expect(abs(objective([-1, 0.5]).logLikelihood - expected) < 1e-13)
    fitter.stimuli[0].basis = IdentityBasis(window: 3)
    let longer = try fitter.objective(of: 0, in: spikes)
    // Two bins before are needed. The third lag of bin 0 acts in bin 2.
    #expect(longer.binCount == 10)
    let found = longer([-1, 0, 0, 0.5]).logLikelihood
    #expect(
      abs(found - (-1 - Elementary.exponential(-0.5) - Elementary.exponential(0) - 8 * mean))
        < 1e-13)
  }

  @Test func `a fit without any filter is the mean rate`() async throws {
    var rows = Array(repeating: [0], count: 50)
    rows[0][0] = 3
    rows[49][0] = 2
    var fitter = CoupledFitter()
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(binnedSpikes(counts: rows, dt: 2))
    #expect(fit.binsUsed == 50)
    // 5 spikes in 100 ms.
    #expect(abs(fit.neurons[0].baseline - Elementary.logarithm(0.05)) < 1e-9)
    // The information of a Poisson neuron on its logarithmic rate is the number of spikes.
    let error = try #require(fit.neurons[0].standardErrors)[0]
    #expect(abs(error - 1 / 5.0.squareRoot()) < 1e-9)
  }

  @Test func `fits find the filters that neurons were simulated with`() async throws {
    var neurons = CoupledNeurons([-2.5, -2.5])
    neurons.filters = [
      SIMD2(0, 0): [-2, -1, 0], SIMD2(1, 1): [-1, 0, 0.3], SIMD2(0, 1): [0.8, 0, -0.5],
      SIMD2(1, 0): [0, -0.9, 0],
    ]
    var fitter = fitter(3)
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(neurons.spikes(bins: 40_000, seed: 3))
    for source in 0..<2 {
      for target in 0..<2 {
        let taps = fit.filter(from: source, to: target)
        let columns = try #require(
          fit.neurons[target].columns.columns(
            of: source == target ? .history : .coupling(from: source)))
        let errors = try #require(fit.neurons[target].standardErrors)[columns]
        for ((found, expected), error) in zip(
          zip(taps, neurons.filters[SIMD2(source, target)] ?? []), errors)
        {
          // One of 14 numbers is 4 standard errors off once in a thousand tests.
          #expect(abs(found - expected) < 4 * error, "\(source) to \(target)")
          #expect(error < 0.2)
        }
      }
    }
  }
}
