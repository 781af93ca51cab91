import ExamplePlugins
import Spiking
import SpikingTestSupport
import Testing

@Suite struct ExampleTests {
  @Test func `the plugins keep the promises of their protocols`() {
    #expect(problems(with: Quadratic()) == [])
    #expect(problems(with: ChirpStimulus()) == [])
    #expect(problems(with: QuadraticLNP()) == [])
    #expect(problems(with: LeakyNeurons()) == [])
    #expect(problems(with: GeometricEmission()) == [])
    #expect(problems(with: TriangleBasis()) == [])
  }

  @Test func `a model of plugins runs, and its analyzer sees the chirp`() async throws {
    let networks = try NormalGenerator(neurons: 40, std: 0.01).networks(count: 2, seed: 1)
    // The chirp drives the neurons beyond 750 Hz, where a run is stopped unless told otherwise.
    let spikes = try await Simulator(QuadraticLNP(), maximumRate: 2000).run(
      networks, steps: 800, stimuli: [TargetedStimulus(ChirpStimulus())], seed: 1)
    let quiet = try await Simulator(QuadraticLNP()).run(networks, steps: 800, seed: 1)
    let fraction = try #require(BurstFraction().analyze(spikes.spikeTrains))
    let quietFraction = try #require(BurstFraction().analyze(quiet.spikeTrains))
    #expect(fraction > 0.8 && quietFraction < 0.3)
  }
}
