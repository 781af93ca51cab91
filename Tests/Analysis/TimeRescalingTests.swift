import Foundation
import Spiking
import SpikingTestCases
import Testing

@Suite struct TimeRescalingTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let name: String
      let poisson, joined: Bool
      let starts: [Int]
      let intensities: [Double]
      let counts: [Int]
      let uniforms, intervals: [Double]
      let distance, p: Double
      let autocorrelation: [Double]
    }
    let cases: [Case]
  }

  @Test func `intervals and their statistics equal those of numpy`() throws {
    let cases = try golden("time-rescaling", as: Golden.self).cases
    #expect(cases.count == 5)
    for golden in cases {
      let prediction = try PredictedSpikes(
        neuron: 0, intensities: golden.intensities, counts: golden.counts,
        events: golden.poisson ? .poissonSpikes : .occupiedBins, segmentStarts: golden.starts)
      let result = try TimeRescaling(gaps: golden.joined ? .joined : .skipped).analyze(
        prediction, uniforms: golden.uniforms)
      #expect(result.count == golden.intervals.count && result.count > 40, "\(golden.name)")
      #expect(difference(result.intervals, golden.intervals) < 1e-11, "\(golden.name)")
      #expect(abs(try #require(result.distance) - golden.distance) < 1e-11, "\(golden.name)")
      #expect(abs(try #require(result.pValue) - golden.p) < 1e-9, "\(golden.name)")
      #expect(result.autocorrelation.count == 20)
      #expect(difference(result.autocorrelation, golden.autocorrelation) < 1e-9, "\(golden.name)")
    }
  }

  @Test(arguments: [SpikeProcess.bernoulli, .poisson(0.5), .poisson(3)])
  func `intervals of the right model are uniform and independent`(process: SpikeProcess) throws {
    let results = try (0..<20).map { neuron in
      TimeRescaling(seed: 5).analyze(try process.prediction(neuron, scale: 1))
    }
    let values = try results.map { try #require($0.pValue) }
    #expect(values.allSatisfy { $0 > 1e-3 }, "\(values)")
    // Of 20 uniform numbers, more than 5 are below 0.05 with a probability of 3e-4.
    #expect(values.count { $0 < 0.05 } <= 5)
    #expect(kolmogorovSmirnov(values) { $0 } > 1e-3)
    let pooled = results.flatMap(\.intervals)
    #expect(pooled.count > 50_000 && kolmogorovSmirnov(pooled) { $0 } > 1e-3)
    // 400 coefficients, of which 20 ± 4.4 lie outside.
    let outside = results.reduce(0) { sum, result in
      sum + result.autocorrelation.count { abs($0) > result.autocorrelationBand ?? 0 }
    }
    #expect(3...40 ~= outside)
  }

  @Test(arguments: [SpikeProcess.bernoulli, .poisson(0.5), .poisson(3)], [0.8, 1.2])
  func `rates wrong by a fifth are noticed`(process: SpikeProcess, scale: Double) throws {
    for neuron in 0..<5 {
      let result = TimeRescaling().analyze(try process.prediction(neuron, scale: scale))
      #expect(try #require(result.pValue) < 1e-6)
    }
  }

  @Test func `occupied bins are right for counts, too`() throws {
    let values = try (0..<20).map { neuron in
      let prediction = try SpikeProcess.poisson(0.5).prediction(
        neuron, scale: 1, events: .occupiedBins)
      return try #require(TimeRescaling().analyze(prediction).pValue)
    }
    #expect(values.allSatisfy { $0 > 1e-3 } && kolmogorovSmirnov(values) { $0 } > 1e-3)
  }

  /// What rescaling is blind to in the intervals themselves shows in their order: a rate that drifts
  /// slowly, predicted as constant.
  @Test func `slow drift shows as autocorrelation`() throws {
    var stream = RandomSource(seed: 8).stream()
    let counts = (0..<50_000).map { bin in
      stream.uniform() < 0.1 * (1 + 0.6 * sin(Double(bin) / 2000)) ? 1 : 0
    }
    let rate = Double(counts.reduce(0, +)) / 50_000
    let result = TimeRescaling().analyze(
      try PredictedSpikes(
        neuron: 0, intensities: Array(repeating: -log(1 - rate), count: 50_000), counts: counts,
        events: .occupiedBins))
    let band = try #require(result.autocorrelationBand)
    #expect(result.autocorrelation.count == 20)
    #expect(result.autocorrelation.allSatisfy { $0 > 3 * band })
  }

  @Test func `short segments want gaps to be joined`() throws {
    // 4000 segments with an integrated intensity of 6 each.
    let all = try SpikeProcess.constant(6.0 / 50, bins: 200_000).prediction(0, scale: 1)
    let starts = Array(stride(from: 0, to: 200_000, by: 50))
    let prediction = try PredictedSpikes(
      neuron: 0, intensities: all.intensities, counts: all.counts, events: .poissonSpikes,
      segmentStarts: starts)
    let joined = TimeRescaling(gaps: .joined).analyze(prediction)
    #expect(joined.count == all.eventCount - 1)
    #expect(try #require(joined.pValue) > 1e-3)
    // With gaps skipped, D is e⁻¹/(L − 1) and two standard deviations, 1/√n: those of the spikes.
    let skipped = TimeRescaling().analyze(prediction)
    let expected = exp(-1.0) / 5
    #expect(abs(try #require(skipped.distance) - expected) < 2 / Double(skipped.count).squareRoot())
    #expect(abs(Double(skipped.count) / 4000 - 5) < 4 * (6.0 / 4000).squareRoot())
  }

  @Test func `random numbers belong to the seed and the neuron`() throws {
    func intervals(_ neuron: Int, seed: UInt64) throws -> [Double] {
      let prediction = try PredictedSpikes(
        neuron: neuron, intensities: [0.5, 0.5, 0.5, 0.5], counts: [1, 0, 1, 1],
        events: .occupiedBins)
      return TimeRescaling(seed: seed).analyze(prediction).intervals
    }
    #expect(try intervals(1, seed: 1) == intervals(1, seed: 1))
    #expect(try intervals(1, seed: 1) != intervals(2, seed: 1))
    #expect(try intervals(1, seed: 1) != intervals(1, seed: 2))
  }

  @Test func `what is undefined is nil and never NaN`() throws {
    func result(_ intensities: [Double], _ counts: [Int]) throws -> RescaledIntervals {
      TimeRescaling().analyze(
        try PredictedSpikes(
          neuron: 0, intensities: intensities, counts: counts, events: .occupiedBins))
    }
    for counts in [[0, 0, 0], [0, 1, 0]] {
      let empty = try result([1, 1, 1], counts)
      #expect(empty.count == 0 && empty.distance == nil && empty.pValue == nil)
      #expect(empty.band95 == nil && empty.band99 == nil && empty.autocorrelation.isEmpty)
    }
    // Spikes that the model held to be impossible, silence where it was sure of a spike.
    let odd = try result([1, 0, 0, .infinity, .infinity, 1e300, 0], [1, 1, 1, 1, 0, 0, 1])
    #expect(odd.intervals[0...1] == [0, 0] && odd.intervals[3] == 1)
    #expect(odd.autocorrelation.count == 3 && odd.autocorrelation.allSatisfy(\.isFinite))
    // Two of four are 0: half the intervals lie below any other number.
    #expect(try #require(odd.distance) >= 0.5)
    let bands = try result([1, 1, 1, 1, 1], [1, 1, 1, 1, 1])
    #expect(bands.band95 == 0.68 && bands.band99 == 0.815 && bands.autocorrelationBand == 0.98)
  }

  @Test func `predictions are checked`() throws {
    func message(
      _ intensities: [Double], _ counts: [Int], _ events: PredictedSpikes.Events = .occupiedBins,
      _ starts: [Int] = [0]
    ) -> String {
      let error = #expect(throws: SpikingError.self) {
        try PredictedSpikes(
          neuron: 4, intensities: intensities, counts: counts, events: events,
          segmentStarts: starts)
      }
      return error?.description ?? ""
    }
    #expect(message([1, 1], [0]).hasPrefix("neuron 4: found 2 intensities, 1 counts"))
    #expect(message([], []).contains("at least one"))
    #expect(message([1, .nan], [0, 0]).hasPrefix("neuron 4, intensities[1]: found nan"))
    #expect(message([-1], [0]).contains("found -1"))
    #expect(message([.infinity], [0], .poissonSpikes).contains("finite"))
    #expect(message([1], [-2]).hasPrefix("neuron 4, counts[0]: found -2"))
    for starts in [[], [1], [0, 0], [0, 2]] {
      #expect(message([1, 1], [0, 0], .occupiedBins, starts).contains("segmentStarts"))
    }
    let prediction = try PredictedSpikes(
      neuron: 0, intensities: [1, 1], counts: [3, 1], events: .poissonSpikes)
    #expect(prediction.eventCount == 4)
    #expect(throws: SpikingError.self) {
      try TimeRescaling().analyze(prediction, uniforms: [0.1, 0.2, 0.3])
    }
    #expect(throws: SpikingError.self) {
      try TimeRescaling().analyze(prediction, uniforms: [0.1, 0.2, 0.3, 1])
    }
  }

  private func difference(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
  }
}

