import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What is known of whether fitted networks run away.
@Suite struct StabilityTests {
  struct Golden: Decodable {
    struct Network: Decodable {
      struct Rate: Decodable {
        let rate: Double
        let isStable: Bool
      }
      let name: String
      let dt: Double
      let baselines: [Double]
      let window: Int
      let filters: [Double]
      let recorded: [Double]
      let linearResponse: Double
      let restingRates: [Double]
      let steadyRates: [[Rate]]
    }
    struct Bounded: Decodable {
      let bound: Double
      let coefficients: [Double]
      let logLikelihood: Double
      let response: Double
    }
    let networks: [Network]
    let spikeCount: Int
    let bounded: [Bounded]
  }
  private let values: Golden

  init() throws { values = try golden("stability") }

  private func stability(of network: Golden.Network) throws -> Stability {
    func stability(
      _ link: some Nonlinearity, _ emission: some Emission
    ) throws -> Stability {
      let model = try CoupledGLM(
        link, emission, dt: network.dt, baselines: network.baselines, filters: network.filters,
        window: network.window)
      return try Stability(of: model, at: network.recorded)
    }
    return network.name == "exp"
      ? try stability(Exponential(), PoissonEmission())
      : try stability(Sigmoid(maximum: 1 / network.dt), BernoulliEmission())
  }

