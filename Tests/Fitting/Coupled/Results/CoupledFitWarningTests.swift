import Spiking
import SpikingTestCases
import Testing

/// What data cannot tell is named, and no number of a fit is NaN.
@Suite struct CoupledFitWarningTests {
  private let basis = RaisedCosineLogBasis(count: 2, window: 6)

  private func fitter() -> CoupledFitter<Exponential, PoissonEmission> {
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.hasStandardErrors = true
    return fitter
  }

  private func expectNumbers(_ fit: NeuronFit) throws {
    #expect(fit.coefficients.allSatisfy { $0.isFinite })
    #expect(fit.logLikelihood.isFinite && fit.nullLogLikelihood.isFinite)
    let errors = try #require(fit.standardErrors)
    #expect(errors.allSatisfy { $0 > 0 })
    let pValues = try #require(fit.pValues)
    #expect(pValues.allSatisfy { 0...1 ~= $0 })
    #expect(!fit.certificate.gradientNorm.isNaN && !fit.certificate.excess.isNaN)
  }

  private func rows(_ neurons: Int, _ seed: UInt32, bins: Int = 2000) throws -> [[Int]] {
    let counts = try CoupledNeurons(Array(repeating: -2, count: neurons)).spikes(
      bins: bins, seed: seed
    ).denseCounts()
    return (0..<bins).map { bin in counts.map { $0[bin] } }
  }

