import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What fits of designs say of each bin, term by term.
@Suite struct RatePredictionTests {
  private static let lags = RaisedCosineLogBasis(count: 3, window: 8)
  private static let speed = BSplineBasis(count: 6, window: 2).over(0...60)

  /// The recording of the golden values with three neurons, whose rates depend on nothing.
  private func session() throws -> BinnedRecording {
    let recording: EncodedRecording = try golden("encoding_data")
    var random = RandomStream(key: SIMD2(5, 7), counter: .zero)
    return try recording.session(
      (0..<3).map { _ in (0..<recording.bins).map { _ in poisson(0.4, &random) } })
  }

  private let design = Design {
    History(Self.lags)
    Coupling(Self.lags)
    Tuning("speed", Self.speed)
    StimulusTerm("x", Self.lags)
    Event("trials.cue_time", Self.lags, by: "side")
    Category("trials.side")
    Offset("log_exposure")
  }

  @Test func `the parts of all terms add up to the drive`() async throws {
    let session = try session()
    let fit = try await design.fit(session)
    let rates = try await fit.rates(in: session)
    #expect(rates.map(\.neuron) == [0, 1, 2])
    let inputs = try DesignInputs(try #require(fit.design), in: session)
    let offset = try #require(inputs.offset)
    let predictions = try await fit.predictions(
      for: session.spikes, stimuli: inputs.stimuli.map(\.values),
      offsets: Array(repeating: offset, count: 3), terms: inputs.terms)
    for (neuron, prediction) in zip(rates, predictions) {
      #expect(
        neuron.parts.map(\.name) == [
          "history", "coupling", "x", "speed", "trials.cue_time_by_side", "trials.side", "offset",
        ])
      #expect(neuron.evaluated == [8..<600])
      #expect(neuron.rates[..<8].allSatisfy(\.isNaN) && neuron.parts[0].drive[7].isNaN)
      #expect(neuron.rates[8...].elementsEqual(prediction.means.map { $0 / 10 * 1000 }))
      #expect(neuron.prediction == prediction)
      for bin in 8..<600 {
        let drive = neuron.parts.reduce(neuron.baseline) { $0 + $1.drive[bin] }
        #expect(abs(drive - log(neuron.rates[bin] / 1000)) < 1e-9)
        #expect(neuron.parts[6].drive[bin] == offset[bin])
      }
      let counts = neuron.recordedRates(dt: 10)
      #expect(counts[8...].reduce(0, +) == Double(prediction.spikeCount) * 100)
    }
  }

  @Test func `rates of bins are the chances of spikes`() async throws {
    let recording: EncodedRecording = try golden("encoding_data")
    let session = try recording.session([(0..<600).map { $0 % 7 < 3 ? 1 : 0 }])
    let design = Design { Tuning("speed", Self.speed) }
    let fit = try await design.fit(session, Sigmoid(maximum: 0.1), BernoulliEmission())
    let rates = try await fit.rates(in: session)[0]
    for bin in 0..<600 {
      let drive = rates.baseline + rates.parts[0].drive[bin]
      let chance = min(Sigmoid(maximum: 0.1).rate(at: drive) * 10, 1)
      #expect(abs(rates.rates[bin] - chance * 100) < 1e-9)
    }
  }

