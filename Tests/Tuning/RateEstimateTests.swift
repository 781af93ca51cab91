import Spiking
import SpikingTestCases
import Testing

/// Rates and their errors against sums that are written down elsewhere, at widths of bins other than 1 and of
/// other sizes than the examples'.
@Suite struct RateEstimateTests {
  private struct Golden: Decodable {
    struct Rate: Decodable {
      let name: String
      let dt: Double
      let bins: Int
      let sizes: [Int]
      let neurons, spikeBins: [UInt32]
      let counts: [UInt16]
      let rate, standardError, correlationTime: Double
    }
    let rates: [Rate]
  }

  @Test func `rates, their standard errors and correlation times equal numpy's`() throws {
    let cases = try golden("rates", as: Golden.self).rates
    #expect(cases.count == 3)
    for golden in cases {
      let estimate = RateEstimate(
        try BinnedSpikes(
          neurons: golden.neurons, bins: golden.spikeBins, counts: golden.counts,
          binCount: golden.bins, dt: golden.dt,
          networkOffsets: golden.sizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) },
          seed: nil))
      #expect(isClose(estimate.rate, golden.rate), "\(golden.name)")
      #expect(isClose(estimate.standardError, golden.standardError), "\(golden.name)")
      #expect(isClose(estimate.correlationTime, golden.correlationTime), "\(golden.name)")
    }
  }

  /// Runs of a given length, simulated again with the random numbers of the tuner's last ones.
  @Test func `the error of repeated runs is that of their mean`() async throws {
    let network = try Connectivity(
      offsets: [Int](repeating: 0, count: 31), targets: [], weights: [])
    var model = PoissonGLM()
    model.dt = 0.5
    let tuned = try await RateTuner(targetRate: 12, relativeError: 0.02, steps: 200).tune(
      ["b"], of: model, networks: [network], seed: 6)
    #expect(tuned.repetitions >= 20 && tuned.steps == 200)
    var rates: [Double] = []
    for repetition in 0..<tuned.repetitions {
      let spikes = try await Simulator(tuned.model).run(
        [network], steps: 200, equilibration: tuned.equilibration,
        seed: RandomSource(seed: 6)["fresh"]["\(repetition)"].key)
      // 30 neurons for 0.1 s.
      rates.append(Double(spikes.spikeCount) / 3)
    }
    let (mean, error) = meanAndError(rates)
    #expect(isClose(tuned.rate.rate, mean, to: 1e-9))
    #expect(isClose(tuned.rate.standardError, error, to: 1e-9))
  }
}
