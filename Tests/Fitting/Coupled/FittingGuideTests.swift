import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What `Docs/Fitting.md` shows.
@Suite struct FittingGuideTests {
  @Test func `the example fits a recording, evaluates it, and simulates it again`() async throws {
    let folder = try FormatsFolder()
    let path = folder("recording.npz")
    var source = PoissonGLM()
    source.b = 1
    source.r = 0.2
    let recorded = try await Simulator(source).run(
      NormalGenerator(neurons: 10, std: 5, glorot: true).network(0, seed: 3), steps: 400_000,
      seed: 3)
    try recorded.spikeTrains.write(to: path)
    // BEGIN GUIDE
    let recording = try SpikeTrains(contentsOf: path)  // .nwb, .npz, .npy
    let spikes = try recording.binned(width: 1)
    let half = spikes.binCount / 2
    let basis = RaisedCosineLogBasis(count: 5, window: 20)

    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(spikes, segments: [0..<half])
    print(fit.warnings, fit.filter(from: 3, to: 7), fit[7]?.pValues ?? [])

    let predictions = try await fit.predictions(for: spikes, segments: [half..<spikes.binCount])
    print(try predictions.map { try $0.goodness().bitsPerSpike ?? 0 })
    // END GUIDE
    #expect(fit.warnings.isEmpty && predictions.count == 10)
    // Neurons without a history are predicted by their couplings alone, some of which are weak.
    let bits = try predictions.map { try $0.goodness().bitsPerSpike ?? 0 }
    #expect(bits.count { $0 > 0 } >= 7, "\(bits)")

    // BEGIN GUIDE
    let model = try fit.model()
    print(try fit.stability(), try await model.trialRuns(rates: fit.rates()))
    let simulated = try await Simulator(model).run(model.network(), steps: 10_000, seed: 0)
    // END GUIDE
    // Twice the standard error of Poisson counts for the fit, and for chance.
    let expected = Double(spikes.spikeCount) / 40
    #expect(abs(Double(simulated.spikeCount) - expected) < 8 * expected.squareRoot())
  }

  @Test func `the page shows exactly this code`() throws {
    let guide = try GuideCode("Fitting.md", tests: #filePath)
    #expect(guide.tested == guide.shown && guide.tested.count == 2)
  }
}
