import Spiking
import SpikingTestCases
import Testing

/// What `Docs/ModelFitting.md` shows.
@Suite struct ModelFittingGuideTests {
  @Test func `the example finds the parameters that made the spikes`() async throws {
    // BEGIN GUIDE
    let networks = try NormalGenerator(neurons: 20, std: 5, glorot: true).networks(
      count: 1, seed: 0)
    let spikes = try await Simulator(BernoulliGLM()).run(networks, steps: 20_000, seed: 0)

    var model = BernoulliGLM()
    model.theta = 4
    model.alpha = 0.4
    let fitted = try await ModelFitter().fit(
      ["theta", "alpha", "r", "beta"], of: model, to: spikes, networks: networks)
    for (name, interval) in zip(fitted.names, fitted.intervals(level: 0.95)) {
      print(name, fitted[name]?.value ?? 0, interval)
    }
    // END GUIDE
    #expect(fitted.hasConverged)
    let truth = [5, 0.2, 1, 0.5]
    for (index, expected) in truth.enumerated() {
      #expect(abs(fitted.values[index] - expected) < 4 * fitted.standardErrors[index])
    }
  }

  @Test func `the page shows exactly this code`() throws {
    let guide = try GuideCode("ModelFitting.md", tests: #filePath)
    #expect(guide.tested == [guide.shown[0]] && guide.shown[0].count > 10)
  }
}
