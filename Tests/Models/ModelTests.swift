import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

@Suite struct ModelTests {
  @Test func `every model keeps its promises`() {
    #expect(problems(with: BernoulliGLM()) == [])
    var fine = BernoulliGLM()
    fine.dt = 0.25
    fine.theta = 3
    #expect(problems(with: fine) == [])
    #expect(problems(with: PoissonGLM()) == [])
    #expect(problems(with: RectifiedLNP()) == [])
    #expect(problems(with: RectifiedSAM()) == [])
    #expect(problems(with: ThresholdSAM()) == [])
    var step = ThresholdSAM()
    step.sigma = 0
    step.theta = 0.0009
    #expect(problems(with: step) == [])
  }

  @Test func `models of synaptic activation want bins no wider than its time constant`() throws {
    var rectified = RectifiedSAM()
    rectified.tau = 0.1
    try rectified.validate()
    rectified.dt = 0.11
    #expect(throws: SpikingError.self) { try rectified.validate() }
    var threshold = ThresholdSAM()
    threshold.tau = 0.05
    let error = #expect(throws: SpikingError.self) {
      _ = try threshold.makeState(
        of: try Connectivity(matrix: [0], neuronCount: 1), neurons: 0..<1)
    }
    #expect(error?.description == "ThresholdSAM.dt: found 0.1, expected at most tau, 0.05")
  }

  /// Without synapses a neuron fires at the rate that its parameters say.
  @Test func `without input the models fire at their own rates`() async throws {
    let network = try Connectivity(
      matrix: [Float](repeating: 0, count: 100 * 100), neuronCount: 100)
    func expectRate(_ model: some SpikingModel, _ expected: Double) async throws {
      let spikes = try await Simulator(model).run([network], steps: 20_000, seed: 5)
      let count = Double(spikes.spikeCount)
      let hertz = count / 100 / spikes.duration * 1000
      #expect(abs(hertz - expected) < 5 * hertz / count.squareRoot())
    }
    try await expectRate(RectifiedLNP(), 9800 * 0.003)
    try await expectRate(RectifiedSAM(), 1086.1 * 0.0147)
    // A noise of 0.3 b lifts b to 1.378 b with probability Φ(−1.26), in 7% of 10 000 bins a second.
    try await expectRate(ThresholdSAM(), 700 * SpecialFunctions.normalCumulative(-1.26))
  }
}