  @Test func `curves are sums of functions, beside spikes by time`() async throws {
    let session = try session()
    let fit = try await design.fit(session)
    let all = try await fit.rates(in: session)
    let grids = try TermGrid.all(of: try #require(fit.design), in: session)
    #expect(grids.map(\.term) == ["speed", "trials.cue_time_by_side", "trials.side"])
    #expect(grids.map { $0.axes.map(\.values.count) } == [[48], [3, 8], [3]])
    #expect(grids[1].axes[0].labels == ["both", "left", "right"] && grids[1].axes[1].isLag)
    #expect(grids[1].axes[1].values == (0..<8).map { Double($0) * 10 })
    for neuron in all {
      let weights = fit[neuron.neuron]?.weights(of: .term("speed")) ?? []
      let curve = neuron.curves[0]
      #expect(curve.standardErrors == nil && curve.interval == nil)
      for (value, drive) in zip(grids[0].axes[0].values, curve.drive) {
        let functions = try #require(Self.speed.values(at: value))
        #expect(abs(zip(weights, functions).reduce(0) { $0 + $1.0 * $1.1 } - drive) < 1e-12)
      }
      #expect(curve.gains == curve.drive.map { Elementary.exponential($0) })
      // Every bin is at one point; the rates there are those of the spikes.
      let time = curve.occupancy.reduce(0, +)
      #expect(time == 592 * 10)
      let spikes = zip(curve.occupancy, curve.recordedRates).filter { $0.0 > 0 }
        .reduce(0) { $0 + $1.0 * $1.1 / 1000 }
      #expect(abs(spikes - Double(neuron.prediction.spikeCount)) < 1e-9)
      // With everything else constant the mean rate is the same, but for the width of the points.
      let mean = zip(curve.occupancy, curve.rates).reduce(0) { $0 + $1.0 * $1.1 } / time
      let predicted = neuron.rates[8...].reduce(0, +) / 592
      #expect(abs(mean / predicted - 1) < 0.01)
      // The part of a category is that of the bins in it.
      let side = neuron.parts[5].drive
      #expect(neuron.curves[2].drive.map { side.contains($0) } == [true, true, true])
    }
  }

  @Test func `two covariates make a map`() async throws {
    let session = try session()
    let place = BSplineBasis(count: 4, window: 2).over(0...100)
    let fit = try await Design {
      Tuning(["x", "y"], [place, place]).named("place").penalized(Penalty(ridge: 0.01))
    }.fit(session) { $0.hasStandardErrors = true }
    let neuron = try await fit.rates(in: session)[0]
    let curve = neuron.curves[0]
    let weights = try #require(fit[0]).weights(of: .term("place"))
    let middles = (0..<24).map { (Double($0) + 0.5) / 24 * 100 }
    for (row, x) in middles.enumerated() {
      let first = try #require(place.values(at: x))
      for (column, y) in middles.enumerated() {
        let second = try #require(place.values(at: y))
        var drive = 0.0
        for i in 0..<4 {
          for j in 0..<4 { drive += weights[4 * i + j] * first[i] * second[j] }
        }
        #expect(abs(curve.drive[24 * row + column] - drive) < 1e-12)
      }
    }
    #expect(curve.standardErrors?.allSatisfy { $0 > 0 && $0.isFinite } == true)
  }

  /// 100 neurons, each tuned to a direction: of 12 functions, 1200 numbers are told apart, so that 95 % of them has a
  /// standard error of √(0.95 · 0.05 / 1200) = 0.6 %, and 93 to 97 % are three of these.
  @Test func `bands hold the tuning of head-direction cells`() async throws {
    let (count, bins, turn) = (100, 10_000, 2 * Double.pi)
    var random = RandomStream(key: SIMD2(11, 3), counter: .zero)
    var direction = [Double](repeating: 0, count: bins)
    for bin in 1..<bins {
      let next = direction[bin - 1] + (random.uniform() - 0.5) * 1.2
      direction[bin] = (next + turn).truncatingRemainder(dividingBy: turn)
    }
    func tuning(_ neuron: Int, _ angle: Double) -> Double {
      1.2 * cos(angle - turn * Double(neuron) / Double(count))
    }
    var (neurons, times, counts): ([UInt32], [UInt32], [UInt16]) = ([], [], [])
    for bin in 0..<bins {
      for neuron in 0..<count {
        let spikes = poisson(0.3 * exp(tuning(neuron, direction[bin])), &random)
        if spikes == 0 { continue }
        neurons.append(UInt32(neuron))
        times.append(UInt32(bin))
        counts.append(UInt16(spikes))
      }
    }
    let spikes = try BinnedSpikes(
      neurons: neurons, bins: times, counts: counts, binCount: bins, dt: 10,
      networkOffsets: [0, count], seed: nil)
    var recording = Recording(spikes, source: "cells")
    try recording.add(
      RecordedSeries(
        "/head_direction", TimeSeries(values: direction, times: .regular(start: 0, step: 10))))
    let session = BinnedRecording(recording, spikes, origin: 0)
    let basis = CyclicBSplineBasis(count: 12, window: 2).over(0...turn)
    let fit = try await Design { Tuning("head_direction", basis) }.fit(session) {
      $0.hasStandardErrors = true
    }
    let rates = try await fit.rates(in: session)
    let angles = (0..<48).map { (Double($0) + 0.5) / 48 * turn }
    var (held, rateHeld, all) = (0, 0, 0)
    for neuron in rates {
      // A tuning is known but for a constant: its mean is 0.
      let mean = direction.reduce(0) { $0 + tuning(neuron.neuron, $1) } / Double(bins)
      let curve = neuron.curves[0]
      let errors = try #require(curve.standardErrors)
      for (point, angle) in angles.enumerated() {
        let truth = tuning(neuron.neuron, angle) - mean
        all += 1
        if abs(curve.drive[point] - truth) <= 1.96 * errors[point] { held += 1 }
        let rate = 30 * exp(tuning(neuron.neuron, angle))
        if try #require(curve.interval?[point]).contains(rate) { rateHeld += 1 }
      }
    }
    let fractions = [held, rateHeld].map { Double($0) / Double(all) }
    #expect(0.93...0.97 ~= fractions[0], "\(fractions)")
    // The mean rate, too, is estimated, which the interval of the rate leaves out.
    #expect(0.90...0.97 ~= fractions[1], "\(fractions)")
    // Of other bins there are none.
    let part = try await fit.rates(in: session, segments: [0..<5000])
    #expect(part.allSatisfy { $0.curves[0].standardErrors == nil })
  }
}

/// A Poisson count of a small mean, by Knuth's products.
private func poisson(_ mean: Double, _ random: inout RandomStream) -> Int {
  var (count, product) = (0, random.uniform())
  while product > exp(-mean) {
    product *= random.uniform()
    count += 1
  }
  return count
}
