import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Strengths of penalties by the evidence.
@Suite struct EvidenceTests {
  /// Six neurons tuned to a direction and six that are not, of 20 000 bins.
  private func session() throws -> BinnedRecording {
    let random = RandomSource(seed: 11)["evidence"]
    var stream = random.stream(0, at: 0)
    let count = 20_000
    var angle = 0.0
    let directions = (0..<count).map { _ -> Double in
      angle += 0.7 * (stream.uniform() - 0.5)
      angle -= (angle / (2 * .pi)).rounded(.down) * 2 * .pi
      return angle
    }
    var columns: (neurons: [UInt32], bins: [UInt32], counts: [UInt16]) = ([], [], [])
    for bin in 0..<count {
      for neuron in 0..<12 {
        let tuning = neuron < 6 ? 1.2 * cos(directions[bin] - Double(neuron)) : 0
        let spikes = PoissonEmission().sample(mean: exp(-2.5 + tuning), using: &stream)
        if spikes == 0 { continue }
        columns.neurons.append(UInt32(neuron))
        columns.bins.append(UInt32(bin))
        columns.counts.append(UInt16(spikes))
      }
    }
    let spikes = try BinnedSpikes(
      neurons: columns.neurons, bins: columns.bins, counts: columns.counts, binCount: count, dt: 10,
      networkOffsets: [0, 12], seed: nil)
    var recording = Recording(spikes)
    try recording.add(
      RecordedSeries(
        "/direction", TimeSeries(values: directions, times: .regular(start: 0, step: 10))))
    return BinnedRecording(recording, spikes, origin: 0)
  }

  @Test func `tuned neurons keep a smooth curve, others lose theirs`() async throws {
    let session = try session()
    let design = Design {
      Tuning(
        "direction", CyclicBSplineBasis(count: 15, window: 15).over(0...2 * .pi))
    }
    var fitter = try CoupledFitter(Exponential(), PoissonEmission(), design: design, in: session)
    fitter.penalty = Penalty(smooth: 1e-3, order: 2)
    let found = try await fitter.maximizeEvidence(session.spikes)
    #expect(found.names == ["direction"] && found.factors.count == 12)
    for neuron in 0..<12 {
      let degrees = found.degrees[neuron][0]
      // A cosine is one wave: three to seven of the fourteen degrees. Of a neuron that is not tuned less than one
      // remains in all but one of twenty, and never more than a few.
      if neuron < 6 {
        #expect((2...9).contains(degrees), "\(neuron): \(degrees)")
      } else {
        #expect(degrees < 4, "\(neuron): \(degrees)")
      }
    }
    #expect((6..<12).count { found.degrees[$0][0] < 1 } >= 4)
    // Where the search ends does not depend on where it began.
    fitter.penalty = Penalty(smooth: 0.1, order: 2)
    let again = try await fitter.maximizeEvidence(session.spikes, neurons: Array(0..<6))
    for neuron in 0..<6 {
      let ratio = 100 * again.factors[neuron][0] / found.factors[neuron][0]
      #expect(abs(ratio - 1) < 0.02, "\(neuron): \(ratio)")
      #expect(abs(again.degrees[neuron][0] - found.degrees[neuron][0]) < 0.02)
    }
    // What is most likely predicts nearly as well as what predicts best.
    fitter.penalty = Penalty(smooth: 1e-3, order: 2)
    let folds = try await fitter.crossValidate(
      session.spikes, factors: [100, 10, 1, 0.1, 0.01, 0.001], neurons: Array(0..<6))
    for neuron in 0..<6 {
      let scores = folds.neurons[neuron]
      let place = log10(100 / found.factors[neuron][0])
      let near = scores.means[min(max(Int(place.rounded()), 0), 5)]
      #expect(scores.means[scores.best] - near < 2 * scores.standardErrors[scores.best])
    }
  }

  /// Bands are those of the strengths that were found, and stay so in a file.
  @Test func `a fit keeps the strengths of each neuron`() async throws {
    let session = try session()
    let basis = CyclicBSplineBasis(count: 15, window: 15).over(0...2 * .pi)
    var fitter = try CoupledFitter(
      Exponential(), PoissonEmission(), design: Design { Tuning("direction", basis) }, in: session)
    fitter.penalty = Penalty(smooth: 1e-3, order: 2)
    fitter.hasStandardErrors = true
    let found = try await fitter.maximizeEvidence(session.spikes, neurons: [0, 3])
    let folder = try FormatsFolder()
    try found.write(to: folder("fit.npz"))
    let stored = try CoupledFit(contentsOf: folder("fit.npz"))
    #expect(stored.penalty == fitter.penalty)
    for (index, neuron) in [0, 3].enumerated() {
      let factor = found.factors[index][0]
      #expect(factor != 1 && found.fit.neurons[index].penaltyFactors == [factor])
      #expect(stored.neurons[index].penaltyFactors == [factor])
      // The same strength, given.
      var given = fitter
      given.penalty = Penalty(smooth: 1e-3 * factor, order: 2)
      let direct = try await given.fit(session.spikes, neurons: [neuron])
      #expect(direct.neurons[0].penaltyFactors == nil)
      let curve = try await direct.rates(in: session)[0].curves[0]
      for fit in [found.fit, stored] {
        let other = try await fit.rates(in: session)[index].curves[0]
        for (one, other) in zip(curve.standardErrors ?? [], other.standardErrors ?? []) {
          #expect(abs(one / other - 1) < 1e-5)
        }
      }
    }
  }

  @Test func `it needs a quadratic penalty`() async throws {
    let session = try session()
    let design = Design { StimulusTerm("direction") }
    var fitter = try CoupledFitter(Exponential(), PoissonEmission(), design: design, in: session)
    for (penalty, found) in [(Penalty(), "none"), (Penalty(lasso: 1), "a lasso")] {
      fitter.penalty = penalty
      let search = fitter
      let error = await #expect(throws: SpikingError.self) {
        try await search.maximizeEvidence(session.spikes)
      }
      #expect("\(try #require(error))".contains("found \(found)"))
    }
  }
}
