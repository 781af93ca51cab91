import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Designs on shared bins and folds: held-out likelihoods, criteria and tests.
@Suite struct DesignComparisonTests {
  private static let bins = 3000

  private func recording(_ seed: UInt64 = 1) throws -> BinnedRecording {
    try TunedNeurons.recording([.direction, .speed, .nothing], bins: Self.bins, seed: seed)
  }

  private var history: RaisedCosineLogBasis { RaisedCosineLogBasis(count: 3, window: 10) }

  @Test func `a design alone is predicted as by cross-validation`() async throws {
    let recording = try recording()
    var comparer = DesignComparer()
    comparer.folds = 4
    let compared = try await comparer.compare(
      [ComparedDesign(TunedNeurons.design)], in: recording)
    var fitter = try CoupledFitter(
      Exponential(), PoissonEmission(), design: TunedNeurons.design, in: recording)
    fitter.penalty = Penalty(smooth: 1e-12)
    let crossed = try await fitter.crossValidate(recording.spikes, factors: [1], folds: 4)
    #expect(compared.folds == crossed.folds)
    for (one, other) in zip(compared.neurons, crossed.neurons) {
      for (fold, mean) in other.logLikelihoods[0].enumerated() {
        let bins = compared.folds[fold].reduce(0) { $0 + $1.count }
        let own = one.fits[0].heldOutLogLikelihoods[fold] / Double(bins)
        #expect(abs(own - mean) < 1e-6 * abs(mean))
      }
    }
  }

