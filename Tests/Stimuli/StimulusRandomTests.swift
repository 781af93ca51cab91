import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Stimuli that draw at random against the distributions that define them.
@Suite struct StimulusRandomTests {
  /// Where the pulses of a stimulus begin, in bins.
  private func onsets(_ drives: [[Double]]) -> [Int] {
    drives.indices.filter { drives[$0][0] != 0 && ($0 == 0 || drives[$0 - 1][0] == 0) }
  }

  @Test(arguments: [0.1, 1.0]) func `gaps of the Poisson stimulus are exponential`(dt: Double)
    throws
  {
    // Pulses of one bin, so rare that two seldom share one.
    let mean = 200 * dt
    let stimulus = PoissonStimulus(strength: 2, meanInterval: mean, duration: dt)
    let starts = onsets(try drives(stimulus, bins: 0..<1_000_000, dt: dt, seed: 3))
    let gaps = zip(starts, starts.dropFirst()).map { Double($1 - $0) }
    // 5000 events expected, less those that touch the one before: 200 e^{−2/200} … in bins.
    #expect(abs(Double(starts.count) - 4950) < 5 * 4950.0.squareRoot())
    let (average, error) = meanAndError(gaps)
    let deviation = gaps.map { ($0 - average) * ($0 - average) }.reduce(0, +) / Double(gaps.count)
    // Gaps are whole and at least two bins: the excess is geometric, exponential within half a bin.
    #expect(abs(average - 202) < 5 * error)
    #expect(abs(deviation.squareRoot() / (average - 2) - 1) < 5 / Double(gaps.count).squareRoot())
    var stream = RandomSource(seed: 1).stream()
    let smooth = gaps.map { $0 - 2 + stream.uniform() }
    #expect(kolmogorovSmirnov(smooth) { 1 - exp(-$0 / 200) } > 0.001)
    // Not those of a regular train, nor of one with other gaps.
    #expect(kolmogorovSmirnov(smooth) { 1 - exp(-$0 / 180) } < 1e-6)
  }

  @Test(arguments: [(10.0, 3.0), (10, 25), (2, 0.8), (0.5, 4), (1000, 7)])
  func `it is on for 1 − exp(−duration/interval) of the time`(
    interval: Double, duration: Double
  ) throws {
    let dt = 0.2
    let stimulus = PoissonStimulus(strength: 1, meanInterval: interval, duration: duration)
    // Means of stretches that are long against interval and duration are nearly independent.
    let found = try drives(stimulus, bins: 0..<1_200_000, dt: dt, seed: 8)
    let stretch = 40_000
    let means = (1..<found.count / stretch).map { part in
      found[part * stretch..<(part + 1) * stretch].reduce(0) { $0 + $1[0] } / Double(stretch)
    }
    let (fraction, error) = meanAndError(means)
    let expected = 1 - exp(-duration / interval)
    #expect(abs(fraction - expected) < 5 * error + 1e-9, "\(fraction) \(expected)")
    #expect(abs(stimulus.strength(at: 5000) - expected) < 1e-12)
  }

  @Test func `a process that began before all time that can be told apart ends its search`() throws
  {
    let stimulus = PoissonStimulus(
      strength: 1, meanInterval: 1e-3, duration: 1e300, start: -1e300)
    // Each seed has no event in the segment that is looked at first with probability 1/e.
    let found = try (0..<40).map { try drives(stimulus, bins: 0..<1, seed: UInt64($0))[0][0] }
    #expect(found.allSatisfy { $0 == 1 })
  }

  @Test func `the Poisson stimulus is a function of time, common to a network's targets`() throws {
    let stimulus = PoissonStimulus(
      strength: 2, meanInterval: 30, duration: 12, start: 100.5, stop: 900)
    let whole = try drives(stimulus, bins: 0..<1000, neurons: 3, targets: .everyNetwork([0, 2]))
    let late = try drives(stimulus, bins: 700..<1000, neurons: 3, targets: .everyNetwork([0, 2]))
    #expect(Array(whole[700...]) == late)
    #expect(whole.allSatisfy { $0[0] == $0[2] && $0[1] == 0 && ($0[0] == 0 || $0[0] == 2) })
    let active = whole.indices.filter { whole[$0][0] == 2 }
    #expect(active.count > 100 && active.allSatisfy { (101..<900).contains($0) })
    let other = try drives(stimulus, bins: 0..<1000, network: 1, networks: 2)
    #expect(other.map { $0[0] } != whole.map { $0[0] })
  }

