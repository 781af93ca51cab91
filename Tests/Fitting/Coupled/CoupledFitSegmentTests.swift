import Spiking
import SpikingTestCases
import Testing

/// Fits to trials, and to some of the neurons, synapses or networks of a recording.
@Suite struct CoupledFitSegmentTests {
  private let basis = RaisedCosineLogBasis(count: 2, window: 6)
  private var fitter: CoupledFitter<Exponential, PoissonEmission> {
    CoupledFitter(history: basis, coupling: basis)
  }

  private func recording(_ seed: UInt32, bins: Int = 1500) throws -> BinnedSpikes {
    var neurons = CoupledNeurons([-1.5, -1.8, -1.6, -2])
    neurons.filters = [
      SIMD2(0, 1): [0.6, 0.4, 0.2], SIMD2(2, 0): [-0.8, -0.6], SIMD2(3, 3): [-3],
    ]
    return try neurons.spikes(bins: bins, seed: seed)
  }

  /// Whether neurons have the same coefficients and likelihoods, to the last bit.
  private func expectEqual(_ one: CoupledFit, _ other: CoupledFit) {
    #expect(one.neurons.count == other.neurons.count)
    for (left, right) in zip(one.neurons, other.neurons) {
      #expect(left.coefficients == right.coefficients)
      #expect(left.logLikelihood == right.logLikelihood)
      #expect(left.standardErrors == right.standardErrors)
    }
  }

  @Test func `what happens between trials does not matter`() async throws {
    let counts = try recording(4).denseCounts()
    let segments = [100..<700, 740..<1400]
    let whole = try await fitter.fit(BinnedSpikes(counts: counts, dt: 1), segments: segments)
    #expect(whole.binsUsed == 594 + 654)
    // Spikes before the first trial, in the gap to its last bin, and after the last trial.
    var changed = counts
    for bin in Array(0..<100) + Array(700..<740) + Array(1400..<1500) {
      for (neuron, count) in [bin % 2, 3, 0, bin % 5].enumerated() { changed[neuron][bin] = count }
    }
    expectEqual(
      try await fitter.fit(BinnedSpikes(counts: changed, dt: 1), segments: segments), whole)
    // A spike in a trial's first bins does act, although it is not evaluated.
    changed = counts
    changed[0][743] += 2
    let other = try await fitter.fit(BinnedSpikes(counts: changed, dt: 1), segments: segments)
    #expect(other.neurons[1].coefficients != whole.neurons[1].coefficients)
    #expect(other.neurons[0].spikeCount == whole.neurons[0].spikeCount)
  }

  @Test func `a trial in a recording is a recording`() async throws {
    let whole = try recording(5)
    let counts = whole.denseCounts().map { Array($0[300..<1000]) }
    let part = try await fitter.fit(whole, segments: [300..<1000])
    let alone = try await fitter.fit(BinnedSpikes(counts: counts, dt: 1))
    #expect(part.binsUsed == alone.binsUsed)
    expectEqual(part, alone)
  }

  @Test func `the likelihood of two trials is the sum of theirs`() throws {
    let spikes = try recording(6)
    let point = (0..<9).map { 0.1 * Double($0) - 0.5 }
    let segments = [0..<500, 500..<520, 700..<1500]
    let both = try fitter.objective(of: 2, in: spikes, segments: segments)(point)
    let parts = try segments.map {
      try fitter.objective(of: 2, in: spikes, segments: [$0])(point).logLikelihood
    }
    #expect(abs(both.logLikelihood - parts.reduce(0, +)) < 1e-10)
  }

  @Test func `a neuron is fitted the same alone, among others, and on any number of threads`()
    async throws
  {
    let spikes = try recording(7)
    var fitter = fitter
    for penalty in [Penalty(), Penalty(groupLasso: 0.002)] {
      fitter.penalty = penalty
      fitter.hasStandardErrors = penalty == Penalty()
      let one = try await fitter.fit(spikes, execution: .init(threads: 1))
      #expect(one.neurons.map(\.neuron) == [0, 1, 2, 3])
      expectEqual(try await fitter.fit(spikes, execution: .init(threads: 2)), one)
      expectEqual(try await fitter.fit(spikes, execution: .init(threads: 8)), one)
      for neuron in 0..<4 {
        let alone = try await fitter.fit(spikes, neurons: [neuron])
        #expect(alone.neurons == [one.neurons[neuron]])
        #expect(alone[neuron] == one[neuron])
      }
      #expect(try await fitter.fit(spikes, neurons: [2, 0])[2] == one[2])
    }
  }

  @Test func `networks are not coupled, and fitted as if alone`() async throws {
    let both = try BinnedSpikes(
      counts: recording(8).denseCounts(), dt: 1, networkOffsets: [0, 1, 4])
    let fit = try await fitter.fit(both)
    #expect(fit.neurons.map(\.columns.count) == [3, 7, 7, 7])
    #expect(fit.weights(from: 0, to: 1) == [] && fit.filter(from: 1, to: 0) == [])
    #expect(fit.weights(from: 3, to: 1).count == 2)
    let alone = try await fitter.fit(both.network(1))
    for neuron in 0..<3 {
      let (found, expected) = (fit.neurons[neuron + 1], alone.neurons[neuron])
      #expect(zip(found.coefficients, expected.coefficients).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(abs(found.logLikelihood - expected.logLikelihood) < 1e-9)
    }
  }

  @Test func `what a mask excludes is not there`() async throws {
    let spikes = try recording(9)
    var values = [Bool](repeating: true, count: 16)
    values[2 * 4 + 0] = false
    for source in 0..<4 { values[source * 4 + 3] = false }
    var fitter = fitter
    fitter.mask = try ConnectionMask(values, neuronCount: 4)
    let fit = try await fitter.fit(spikes)
    let inputs = fit.neurons[0].columns.groups.map(\.input)
    #expect(inputs == [.history, .coupling(from: 1), .coupling(from: 3)])
    #expect(fit.filter(from: 2, to: 0) == [])
    // Without any source a neuron has its history, which is no synapse.
    #expect(fit.neurons[3].columns.groups.map(\.input) == [.history])
    let alone = try BinnedSpikes(counts: [spikes.denseCounts()[3]], dt: 1)
    let expected = try await CoupledFitter(history: basis).fit(alone)
    // A gradient of 1e-7 in 1500 bins leaves a coefficient 4e-6 of its standard error from the minimum.
    for (one, other) in zip(fit.neurons[3].coefficients, expected.neurons[0].coefficients) {
      #expect(abs(one - other) < 1e-5)
    }
    #expect(throws: SpikingError.self) { try ConnectionMask(values, neuronCount: 5) }
    fitter.mask = try ConnectionMask([true], neuronCount: 1)
    await #expect { try await fitter.fit(spikes) } throws: { error in
      "\(error)" == "mask: found 1 neurons, expected 4, as in the recording"
    }
  }

  @Test func `without a history basis a neuron is one of its sources`() async throws {
    let spikes = try recording(10)
    let own = try await fitter.fit(spikes, neurons: [3])
    let source = try await CoupledFitter(coupling: basis).fit(spikes, neurons: [3])
    #expect(source.neurons[0].columns.columns(of: .coupling(from: 3)) == 7..<9)
    #expect(source.filter(from: 3, to: 3).count == 6)
    // After its own spikes the neuron is all but silent, and the slope small far from the minimum.
    for (one, other) in zip(source.filter(from: 3, to: 3), own.filter(from: 3, to: 3)) {
      #expect(abs(one - other) < 1e-4)
    }
  }
}