  @Test func `a neuron without spikes has a rate, and is a source of nothing`() async throws {
    let spikes = try binnedSpikes(counts: rows(3, 12).map { [$0[0], 0, $0[2]] })
    let fit = try await fitter().fit(spikes)
    for neuron in fit.neurons { try expectNumbers(neuron) }
    let silent = fit.neurons[1]
    #expect(silent.warnings.map(\.problem) == [.silent])
    #expect(silent.warnings.first?.neuron == 1 && silent.warnings.first?.columns == [])
    #expect(abs(silent.baseline - Elementary.logarithm(0.5 / 1994)) < 1e-9)
    #expect(silent.coefficients.dropFirst().allSatisfy { $0 == 0 } && silent.freeCount == 0)
    let unknown = try #require(silent.standardErrors)
    #expect(unknown.allSatisfy { $0 == .infinity })
    #expect(abs(silent.logLikelihood - silent.nullLogLikelihood) < 1e-12)
    // For neuron 0 the columns of neuron 1 are 0, and named in one line.
    let other = fit.neurons[0]
    #expect(
      other.warnings.map(\.description)
        == ["neuron 0, coupling from neuron 1: 0 in all bins, kept at 0"])
    let errors = try #require(other.standardErrors)
    let columns = try #require(other.columns.columns(of: .coupling(from: 1)))
    for column in errors.indices {
      #expect((errors[column] == .infinity) == columns.contains(column))
    }
    #expect(other.weights(of: .coupling(from: 1)) == [0, 0])
    #expect(other.freeCount == 5)
    // Without the silent neuron the rest of the fit is the same.
    let counts = spikes.denseCounts()
    let alone = try await fitter().fit(BinnedSpikes(counts: [counts[0], counts[2]], dt: 1))
    #expect(abs(alone.neurons[0].logLikelihood - other.logLikelihood) < 1e-9)
  }

  @Test func `of two neurons that fire together one is left out, and named`() async throws {
    let fit = try await fitter().fit(binnedSpikes(counts: rows(2, 13).map { $0 + [$0[1]] }))
    let first = fit.neurons[0]
    try expectNumbers(first)
    #expect(first.certificate.hasConverged)
    #expect(first.warnings.map(\.problem) == [.dependent])
    let columns = Set(first.warnings.flatMap(\.subjects).map(\.description))
    #expect(columns.count == 2)
    let names = [1, 2].map { source in
      Set((0..<2).map { "coupling from neuron \(source), function \($0)" })
    }
    for function in 0..<2 {
      let both = names.map { $0.sorted()[function] }
      #expect(both.filter(columns.contains).count == 1, "\(columns)")
    }
    let errors = try #require(first.standardErrors)
    #expect(errors.filter { $0.isFinite }.count == 5)
    // What they add up to is what one of them alone does.
    let alone = try await fitter().fit(binnedSpikes(counts: rows(2, 13)))
    for (sum, weight) in zip(
      zip(fit.weights(from: 1, to: 0), fit.weights(from: 2, to: 0)).map(+),
      alone.weights(from: 1, to: 0))
    { #expect(abs(sum - weight) < 1e-6) }
  }

  @Test func `under signs and penalties either of two such neurons may be weighted`()
    async throws
  {
    var neurons = CoupledNeurons([-2, -2])
    neurons.filters = [SIMD2(1, 0): [-1.5, -1.5, -1]]
    let counts = try neurons.spikes(bins: 4000, seed: 14).denseCounts()
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.signs = [0, 1, -1]
    let fit = try await fitter.fit(
      BinnedSpikes(counts: counts + [counts[1]], dt: 1), neurons: [0])
    #expect(fit.warnings.map(\.problem) == [.ambiguous] && fit.warnings[0].columns.count == 2)
    let free = try await CoupledFitter(history: basis, coupling: basis).fit(
      BinnedSpikes(counts: counts, dt: 1), neurons: [0])
    // Each takes the part of its sign.
    let weights = zip(fit.weights(from: 1, to: 0), fit.weights(from: 2, to: 0))
    #expect(weights.contains { $0.1 < -0.1 })
    for ((positive, negative), expected) in zip(weights, free.weights(from: 1, to: 0)) {
      #expect(positive >= 0 && negative <= 0)
      #expect(abs(positive + negative - expected) < 1e-5)
    }
  }

  @Test func `lags at which a neuron never fires are named, and the fit is finite`()
    async throws
  {
    var neurons = CoupledNeurons([-1.5, -2])
    neurons.filters = [SIMD2(0, 0): [-40, -40, -1]]
    let spikes = try neurons.spikes(Exponential(), BernoulliEmission(), bins: 6000, seed: 15)
    var fitter = CoupledFitter(
      ComplementaryLogLog(), BernoulliEmission(), history: IdentityBasis(window: 5),
      coupling: basis)
    fitter.hasStandardErrors = true
    let fit = try await fitter.fit(spikes)
    for neuron in fit.neurons {
      try expectNumbers(neuron)
      #expect(neuron.certificate.hasConverged)
    }
    let errors = try #require(fit.neurons[0].standardErrors)
    #expect(fit.warnings.map(\.problem) == [.separatedBelow])
    #expect(fit.warnings.map(\.neuron) == [0])
    #expect(
      fit.warnings[0].subjects.map(\.description) == ["history, function 0", "history, function 1"])
    #expect(fit.weights(of: 0, .history).prefix(2).allSatisfy { $0 == -20 })
    #expect(errors.indices.filter { errors[$0] == .infinity } == [1, 2])
    // A ridge penalty needs no such care.
    fitter.penalty = Penalty(ridge: 1e-4)
    let ridge = try await fitter.fit(spikes, neurons: [0])
    #expect(ridge.warnings.isEmpty && ridge.neurons[0].certificate.hasConverged)
    let weights = ridge.weights(of: 0, .history)
    #expect(weights[0] < -2 && weights[0].isFinite)
  }

  @Test func `two spikes in a bin of a Bernoulli model are named`() async throws {
    var rows = Array(repeating: [0, 0], count: 100)
    rows[50] = [1, 0]
    rows[70] = [0, 3]
    let fitter = CoupledFitter(Sigmoid(), BernoulliEmission(), history: basis, coupling: basis)
    await #expect {
      try await fitter.fit(binnedSpikes(counts: rows))
    } throws: { error in
      guard let error = error as? SpikingError else { return false }
      return error.code == .invalidData && error.subject == "neuron 1"
        && error.message.hasPrefix("found several spikes in 1 bin, expected at most one a bin")
    }
    // Several neurons at once; those that are not fitted, and bins that are not evaluated, do not matter.
    rows[60] = [4, 0]
    rows[61] = [2, 0]
    await #expect {
      try await fitter.fit(binnedSpikes(counts: rows))
    } throws: { error in
      "\(error)".hasPrefix("neurons 0, 1: found several spikes in 3 bins, expected at most one")
    }
    #expect(try await fitter.fit(binnedSpikes(counts: rows), segments: [0..<60]).binsUsed == 54)
    rows[60] = [1, 0]
    rows[61] = [1, 0]
    let one = try await fitter.fit(binnedSpikes(counts: rows), neurons: [0])
    #expect(one.neurons.count == 1)
    let (clipped, excess) = try binnedSpikes(counts: rows).clipped()
    #expect(excess == 2 && clipped.spikeCount == 4 && clipped.counts.isEmpty)
    #expect(try await fitter.fit(clipped).neurons.count == 2)
    // A fit says nothing of spikes that it cannot draw.
    await #expect(throws: SpikingError.self) {
      try await fitter.fit(clipped).predictions(for: binnedSpikes(counts: rows))
    }
  }

  @Test func `what the information at the maximum does not tell has no standard error`()
    async throws
  {
    // A rectifier is silent after a pulse however strong it is: of its weight nothing is known but that
    // it is low. Two more stimuli are the same but during the pulse.
    let bins = 4000
    let isPulse = (0..<bins).map { $0 % 40 < 10 }
    let wave = (0..<bins).map { Double($0 % 17) / 17 }
    var neurons = CoupledNeurons([0.3])
    neurons.inputs = [zip(isPulse, wave).map { ($0 ? -5 : 0) + 0.1 * $1 }]
    let spikes = try neurons.spikes(Rectifier(), PoissonEmission(), bins: bins, seed: 16)
    let one = IdentityBasis(window: 1)
    var fitter = CoupledFitter(Rectifier(), PoissonEmission())
    fitter.hasStandardErrors = true
    fitter.stimuli = [
      StimulusCovariate("pulse", values: isPulse.map { $0 ? -1 : 0 }, basis: one),
      StimulusCovariate("wave", values: wave, basis: one),
    ]
    let fit = try await fitter.fit(spikes).neurons[0]
    try expectNumbers(fit)
    // No spike has a pulse: the weight is named, and its test is the likelihood ratio.
    #expect(fit.warnings.map(\.problem) == [.separatedAbove])
    #expect(fit.freeCount == 2 && fit.coefficients[1] > fit.coefficients[0])
    var errors = try #require(fit.standardErrors)
    #expect(errors.map(\.isFinite) == [true, false, true])
    let pValues = try #require(fit.pValues)
    #expect(pValues[0] < 1e-10 && pValues[1] < 1)
    // Those that are known are those of a fit to the bins without pulses.
    let segments = (0..<bins / 40).map { 40 * $0 + 10..<40 * $0 + 40 }
    var rest = fitter
    rest.stimuli.removeFirst()
    let expected = try await rest.fit(spikes, segments: segments).neurons[0]
    let expectedErrors = try #require(expected.standardErrors)
    #expect(abs(errors[0] - expectedErrors[0]) < 1e-4 * expectedErrors[0])
    #expect(abs(errors[2] - expectedErrors[1]) < 1e-4 * expectedErrors[1])

    fitter.stimuli.append(
      StimulusCovariate(
        "twin", values: zip(isPulse, wave).map { $0 ? $1 * $1 : $1 }, basis: one))
    let twins = try await fitter.fit(spikes).neurons[0]
    try expectNumbers(twins)
    errors = try #require(twins.standardErrors)
    #expect(errors.map(\.isFinite) == [true, false, false, false])
    #expect(abs(errors[0] - expectedErrors[0]) < 1e-2 * expectedErrors[0])
  }
}

extension CoupledFit {
  fileprivate func weights(of neuron: Int, _ input: FitColumns.Group.Input) -> [Double] {
    self[neuron]?.weights(of: input) ?? []
  }
}