  @Test func `strength is the mean over realisations from the start on`() throws {
    let stimulus = PoissonStimulus(strength: 3, meanInterval: 8, duration: 6, start: 10, stop: 40)
    var sums = [Double](repeating: 0, count: 45)
    let count = 4000
    for seed in 0..<count {
      for (bin, drive) in try drives(stimulus, bins: 0..<45, seed: UInt64(seed)).enumerated() {
        sums[bin] += drive[0]
      }
    }
    for (bin, sum) in sums.enumerated() {
      let mean = stimulus.strength(at: Double(bin))
      #expect(abs(sum / Double(count) - mean) < 5 * 1.5 / Double(count).squareRoot(), "bin \(bin)")
      if !(11..<40).contains(bin) { #expect(sum == 0 && mean == 0) }
    }
  }

  @Test func `white noise is normal and independent between neurons and bins`() throws {
    let noise = WhiteNoiseStimulus(stdPerBin: 3, mean: -1)
    let found = try drives(noise, bins: 0..<400, neurons: 100, dt: 0.1)
    let all = found.joined().map { ($0 + 1) / 3 }
    #expect(kolmogorovSmirnov(all) { SpecialFunctions.normalCumulative($0) } > 0.001)
    #expect(Set(all).count == all.count)
    let n = Double(all.count)
    func correlation(_ other: [Double]) -> Double {
      zip(all, other).reduce(0) { $0 + $1.0 * $1.1 } / n
    }
    #expect(abs(correlation(Array(all[1...] + all[..<1]))) < 5 / n.squareRoot())
    #expect(abs(correlation(Array(all[100...] + all[..<100]))) < 5 / n.squareRoot())
    #expect(noise.strength(at: 3) == -1)
    #expect(try drives(noise, bins: 0..<2, targets: .everyNetwork([])) == [[0], [0]])
  }

  @Test func `parts of a sum draw numbers of their own`() throws {
    let noise = WhiteNoiseStimulus(stdPerBin: 1)
    let sum = try drives(noise + noise, bins: 0..<200, neurons: 100).joined()
    let square = sum.reduce(0) { $0 + $1 * $1 } / Double(sum.count)
    // The variance of independent parts is 2, of one counted twice 4.
    #expect(abs(square - 2) < 5 * 2 * (2 / Double(sum.count)).squareRoot())
    let product = try drives(noise * noise, bins: 0..<200, neurons: 100).joined()
    let mean = product.reduce(0, +) / Double(product.count)
    #expect(abs(mean) < 5 / Double(product.count).squareRoot())
  }

  @Test func `a run with random stimuli goes on where it was stopped`() async throws {
    let networks = try NormalGenerator(neurons: 40, std: 5, glorot: true).networks(
      count: 2, seed: 1)
    let pulses = PoissonStimulus(strength: 4, meanInterval: 40, duration: 15)
    let stimuli = [
      TargetedStimulus(
        pulses * WhiteNoiseStimulus(stdPerBin: 1, mean: 1), targets: .everyNetwork([1, 5, 7])),
      TargetedStimulus(WhiteNoiseStimulus(stdPerBin: 0.5)),
    ]
    let simulator = Simulator(BernoulliGLM())
    let whole = try await simulator.run(networks, steps: 3000, stimuli: stimuli, seed: 2)
    var first = try simulator.start(
      networks, stimuli: stimuli, seed: 2, execution: .init(threads: 1))
    let part = try await first.advance(to: 1777)
    let checkpoint = try first.checkpoint()
    var second = try simulator.resume(
      networks, from: checkpoint, stimuli: stimuli, execution: .init(threads: 3))
    let rest = try await second.advance(to: 3000)
    #expect(part.neurons + rest.neurons == whole.neurons && part.bins + rest.bins == whole.bins)
    #expect(whole.spikeCount > 1000)
  }
}