  @Test func `linear responses and steady rates are those of the direct sums`() throws {
    for network in values.networks {
      let found = try stability(of: network)
      #expect(
        abs(found.linearResponse - network.linearResponse)
          < 1e-4 * max(abs(network.linearResponse), 0.1), "\(network.name), \(network.dt) ms")
      let resting = try #require(found.restingRates)
      for (rate, expected) in zip(resting, network.restingRates) {
        #expect(abs(rate - expected) < 1e-4 * expected)
      }
      for (rates, expected) in zip(found.steadyRates, network.steadyRates) {
        #expect(rates.map(\.isStable) == expected.map(\.isStable))
        for (rate, expected) in zip(rates, expected) {
          #expect(abs(rate.rate - expected.rate) < 1e-4 * expected.rate)
        }
      }
    }
    #expect(values.networks[2].steadyRates[0].map(\.isStable) == [true, false])
  }

  /// Three neurons in a ring: A's eigenvalues are the cube roots of the product of Σ r (e^h − 1), counts of
  /// half a millisecond.
  @Test(arguments: [0.5, 1, 4])
  func `the linear response of a ring is the cube root of its product`(dt: Double) throws {
    let taps = [[0.2, 0.5], [1.1, -0.3], [0.7, 0.7]]
    var filters = [Double](repeating: 0, count: 18)
    for (source, taps) in taps.enumerated() {
      let target = (source + 1) % 3
      filters.replaceSubrange((source * 3 + target) * 2..<(source * 3 + target) * 2 + 2, with: taps)
    }
    let model = try CoupledGLM(
      Exponential(), PoissonEmission(), dt: dt, baselines: [-4, -4, -4], filters: filters,
      window: 2)
    let rates = [100.0, 30, 250]
    var product = 1.0
    for (source, taps) in taps.enumerated() {
      let response = taps.reduce(0) { $0 + expm1($1) }
      product *= response * rates[(source + 1) % 3] / 1000 * dt
    }
    let found = try Stability(of: model, at: rates).linearResponse
    #expect(abs(found - cbrt(product)) < 1e-6 * cbrt(product))
  }

  /// A refractory neuron: μ = e^b in every bin but the one after a spike, so that r = μ / (1 + p), with the
  /// probability p of a spike in a bin.
  @Test func `a refractory neuron is harmless, however strong its filter`() throws {
    let mean = 0.05
    let model = try CoupledGLM(
      Exponential(), PoissonEmission(), dt: 1, baselines: [log(mean)], filters: [-300], window: 1)
    let expected = 1000 * mean / (1 - expm1(-mean))
    let stability = try Stability(of: model, at: [expected])
    #expect(stability.linearResponse <= 0 && stability.linearResponse > -0.1)
    #expect(stability.isStable && stability.escapeFactor == nil)
    #expect(stability.steadyRates[0].count == 1)
    #expect(abs(stability.steadyRates[0][0].rate - expected) < 1e-6 * expected)
    #expect("\(stability)" == "linear response −0.00" || "\(stability)" == "linear response +0.00")
  }

  @Test func `a neuron rests at the rate at which it is simulated`() async throws {
    let filters = [-4, -1, 0.9, 0.6, 0.3, 0.1]
    let model = try CoupledGLM(
      Exponential(), PoissonEmission(), dt: 1, baselines: [-3.2], filters: filters, window: 6)
    let stability = try Stability(of: model, at: [45])
    #expect(stability.isStable)
    let network = try model.network()
    let spikes = try await Simulator(model).run([network], steps: 400_000, seed: 2)
    // Some 18 000 spikes, whose counts vary less than Poisson ones: 5 standard errors are 4 %, to which the
    // approximation adds less than one.
    let rate = Double(spikes.spikeCount) / 400
    let resting = try #require(stability.restingRates)[0]
    #expect(abs(resting - rate) < 0.05 * rate, "\(resting), \(rate)")
  }

  /// The bursting unit of `stability.py`.
  private func bursts() throws -> BinnedSpikes {
    let bins = 100_000
    var state: UInt64 = 7
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 0x1p53
    }
    var train = [Int](repeating: 0, count: bins)
    for bin in 0..<bins {
      let number = draw()
      if number < 0.002 { train[bin] = 1 }
      if number > 0.999 {
        var next = bin
        for _ in 0..<10 {
          next += 3 + Int(3 * draw())
          if next < bins { train[next] = 1 }
        }
      }
    }
    return try binnedSpikes(counts: train.map { [$0] }, dt: 1, networkOffsets: [0, 1])
  }

  @Test func `a bursting unit runs away; bounded, it does not, and no other fit is likelier`()
    async throws
  {
    let spikes = try bursts()
    #expect(spikes.spikeCount == values.spikeCount)
    let basis = RaisedCosineLogBasis(count: 5, window: 20)
    for expected in values.bounded {
      var fitter = CoupledFitter(history: basis)
      fitter.stableRate = 1000 / expected.bound
      let fit = try await fitter.fit(spikes)
      #expect(fit.neurons[0].certificate.hasConverged)
      let response = fit.filter(from: 0, to: 0).reduce(0) { $0 + expm1($1) }
      #expect(response <= expected.bound)
      #expect(abs(response - expected.response) < 1e-3 * expected.response)
      #expect(abs(fit.logLikelihood - expected.logLikelihood) < 0.2)
      for (weight, expected) in zip(fit.neurons[0].coefficients, expected.coefficients) {
        #expect(abs(weight - expected) < 0.02)
      }
      let model = try fit.model()
      let stability = try fit.stability()
      let runs = try await model.trialRuns(rates: fit.rates())
      #expect(runs.count == 20 && runs.duration == 10_000)
      if response > 50 {
        // It answers weakly where it was recorded, as the radius said that was looked at before.
        #expect(stability.linearResponse < 0.5 && !stability.isStable)
        #expect("\(stability)".contains("a second, unstable rate at "))
        #expect(runs.runawayCount >= 5)
        // The same numbers from the same seed, on any number of threads.
        #expect(try await model.trialRuns(rates: fit.rates(), execution: .init(threads: 1)) == runs)
      } else {
        #expect(runs.runawayCount == 0)
      }
    }
  }

  @Test func `bounds go with smooth searches alone`() async throws {
    let spikes = try binnedSpikes(
      counts: (0..<100).map { [$0 % 7 == 0 ? 1 : 0] }, dt: 1, networkOffsets: [0, 1])
    var fitter = CoupledFitter(history: RaisedCosineLogBasis(count: 2, window: 4))
    fitter.stableRate = 300
    fitter.penalty.lasso = 0.1
    var error = await #expect(throws: SpikingError.self) { try await fitter.fit(spikes) }
    #expect(error?.message.contains("lasso") == true)
    fitter.penalty.lasso = 0
    fitter.stableRate = -1
    error = await #expect(throws: SpikingError.self) { try await fitter.fit(spikes) }
    #expect(error?.subject == "stableRate")
  }

  /// Wilson's intervals, from their closed form in scipy 1.17.1 (`binomtest(k, 20).proportion_ci`).
  @Test func `the probability of running away has its interval`() async throws {
    let calm = try CoupledGLM(
      Exponential(), PoissonEmission(), dt: 2, baselines: [-5], filters: [], window: 0)
    let none = try await calm.trialRuns(rates: [7], seed: 1)
    #expect(none.runawayCount == 0 && none.probability.lowerBound == 0)
    #expect(abs(none.probability.upperBound - 0.161125) < 1e-5)
    #expect("\(none)" == "0 of 20 trial runs of 10 s ran away (95 %: 0 to 16 %)")
    // Five times the recorded rate, and 100 Hz or more.
    var loud = calm
    loud.baselines = [-2]
    let all = try await loud.trialRuns(5, duration: 2500, rates: [7])
    #expect(all.runawayCount == 5 && abs(all.probability.lowerBound - 0.565518) < 1e-5)
    #expect("\(all)" == "5 of 5 trial runs of 2.5 s ran away (95 %: 57 to 100 %)")
    #expect(try await loud.trialRuns(5, duration: 2500, rates: [70]).runawayCount == 0)
  }

  @Test func `trial runs take seconds at most`() throws {
    func duration(neurons: Int, window: Int, rate: Double) throws -> Double? {
      try CoupledGLM(
        Exponential(), PoissonEmission(), dt: 1,
        baselines: Array(repeating: -5, count: neurons),
        filters: Array(repeating: 0, count: neurons * neurons * window), window: window
      ).affordableDuration(ofRuns: 20, rates: Array(repeating: rate, count: neurons))
    }
    #expect(try duration(neurons: 50, window: 20, rate: 5) == 10_000)
    let shorter = try #require(try duration(neurons: 200, window: 50, rate: 30))
    #expect(shorter < 10_000 && shorter >= 1000)
    #expect(try duration(neurons: 400, window: 100, rate: 50) == nil)
  }

  @Test func `a fitted network that runs away is told by its filters`() async throws {
    let pairs = 54 * 54
    var filters = [Double](repeating: 0.1, count: pairs * 2)
    filters.replaceSubrange((3 * 54 + 3) * 2..<(3 * 54 + 3) * 2 + 2, with: [8, 6.7])
    filters.replaceSubrange((7 * 54 + 9) * 2..<(7 * 54 + 9) * 2 + 2, with: [1, 1.3])
    let model = try CoupledGLM(
      Exponential(), PoissonEmission(), dt: 1, baselines: Array(repeating: -2, count: 54),
      filters: filters, window: 2)
    let error = await #expect(throws: SpikingError.self) {
      try await Simulator(model).run([model.network()], steps: 1000, seed: 1)
    }
    #expect(error?.code == .runaway)
    #expect(
      error?.message.contains(
        "largest sums of its filters 14.7 of neuron 3 on itself, 2.3 of 7 on 9") == true)
  }
}