/// A process that can be simulated and predicted, rightly or with a rate that is wrong by a factor.
enum SpikeProcess: Sendable {
  /// Probabilities of 0.02 … 0.4 a bin, which oscillate and are lowered for 3 bins after a spike.
  case bernoulli
  /// Counts whose mean varies about the given one by half of it.
  case poisson(Double)
  /// Counts of one mean.
  case constant(Double, bins: Int)

  func prediction(
    _ neuron: Int, scale: Double, events: PredictedSpikes.Events? = nil
  ) throws -> PredictedSpikes {
    var stream = RandomSource(seed: 77)["process"].stream(neuron)
    var (intensities, counts): ([Double], [Int]) = ([], [])
    let bins: Int
    switch self {
    case .bernoulli: bins = 25_000
    case .poisson(let mean): bins = Int(5000 / mean)
    case .constant(_, let count): bins = count
    }
    for bin in 0..<bins {
      switch self {
      case .bernoulli:
        let isRecent = counts.suffix(3).contains(1)
        let probability = (0.22 + 0.18 * sin(Double(bin) / 40)) * (isRecent ? 0.5 : 1)
        counts.append(stream.uniform() < probability ? 1 : 0)
        intensities.append(-log(1 - probability) * scale)
      case .poisson(let mean):
        let mean = mean * (1 + 0.5 * sin(Double(bin) / 40))
        counts.append(PoissonEmission().sample(mean: mean, using: &stream))
        intensities.append(mean * scale)
      case .constant(let mean, _):
        counts.append(PoissonEmission().sample(mean: mean, using: &stream))
        intensities.append(mean * scale)
      }
    }
    let isBinary = if case .bernoulli = self { true } else { false }
    return try PredictedSpikes(
      neuron: neuron, intensities: intensities, counts: counts,
      events: events ?? (isBinary ? .occupiedBins : .poissonSpikes))
  }
}