  @Test func `designs are evaluated in the bins that all can evaluate`() async throws {
    let whole = try recording()
    var session = whole.session
    var values = [Double](repeating: 1, count: Self.bins)
    for bin in 500..<700 { values[bin] = .nan }
    try session.add(
      RecordedSeries("/light", TimeSeries(values: values, times: .regular(start: 0, step: 10))))
    for bin in 1000..<1100 { values[bin] = 30 }
    try session.add(
      RecordedSeries("/sound", TimeSeries(values: values, times: .regular(start: 0, step: 10))))
    let recording = BinnedRecording(session, whole.spikes, origin: 0, longestGap: 15)
    let designs = [
      ComparedDesign(Design([]), named: "rate"),
      ComparedDesign(Design { History(history) }, named: "past"),
      ComparedDesign(
        Design { Tuning("sound", BSplineBasis(count: 4, window: 4).over(0...20)) }, named: "sound"),
    ]
    var comparer = DesignComparer()
    comparer.folds = 5
    comparer.configure = { $0.penalty = Penalty(ridge: 1e-6) }
    comparer.execution = Execution(threads: 1)
    let found = try await comparer.compare(designs, in: recording)
    // Ten bins without history, those without a value, and those outside the range.
    #expect(
      found.folds.flatMap(\.self)
        == Segments.intersection(
          found.folds.flatMap(\.self), [10..<500, 700..<1000, 1100..<Self.bins]))
    #expect(found.binsUsed == Self.bins - 10 - 200 - 100)
    #expect(found.folds.flatMap(\.self).reduce(0) { $0 + $1.count } == found.binsUsed)
    // The reference is the constant rate itself, in every fold.
    for neuron in found.neurons {
      for (own, null) in zip(neuron.fits[0].heldOutLogLikelihoods, neuron.nullLogLikelihoods) {
        #expect(abs(own - null) < 1e-6)
      }
      #expect(neuron.difference(0) == 0 && neuron.fits[1].likelihoodRatioPValue == nil)
    }
    comparer.execution = Execution(threads: 3)
    #expect(try await comparer.compare(designs, in: recording).neurons == found.neurons)
  }

  @Test func `criteria and likelihood ratios are those of fits`() async throws {
    let recording = try recording()
    let design = Design(TunedNeurons.design.parts + [Design.Part(History(history))])
    var comparer = DesignComparer()
    comparer.folds = 3
    let found = try await comparer.compare(design.droppingEach, in: recording)
    #expect(
      found.designs.map(\.name) == [
        "all terms", "without direction", "without speed", "without history",
      ])
    // Every design is evaluated in the bins that the history leaves.
    let segments = [10..<Self.bins]
    let whole = try await design.fit(recording)
    let without = try await design.removing("speed").fit(recording)
    let bare = try await TunedNeurons.design.fit(recording, segments: segments)
    for (index, neuron) in found.neurons.enumerated() {
      for (number, fit) in [(0, whole), (2, without), (3, bare)] {
        let (one, other) = (neuron.fits[number], fit.neurons[index])
        #expect(abs(one.logLikelihood - other.logLikelihood) < 1e-6)
        #expect(one.freeCount == other.freeCount && one.parameterCount == Double(one.freeCount))
        #expect(one.akaike == 2 * one.parameterCount - 2 * one.logLikelihood)
        let price = one.parameterCount * log(Double(Self.bins - 10))
        #expect(abs(one.bayesian - price + 2 * one.logLikelihood) < 1e-9)
      }
      let test = try LikelihoodRatioTest(
        logLikelihood: whole.neurons[index].logLikelihood,
        nestedLogLikelihood: without.neurons[index].logLikelihood, degreesOfFreedom: 4)
      #expect(isClose(neuron.fits[2].likelihoodRatioPValue, test.pValue, to: 1e-6))
    }
    // The neuron of directions, and the one of speeds.
    #expect(found.lossPValues(1).own[0] == 1.0 / 8 && found.lossPValues(2).own[1] == 1.0 / 8)
    #expect((found.neurons[0].fits[1].likelihoodRatioPValue ?? 1) < 1e-10)
    #expect((found.neurons[2].fits[1].likelihoodRatioPValue ?? 0) > 1e-3)
    #expect("\(found)".split(separator: "\n").count <= 30)
  }

  @Test func `penalised coefficients count for less`() async throws {
    let recording = try recording()
    func count(_ ridge: Double) async throws -> Double {
      var comparer = DesignComparer()
      comparer.folds = 2
      comparer.neurons = [0]
      comparer.configure = { $0.penalty = Penalty(ridge: ridge) }
      let found = try await comparer.compare(
        [ComparedDesign(TunedNeurons.design)], in: recording)
      return found.neurons[0].fits[0].parameterCount
    }
    // 1 + 5 + 4: each tuning adds up to the baseline.
    #expect(abs(try await count(1e-10) - 10) < 1e-3)
    let some = try await count(0.01)
    #expect(some > 2 && some < 9)
    #expect(abs(try await count(1e6) - 1) < 1e-3)
  }

  @Test func `nested designs have all their terms in the other`() {
    let basis = BSplineBasis(count: 5, window: 5)
    func design(@DesignBuilder _ parts: () -> [Design.Part]) -> ComparedDesign {
      ComparedDesign(Design(parts))
    }
    let speed = Tuning("speed", basis.over(0...10))
    let both = design {
      speed
      History(history)
    }
    #expect(design { speed }.isNested(in: both))
    #expect(design { Baseline() }.isNested(in: both))
    #expect(design { speed.named("v") }.isNested(in: both))
    #expect(!both.isNested(in: both) && !both.isNested(in: design { speed }))
    #expect(!design { Tuning("speed", basis.over(0...11)) }.isNested(in: both))
    // Without a history own spikes go through the couplings' basis, unless they were taken out.
    let coupled = design {
      History(history)
      Coupling(basis)
    }
    #expect(!design { Coupling(basis) }.isNested(in: coupled))
    #expect(coupled.design.droppingEach.dropFirst().allSatisfy { $0.isNested(in: coupled) })
  }

  @Test func `own spikes are left out where a history is`() async throws {
    let recording = try recording()
    let design = Design {
      History(history)
      Coupling(history)
    }
    var comparer = DesignComparer()
    comparer.folds = 2
    let found = try await comparer.compare(design.droppingEach, in: recording)
    let others = try ConnectionMask(
      (0..<9).map { $0 / 3 != $0 % 3 }, neuronCount: 3)
    let fit = try await Design { Coupling(history) }.fit(recording) { $0.mask = others }
    for (one, other) in zip(found.neurons, fit.neurons) {
      #expect(abs(one.fits[1].logLikelihood - other.logLikelihood) < 1e-6)
      #expect(one.fits[1].freeCount == 7 && one.fits[0].freeCount == 10)
      #expect(one.fits[1].likelihoodRatioPValue != nil)
    }
  }

  @Test func `a category that one fold has is told of`() async throws {
    let whole = try recording()
    var session = whole.session
    let sides = (0..<30).map { $0 < 2 ? "up" : $0 % 2 == 0 ? "left" : "right" }
    try session.add(
      IntervalTable(
        name: "trials", intervals: (0..<30).map { Double($0 * 1000)...Double($0 * 1000 + 900) },
        table: Table([Column("side", .texts(sides))])))
    let recording = BinnedRecording(session, whole.spikes, origin: 0)
    for contrast in ["treatment", "sum"] {
      var comparer = DesignComparer()
      comparer.folds = 5
      let found = try await comparer.compare(
        [
          ComparedDesign(Design([]), named: "rate"),
          ComparedDesign(Design { Category("trials.side", contrast: contrast, reference: nil) }),
        ], in: recording)
      #expect(
        found.notices.last
          == "trials.side: category \"up\" in fold 0 alone, which is predicted without knowledge of it"
      )
      #expect(found.neurons.allSatisfy { $0.difference(1)?.isFinite == true })
    }
  }

  @Test func `wrong designs and folds are told in one line`() async throws {
    let recording = try recording()
    let design = TunedNeurons.design
    func expect(
      _ code: SpikingError.Code, _ parts: [String],
      _ body: (inout DesignComparer<Exponential, PoissonEmission>) async throws -> Void
    ) async {
      var comparer = DesignComparer()
      do {
        try await body(&comparer)
        Issue.record("no error, expected one with \(parts)")
      } catch {
        expectError(code, parts) { throw error }
      }
    }
    let other = Design { StimulusTerm("sped") }
    await expect(.unknownName, ["design wrong", "term sped", "behavior/direction", "speed"]) {
      _ = try await $0.compare(
        [ComparedDesign(design), ComparedDesign(other, named: "wrong")], in: recording)
    }
    for (folds, division, parts) in [
      (1, FoldRule.blocks, ["folds", "found 1", "2 to 3000"]),
      (3001, .blocks, ["found 3001", "the number of bins"]),
      (4, .trials, ["found 4", "2 to 3, the number of trials"]),
    ] {
      await expect(.invalidParameter, parts) {
        $0.folds = folds
        $0.division = division
        $0.segments = [0..<100, 100..<200, 300..<400]
        if division == .blocks { $0.segments = nil }
        _ = try await $0.compare([ComparedDesign(design)], in: recording)
      }
    }
    await expect(.invalidParameter, ["designs", "two called \"direction + speed\""]) {
      _ = try await $0.compare([ComparedDesign(design), ComparedDesign(design)], in: recording)
    }
    await expect(.invalidParameter, ["folds", "found 4", "0.05"]) {
      $0.folds = 4
      _ = try await $0.select(from: design, in: recording)
    }
    await expect(.unknownName, ["kept terms", "\"past\"", "direction, speed"]) {
      _ = try await $0.select(from: design, keeping: ["past"], in: recording)
    }
    await expect(.invalidParameter, ["level", "0"]) {
      _ = try await $0.select(from: design, level: 0, in: recording)
    }
  }
}
