import Foundation
import SpikingAnalysis
import SpikingFramework
import SpikingTestCases
import Testing

@Suite struct AnalysisTests {
  @Test func ratesCountSilentNeurons() throws {
    let recording = try SpikeTrains(trains: [[100, 200, 300], [], [450]], start: 0, stop: 500)
    #expect(try FiringRates().analyze(recording) == [6, 0, 2])
  }

  @Test func ratesNeedALength() throws {
    let recording = try SpikeTrains(trains: [[]], start: 3, stop: 3)
    #expect(throws: SpikingError.self) { try FiringRates().analyze(recording) }
    #expect(try IntervalStatistics().analyze(recording)[0].rate == nil)
    #expect(try FiringRates().analyze(SpikeTrains(trains: [], start: 0, stop: 1)) == [])
  }

  @Test func intervalsNeverJoinNeurons() throws {
    let recording = try SpikeTrains(trains: [[1, 3, 7], [2], [], [4, 9]], start: 0, stop: 10)
    #expect(Intervals().analyze(recording) == [2, 4, 5])
  }

  @Test func intervalStatisticsEqualElephants() throws {
    let golden = try golden("intervals", as: IntervalValues.self)
    let recording = try SpikeTrains(
      trains: golden.trains.map(\.times), start: 0, stop: golden.stop)
    let neurons = try IntervalStatistics().analyze(recording)
    #expect(neurons.count == golden.trains.count && neurons.count == 5)
    for (neuron, train) in zip(neurons, golden.trains) {
      #expect(neuron.spikes == train.times.count)
      expectClose(neuron.rate, train.rate, train.name)
      expectClose(neuron.meanInterval, train.meanInterval, train.name)
      expectClose(neuron.cv, train.cv, train.name)
      expectClose(neuron.cv2, train.cv2, train.name)
      expectClose(neuron.lv, train.lv, train.name)
      expectClose(neuron.lvR, train.lvr, train.name)
    }
    let pooled = Intervals().analyze(recording)
    let expected = golden.trains.flatMap(\.intervals)
    #expect(pooled.count == expected.count)
    let largestError = zip(pooled, expected).map { abs($0 - $1) }.max()
    #expect(try #require(largestError) < 0.00501)
  }

  @Test func statisticsAreNilWhereUndefined() throws {
    let trains: [[Double]] = [[], [5], [5, 9], [5, 5, 5], [5, 5, 5, 8], [2, 2, 6]]
    let neurons = try IntervalStatistics().analyze(SpikeTrains(trains: trains, start: 0, stop: 10))
    #expect(neurons.map(\.spikes) == [0, 1, 2, 3, 4, 3])
    #expect(neurons.map(\.meanInterval) == [nil, nil, 4, 0, 1, 2])
    #expect(neurons.map(\.cv) == [nil, nil, nil, nil, 2.0.squareRoot(), 1])
    // The pairs (0, 0) are left out; (0, 3) and (0, 4) vary as much as a pair can.
    #expect(neurons.map(\.cv2) == [nil, nil, nil, nil, 2, 2])
    #expect(neurons.map(\.lv) == [nil, nil, nil, nil, 3, 3])
    // 3 (1 + 4 · 5 / 4).
    #expect(neurons[5].lvR == 18)
  }

  /// Intervals of a Poisson process are exponential: CV = CV2 = LV = 1. Of n intervals the standard
  /// error of CV is 1/√n (delta method, moments 1, 2, 6, 24). A pair's (I − I′)/(I + I′) is uniform
  /// on (−1, 1), so the terms of CV2 and LV have variances 1/3 and 4/5; neighbouring terms share an
  /// interval, which at most doubles the variance of their mean.
  @Test func poissonTrainsAreAsIrregularAsTheoryHasIt() throws {
    let train = poissonTrain(meanInterval: 10, count: 100_000, seed: 11)
    let recording = try SpikeTrains(trains: [train], start: 0, stop: train[train.count - 1])
    let neuron = try IntervalStatistics().analyze(recording)[0]
    let error = 1 / Double(train.count).squareRoot()
    #expect(abs(try #require(neuron.meanInterval) / 10 - 1) < 4 * error)
    #expect(abs(try #require(neuron.rate) / 100 - 1) < 4 * error)
    #expect(abs(try #require(neuron.cv) - 1) < 4 * error)
    #expect(abs(try #require(neuron.cv2) - 1) < 4 * error * (2.0 / 3).squareRoot())
    #expect(abs(try #require(neuron.lv) - 1) < 4 * error * (8.0 / 5).squareRoot())
    // Without a refractoriness to make up for, LvR is LV.
    let plain = try IntervalStatistics(refractoriness: 0).analyze(recording)[0]
    #expect(plain.lvR == plain.lv)
  }

  @Test func aClockHasNoVariation() throws {
    let recording = try SpikeTrains(
      trains: [(0..<100).map { Double($0) * 8 }], start: 0, stop: 800)
    let neuron = try IntervalStatistics().analyze(recording)[0]
    #expect([neuron.cv, neuron.cv2, neuron.lv, neuron.lvR] == [0, 0, 0, 0])
    #expect(neuron.rate == 125 && neuron.meanInterval == 8)
  }

  @Test func refractorinessIsValidated() throws {
    let recording = try SpikeTrains(trains: [[1, 2]], start: 0, stop: 10)
    #expect(throws: SpikingError.self) {
      try IntervalStatistics(refractoriness: -1).analyze(recording)
    }
    #expect(throws: SpikingError.self) {
      try IntervalStatistics(refractoriness: .nan).analyze(recording)
    }
  }

  private func expectClose(_ value: Double?, _ golden: Double?, _ name: String) {
    guard let value, let golden else {
      #expect(value == golden, "\(name)")
      return
    }
    #expect(abs(value - golden) <= 1e-12 * max(1, abs(golden)), "\(name)")
  }
}

/// A train of exponential intervals in ms.
func poissonTrain(meanInterval: Double, count: Int, seed: UInt64) -> [Double] {
  var random = RandomSource(seed: seed).stream()
  var time = 0.0
  return (0..<count).map { _ in
    time -= meanInterval * log(random.uniform())
    return time
  }
}

/// Golden values of elephant.
private struct IntervalValues: Decodable {
  struct Train: Decodable {
    let name: String
    let times: [Double]
    let intervals: [Double]
    let rate: Double
    let meanInterval: Double?
    let cv: Double?
    let cv2: Double?
    let lv: Double?
    let lvr: Double?
  }
  let stop: Double
  let trains: [Train]
}
