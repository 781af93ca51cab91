import SpikingAnalysis
import SpikingFramework
import SpikingTestCases
import Testing

@Suite struct AnalysisPeristimulusTests {
  private struct PeristimulusValues: Decodable {
    let stop: Double
    let period: Double
    let bin: Double
    let trials: Int
    let times: [[Double]]
    let counts: [[Int]]
    let ratesByTrain: [[Double]]
    let rate: [Double]
  }

  @Test func ratesEqualElephants() throws {
    let golden = try golden("psth", as: PeristimulusValues.self)
    let analyzer = PeristimulusHistogram(period: golden.period, binWidth: golden.bin)
    let recording = try SpikeTrains(trains: golden.times, start: 0, stop: golden.stop)
    let together = try analyzer.analyze(recording)
    expectClose(together.rates, golden.rate)
    #expect(together.exposures.allSatisfy { $0 == Double(golden.trials) * golden.bin })
    for neuron in golden.times.indices {
      let alone = try analyzer.analyze(recording.selecting([neuron]))
      #expect(alone.counts == golden.counts[neuron])
      expectClose(alone.rates, golden.ratesByTrain[neuron])
    }
  }

  /// Two periods and a half, and a first one that begins before the recording: a neuron that fires
  /// every ms has 1000 Hz in every bin, whatever the bin's exposure.
  @Test func rateIsPerTimeRecorded() throws {
    let recording = try SpikeTrains(
      trains: [(3..<28).map { Double($0) }, []], start: 3, stop: 28)
    let rates = try PeristimulusHistogram(period: 10, binWidth: 2).analyze(recording)
    #expect(rates.edges == [0, 2, 4, 6, 8, 10])
    #expect(rates.counts == [4, 5, 6, 6, 4])
    #expect(rates.exposures == [4, 5, 6, 6, 4])
    #expect(rates.rates == [500, 500, 500, 500, 500])
  }

  @Test func binsNeverRecordedHaveNoRate() throws {
    let recording = try SpikeTrains(trains: [[1]], start: 0, stop: 4)
    let rates = try PeristimulusHistogram(period: 10, binWidth: 2).analyze(recording)
    #expect(rates.rates == [500, 0, nil, nil, nil])
    let later = try PeristimulusHistogram(period: 10, binWidth: 5, onset: 40).analyze(recording)
    #expect(later.rates == [nil, nil] && later.counts == [0, 0])
    let nobody = try PeristimulusHistogram(period: 2, binWidth: 1).analyze(
      SpikeTrains(trains: [], start: 0, stop: 4))
    #expect(nobody.rates == [nil, nil])
  }

  @Test func phaseBeginsAtTheStart() throws {
    // Spikes before the start and at the very end are left out.
    let recording = try SpikeTrains(trains: [[6, 7, 17, 18.5, 26.5, 37]], start: 0, stop: 37)
    let rates = try PeristimulusHistogram(period: 10, binWidth: 1, onset: 7).analyze(recording)
    #expect(rates.counts == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1])
    #expect(rates.exposures == Array(repeating: 3, count: 10))
  }

  @Test func theLastBinMayBeNarrower() throws {
    let recording = try SpikeTrains(
      trains: [(0..<100).map { Double($0) / 2 }], start: 0, stop: 50)
    let rates = try PeristimulusHistogram(period: 10, binWidth: 4).analyze(recording)
    #expect(rates.edges == [0, 4, 8, 10])
    #expect(rates.exposures == [20, 20, 10])
    #expect(rates.rates == [2000, 2000, 2000])
  }

  /// Spikes of a simulation at bin · dt: each must be counted in the bin it was simulated in.
  @Test(arguments: [0.1, 0.3, 0.7, 1.0 / 3], [(3, 0), (10, 7), (100, 13)])
  func spikesOfASimulationLandInTheirBins(dt: Double, phase: (period: Int, start: Int)) throws {
    let (period, start) = phase
    let bins = 200_000
    let spikes = (0..<bins).filter { $0 % 7 == 0 || $0 % 11 == 3 }
    let recording = try SpikeTrains(
      trains: [spikes.map { Double($0) * dt }], start: 0, stop: Double(bins) * dt)
    let rates = try PeristimulusHistogram(
      period: Double(period) * dt, binWidth: dt, onset: Double(start) * dt
    ).analyze(recording)
    var expected = [Int](repeating: 0, count: period)
    for spike in spikes where spike >= start { expected[(spike - start) % period] += 1 }
    #expect(rates.counts == expected)
    for (bin, exposure) in rates.exposures.enumerated() {
      let repetitions = (bins - start - bin + period - 1) / period
      #expect(abs(exposure / dt - Double(repetitions)) < 1e-4)
    }
  }

  /// The count of a bin of a Poisson train is Poisson.
  @Test func aPoissonTrainIsFlat() throws {
    let train = poissonTrain(meanInterval: 5, count: 100_000, seed: 14)
    let stop = train[train.count - 1]
    let rates = try PeristimulusHistogram(period: 50, binWidth: 2.5).analyze(
      SpikeTrains(trains: [train], start: 0, stop: stop))
    for (rate, exposure) in zip(rates.rates, rates.exposures) {
      let error = (200 / (exposure / 1000)).squareRoot()
      #expect(abs(try #require(rate) - 200) < 4.5 * error)
    }
  }

  @Test func theStartIsValidated() throws {
    let recording = try SpikeTrains(trains: [[1, 2]], start: 0, stop: 10)
    #expect(throws: SpikingError.self) {
      try PeristimulusHistogram(period: 10, binWidth: 1, onset: .infinity).analyze(recording)
    }
  }

  private func expectClose(_ rates: [Double?], _ golden: [Double]) {
    #expect(rates.count == golden.count)
    for (rate, expected) in zip(rates, golden) {
      #expect(abs((rate ?? .nan) - expected) <= 1e-12 * max(1, expected))
    }
  }
}
