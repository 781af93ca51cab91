import Spiking
import SpikingTestCases
import Testing

/// Neurons that were not observed throughout.
@Suite struct ObservationTests {
  /// A neuron that was observed twice, and one that was observed in between and fired once before.
  private func recording() throws -> SpikeTrains {
    try SpikeTrains(
      trains: [[10, 20, 40, 210, 230, 240], [20, 60, 90, 150, 190]], start: 0, stop: 300,
      observations: [[200...300, 0...100], [50...100, 100...250]])
  }

  @Test func `observations are put in order, and whole ones are none`() throws {
    let recording = try recording()
    #expect(recording.observations == [[0...100, 200...300], [50...250]])
    #expect(recording.observedDuration(of: 0) == 200)
    #expect(recording.observedTrains(of: 0).map(Array.init) == [[10, 20, 40], [210, 230, 240]])
    #expect(recording.observedTrains(of: 1).map(Array.init) == [[60, 90, 150, 190]])
    #expect(recording.observedSpikeCount(of: 1) == 4)
    #expect(recording.jointObservations == [50...100, 200...250])
    let whole = try SpikeTrains(
      trains: [[1]], start: 0, stop: 10, observations: [[0...5, 5...10]])
    #expect(whole.observations.isEmpty && whole.observed(0) == [0...10])
    #expect(try whole == SpikeTrains(trains: [[1]], start: 0, stop: 10))
    #expect(try recording.selecting([1]).observations == [[50...250]])
    expectError(.invalidData, ["observations", "those of 1 neurons"]) {
      _ = try SpikeTrains(trains: [[], []], start: 0, stop: 1, observations: [[0...1]])
    }
    expectError(.invalidData, ["observations[0]", "0.0 to 2.0 ms", "0.0 to 1.0 ms"]) {
      _ = try SpikeTrains(trains: [[]], start: 0, stop: 1, observations: [[0...2]])
    }
  }

  @Test func `bins are those in which all were observed from beginning to end`() throws {
    let recording = try recording()
    #expect(recording.observedBins(width: 10) == [5..<10, 20..<25])
    #expect(recording.observedBins(width: 7) == [8..<14, 29..<35])
    #expect(try recording.selecting([]).observedBins(width: 100) == [0..<3])
    let apart = try SpikeTrains(
      trains: [[], []], start: 0, stop: 10, observations: [[0...5], [5...10]])
    #expect(apart.observedBins(width: 1).isEmpty)
    // 0.3 and 0.1 ms in binary: edges that are missed by a rounding error are met.
    let fine = try SpikeTrains(
      trains: [[]], start: 0, stop: 0.9, observations: [[0.1 * 3...0.1 * 6]])
    #expect(fine.observedBins(width: 0.1) == [3..<6])
  }

  @Test func `a pause is neither silence nor an interval`() throws {
    let recording = try recording()
    #expect(try FiringRates().analyze(recording) == [30, 20])
    #expect(Intervals().analyze(recording) == [10, 20, 20, 10, 30, 60, 40])
    let statistics = try IntervalStatistics().analyze(recording)
    #expect(statistics[0].spikes == 6 && statistics[0].rate == 30)
    #expect(statistics[0].meanInterval == 15 && statistics[0].cv == 1.0 / 3)
    // Pairs within a stretch alone: (10, 20) and (20, 10), not (20, 20).
    #expect(abs((statistics[0].cv2 ?? 0) - 2.0 / 3) < 1e-15)
    let histogram = try IntervalHistogram(binWidth: 10, upperLimit: 100).analyze(recording)
    #expect(histogram.counts == [0, 2, 2, 1, 1, 0, 1, 0, 0, 0] && histogram.outside == 0)
    let never = try SpikeTrains(trains: [[]], start: 0, stop: 10, observations: [[]])
    #expect(try FiringRates().analyze(never)[0].isNaN)
    #expect(try IntervalStatistics().analyze(never)[0].rate == nil)
  }

  @Test func `a peristimulus histogram divides by the time that was observed`() throws {
    let rates = try PeristimulusHistogram(period: 100, binWidth: 50).analyze(recording())
    // Each neuron for two halves of either kind.
    #expect(rates.exposures == [100, 100])
    #expect(rates.counts == [6, 4])
    #expect(rates.rates == [30, 20])
  }

  @Test func `counts correlate where both neurons were observed`() throws {
    let correlation = try CountCorrelation(binWidth: 10).analyze(
      SpikeTrains(
        trains: [[5, 15, 35, 55, 75], [5, 25, 35, 45, 65]], start: 0, stop: 80,
        observations: [[0...40], [0...80]]))
    let alone = try CountCorrelation(binWidth: 10).analyze(
      SpikeTrains(trains: [[5, 15, 35], [5, 25, 35]], start: 0, stop: 40))
    #expect(correlation == alone)
    expectError(.invalidData, ["no bin in which all neurons were observed"]) {
      _ = try CountCorrelation(binWidth: 10).analyze(
        SpikeTrains(trains: [[], []], start: 0, stop: 40, observations: [[0...20], [20...40]]))
    }
  }

  @Test func `segments are where all series have a value`() {
    let one = [1, .nan, 2, 3, 4, 5, .nan]
    let two = [1, 2, 3, .nan, 0, 0]
    #expect(Segments.withValues(of: [one], binCount: 7) == [0..<1, 2..<6])
    #expect(Segments.withValues(of: [one, two], binCount: 7) == [0..<1, 2..<3, 4..<6])
    #expect(Segments.withValues(of: [], binCount: 3) == [0..<3])
    #expect(
      Segments.intersection([0..<4, 6..<9, 10..<20], [2..<7, 8..<12, 15..<30])
        == [2..<4, 6..<7, 8..<9, 10..<12, 15..<20])
  }

  @Test func `what has no value outside the segments does not matter`() async throws {
    var neurons = CoupledNeurons([-1.5, -1.8])
    neurons.filters = [SIMD2(0, 1): [0.6, 0.4]]
    let spikes = try neurons.spikes(bins: 1500, seed: 4)
    let basis = RaisedCosineLogBasis(count: 2, window: 6)
    let values = (0..<1500).map { Double($0 % 17) - 8 }
    func fit(_ values: [Double], _ segments: [Range<Int>]) async throws -> CoupledFit {
      var fitter = CoupledFitter(
        history: basis, coupling: basis,
        stimuli: [StimulusCovariate("light", values: values, basis: IdentityBasis(window: 3))])
      fitter.offsets = [values.map { 0.01 * $0 }, values.map { -0.01 * $0 }]
      return try await fitter.fit(spikes, segments: segments)
    }
    let segments = [400..<900, 950..<1500]
    let missing = values.enumerated().map { bin, value in
      segments.contains { $0.contains(bin) } ? value : .nan
    }
    #expect(Segments.withValues(of: [missing], binCount: 1500) == segments)
    let whole = try await fit(values, segments)
    let part = try await fit(missing, segments)
    #expect(part.binsUsed == 494 + 544)
    #expect(part.neurons.map(\.coefficients) == whole.neurons.map(\.coefficients))
    #expect(part.neurons.map(\.logLikelihood) == whole.neurons.map(\.logLikelihood))
    await #expect {
      _ = try await fit(missing, [300..<900])
    } throws: { error in
      "\(error)".hasPrefix("stimulus 0 (light), bin 300: found nan, expected a finite number")
    }
  }
}
