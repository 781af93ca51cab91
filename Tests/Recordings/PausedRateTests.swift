import Foundation
import Spiking
import SpikingTestSupport
import Testing

/// A Poisson process of which only parts were observed is described by the same numbers as one without pauses, within their errors.
struct PausedRateTests {
  private static let duration = 400_000.0
  private static let rate = 12.0

  /// Spike times of a Poisson process that fires with `rate` Hz.
  private func train(_ seed: UInt64) -> [Double] {
    var generator = SplitMix(state: seed)
    var (times, time): ([Double], Double) = ([], 0)
    while true {
      time -=
        log(Double.random(in: Double.leastNormalMagnitude..<1, using: &generator)) / Self.rate
        * 1000
      if time >= Self.duration { return times }
      times.append(time)
    }
  }

  /// 200 s of observation in pieces of 1 to 20 s.
  private let pieces: [ClosedRange<Double>] = {
    var (start, length): (Double, Double) = (0, 1000)
    var pieces: [ClosedRange<Double>] = []
    while start + length <= Self.duration {
      pieces.append(start...start + length)
      start += 2 * length
      length = length >= 20_000 ? 1000 : length * 1.5
    }
    return pieces
  }()

  private func recordings() throws -> (whole: SpikeTrains, paused: SpikeTrains) {
    let whole = try SpikeTrains(
      trains: [train(1), train(2)], start: 0, stop: Self.duration)
    return (whole, try Recording(whole).during(pieces).spikes)
  }

  @Test func `rates and coefficients of variation`() throws {
    let (whole, paused) = try recordings()
    #expect(paused.times.count < whole.times.count * 3 / 5)
    let found = try IntervalStatistics().analyze(paused)
    let reference = try IntervalStatistics().analyze(whole)
    for (found, reference) in zip(found, reference) {
      let count = Double(found.spikes)
      // Of a Poisson process: the rate has the error of the square root of its count; CV one of 1/√n (Cox and Lewis 1966).
      let rate = try #require(found.rate)
      #expect(abs(rate - Self.rate) < 4 * Self.rate / count.squareRoot())
      #expect(abs(rate - (reference.rate ?? 0)) < 4 * Self.rate * (2 / count).squareRoot())
      #expect(abs((found.cv ?? 0) - 1) < 4 / count.squareRoot())
      #expect(abs((found.lv ?? 0) - 1) < 4 * (5 / count).squareRoot())
      // Intervals across pauses would be as long as the pauses, and CV twice as large.
      let naive = try IntervalStatistics().analyze(
        SpikeTrains(trains: paused.map(Array.init), start: 0, stop: Self.duration))
      #expect(naive.allSatisfy { ($0.cv ?? 0) > 2 })
    }
  }

  @Test func `histograms of a stimulus' period`() throws {
    let (_, paused) = try recordings()
    let histogram = try PeristimulusHistogram(period: 500, binWidth: 100).analyze(paused)
    let observed = pieces.reduce(0) { $0 + $1.upperBound - $1.lowerBound } / 5000
    #expect(histogram.rates.count == 5)
    for rate in histogram.rates {
      // Of two neurons.
      let error = (Self.rate / (2 * observed)).squareRoot()
      #expect(abs((rate ?? 0) - Self.rate) < 4.5 * error)
    }
  }

  @Test func `baselines of fits`() async throws {
    let (whole, paused) = try recordings()
    var fitter = CoupledFitter(Exponential(), PoissonEmission(), history: nil, coupling: nil)
    fitter.hasStandardErrors = true
    let reference = try await fitter.fit(whole.binned(width: 1))
    let segments = paused.observedBins(width: 1)
    let fit = try await fitter.fit(paused.binned(width: 1), segments: segments)
    for neuron in 0..<2 {
      let baseline = try #require(fit[neuron]?.baseline)
      let count = Double(paused.observedSpikeCount(of: neuron))
      // The error of the logarithm of a Poisson rate is 1/√n.
      #expect(abs(baseline - log(Self.rate / 1000)) < 4 / count.squareRoot())
      #expect(abs(baseline - (reference[neuron]?.baseline ?? 0)) < 4 * (2 / count).squareRoot())
    }
    #expect(segments.reduce(0) { $0 + $1.count } == fit.binsUsed)
  }
}

/// Numbers that are the same everywhere (Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
