import Foundation
import SpikingAnalysis
import SpikingFramework
import SpikingTestCases
import Testing

@Suite struct AnalysisHistogramTests {
  @Test func intervalsFallIntoTheirBins() throws {
    let recording = try SpikeTrains(trains: [[0, 1, 3, 6, 16], [4, 4, 6.5]], start: 0, stop: 20)
    let histogram = try IntervalHistogram(binWidth: 1, upperLimit: 4).analyze(recording)
    #expect(histogram.edges == [0, 1, 2, 3, 4])
    #expect(histogram.counts == [1, 1, 2, 1])
    #expect(histogram.outside == 1)
    #expect(histogram.total == 6)
    #expect(histogram.mean == 18.5 / 6)
    let sixth = 1.0 / 6
    #expect(histogram.densities == [sixth, sixth, 2 * sixth, sixth])
  }

  @Test func noIntervalsMakeAnEmptyHistogram() throws {
    for trains: [[Double]] in [[], [[], [3]]] {
      let histogram = try IntervalHistogram(binWidth: 2, upperLimit: 6).analyze(
        SpikeTrains(trains: trains, start: 0, stop: 10))
      #expect(histogram.counts == [0, 0, 0] && histogram.total == 0 && histogram.mean == nil)
      #expect(histogram.densities == [0, 0, 0])
    }
  }

  /// Spikes of a simulation with dt = 0.1: every interval of k bins must be counted in bin k.
  @Test func intervalsOfWholeBinsAreNeverMiscounted() throws {
    var train: [Double] = []
    var bin = 0
    for step in 0..<20_000 {
      train.append(Double(bin) * 0.1)
      bin += 1 + step % 9
    }
    let recording = try SpikeTrains(trains: [train], start: 0, stop: Double(bin) * 0.1)
    let histogram = try IntervalHistogram(binWidth: 0.1, upperLimit: 1).analyze(recording)
    var expected = [Int](repeating: 0, count: 10)
    for step in 0..<19_999 { expected[1 + step % 9] += 1 }
    #expect(histogram.counts == expected && histogram.outside == 0)
  }

  /// The densities of exponential intervals: a bin's count is binomial.
  @Test func densitiesFollowTheExponential() throws {
    let train = poissonTrain(meanInterval: 10, count: 200_000, seed: 12)
    let recording = try SpikeTrains(trains: [train], start: 0, stop: train[train.count - 1])
    let histogram = try IntervalHistogram(binWidth: 5, upperLimit: 30).analyze(recording)
    let total = Double(histogram.total)
    for (bin, density) in histogram.densities.enumerated() {
      let p = exp(-Double(bin) / 2) * (1 - exp(-0.5))
      #expect(abs(density * 5 - p) < 4.5 * (p * (1 - p) / total).squareRoot())
    }
    let beyond = exp(-3.0)
    let error = (beyond * (1 - beyond) / total).squareRoot()
    #expect(abs(Double(histogram.outside) / total - beyond) < 4.5 * error)
  }

  @Test func aLimitBetweenEdgesIsRoundedUp() throws {
    let silent = try SpikeTrains(trains: [[]], start: 0, stop: 1)
    for (width, limit) in [(0.1, 0.3), (2, 5)] {
      let histogram = try IntervalHistogram(binWidth: width, upperLimit: limit).analyze(silent)
      #expect(histogram.counts.count == 3)
    }
  }

  @Test(arguments: [
    (0.0, 10.0), (-1.0, 10.0), (Double.nan, 10.0), (Double.infinity, 10.0), (1.0, 0.0),
    (1.0, -5.0), (1.0, Double.nan), (11.0, 10.0), (1e-9, 10.0),
  ])
  func settingsAreValidated(binWidth: Double, limit: Double) throws {
    let recording = try SpikeTrains(trains: [[1, 2]], start: 0, stop: 10)
    let histogram = #expect(throws: SpikingError.self) {
      try IntervalHistogram(binWidth: binWidth, upperLimit: limit).analyze(recording)
    }
    #expect(histogram?.code == .invalidParameter)
    let rates = #expect(throws: SpikingError.self) {
      try PeristimulusHistogram(period: limit, binWidth: binWidth).analyze(recording)
    }
    #expect(rates?.code == .invalidParameter)
  }

  /// Whole and half milliseconds, and shifts by powers of two, are exact in floating point.
  @Test(arguments: [-4096.0, 512, 1_048_576]) func nothingDependsOnTheOrigin(shift: Double) throws {
    let train = poissonTrain(meanInterval: 20, count: 500, seed: 13)
      .map { 2 + ($0 * 2).rounded() / 2 }
    let trains = [train, [], [7.5], Array(train.dropFirst(100).prefix(50))]
    let recording = try SpikeTrains(trains: trains, start: 2, stop: 20_000 - 32)
    let shifted = try SpikeTrains(
      trains: trains.map { $0.map { $0 + shift } }, start: 2 + shift, stop: 20_000 - 32 + shift)
    #expect(Intervals().analyze(shifted) == Intervals().analyze(recording))
    #expect(try FiringRates().analyze(shifted) == FiringRates().analyze(recording))
    let statistics = IntervalStatistics()
    #expect(try statistics.analyze(shifted) == statistics.analyze(recording))
    let intervals = IntervalHistogram(binWidth: 0.5, upperLimit: 100)
    #expect(try intervals.analyze(shifted) == intervals.analyze(recording))
    let rates = PeristimulusHistogram(period: 100, binWidth: 3, onset: 17)
    let shiftedRates = PeristimulusHistogram(period: 100, binWidth: 3, onset: 17 + shift)
    #expect(try shiftedRates.analyze(shifted) == rates.analyze(recording))
  }

  /// Neither do counts where the shifted times are rounded.
  @Test(arguments: [0.1, -777.7, 1e9 / 3]) func countsSurviveRounding(shift: Double) throws {
    let train = (0..<3000).map { Double($0 * 7 + $0 % 4) * 0.1 }
    let recording = try SpikeTrains(trains: [train], start: 0, stop: 2200)
    let shifted = try SpikeTrains(
      trains: [train.map { $0 + shift }], start: shift, stop: 2200 + shift)
    let intervals = IntervalHistogram(binWidth: 0.1, upperLimit: 2)
    #expect(try intervals.analyze(shifted).counts == intervals.analyze(recording).counts)
    let rates = PeristimulusHistogram(period: 1.5, binWidth: 0.1, onset: 0.3)
    let shiftedRates = PeristimulusHistogram(
      period: 1.5, binWidth: 0.1, onset: 0.3 + shift)
    #expect(try shiftedRates.analyze(shifted).counts == rates.analyze(recording).counts)
  }
}
