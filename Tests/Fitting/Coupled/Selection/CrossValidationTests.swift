import Spiking
import SpikingTestCases
import Testing

/// Strengths of penalties by the likelihood of bins that were held out.
@Suite struct CrossValidationTests {
  private let count = 8
  private let couplings: Set<SIMD2<Int>> = [
    SIMD2(0, 1), SIMD2(2, 3), SIMD2(4, 5), SIMD2(6, 7), SIMD2(1, 6), SIMD2(5, 0),
  ]
  private let spikes: BinnedSpikes
  private let factors = [0.05, 0.02, 0.01, 0.007, 0.005, 0.0035, 0.0025, 0.0015, 0.001, 0.0003]
  private var fitter: CoupledFitter<Exponential, PoissonEmission>

  init() throws {
    var neurons = CoupledNeurons(Array(repeating: -2, count: count))
    for ends in couplings {
      let sign: Double = ends[0] % 4 == 0 ? 1 : -1.5
      neurons.filters[ends] = [0.8, 0.6, 0.4, 0.2].map { sign * $0 }
    }
    spikes = try neurons.spikes(bins: 8000, seed: 20)
    let basis = RaisedCosineLogBasis(count: 2, window: 6)
    fitter = CoupledFitter(coupling: basis)
    fitter.history = basis
    fitter.penalty = Penalty(groupLasso: 1)
  }

  @Test func `the chosen strength finds the couplings that there are`() async throws {
    let best = try await fitter.crossValidate(spikes, factors: factors, isShared: true)
    let simple = try await fitter.crossValidate(
      spikes, factors: factors, rule: .withinStandardError, isShared: true)
    // Neither end of the path is best.
    #expect(1..<factors.count - 1 ~= best.population.best)
    #expect(best.fit.penalty == fitter.penalty.scaled(by: best.chosenFactors[0]))
    #expect(Set(best.chosenFactors) == [factors[best.population.best]])
    #expect(simple.chosenFactors[0] >= best.chosenFactors[0])
    #expect(found(best.fit).isSuperset(of: couplings))
    #expect(found(simple.fit).isSuperset(of: couplings))
    // The best prediction lets in some that are not there; the rule of one standard error few.
    let wrong = found(simple.fit).subtracting(couplings).count
    #expect(wrong <= 10, "\(wrong) of 50")
    #expect(wrong <= found(best.fit).subtracting(couplings).count)
  }

  @Test func `every evaluated bin is in one fold`() async throws {
    let segments = [10..<1500, 1600..<1604, 1700..<4000]
    let found = try await fitter.crossValidate(
      spikes, factors: [0.01, 0.005], folds: 4, segments: segments, neurons: [1])
    #expect(found.folds.count == 4)
    let bins = found.folds.joined().flatMap { Array($0) }
    #expect(bins == Array(16..<1500) + Array(1706..<4000))
    let sizes = found.folds.map { $0.reduce(0) { $0 + $1.count } }
    #expect(sizes.allSatisfy { abs($0 - bins.count / 4) <= 1 })
  }

  @Test func `likelihoods are those of fits to the other folds`() async throws {
    let found = try await fitter.crossValidate(
      spikes, factors: [0.01, 0.004], folds: 2, neurons: [1])
    let halves = found.folds.map { $0[0] }
    #expect(halves == [6..<4003, 4003..<8000])
    var fitter = fitter
    for (index, factor) in [0.01, 0.004].enumerated() {
      fitter.penalty = Penalty(groupLasso: factor)
      for fold in 0..<2 {
        // Trials whose first window is not evaluated.
        func trial(_ bins: Range<Int>) -> [Range<Int>] { [bins.lowerBound - 6..<bins.upperBound] }
        let fit = try await fitter.fit(spikes, segments: trial(halves[1 - fold]), neurons: [1])
        let score = try fitter.objective(of: 1, in: spikes, segments: trial(halves[fold]))(
          fit.neurons[0].coefficients
        ).logLikelihood
        #expect(
          abs(found.neurons[0].logLikelihoods[index][fold] - score / 3997) < 1e-8)
      }
    }
    #expect(found.population == found.neurons[0])
    let means = found.neurons[0].means
    #expect(found.chosenFactors == [means[0] >= means[1] ? 0.01 : 0.004])
    let likelihoods = found.neurons[0].logLikelihoods[0]
    // Of two numbers the standard error of the mean is half their difference.
    #expect(
      abs(found.neurons[0].standardErrors[0] - abs(likelihoods[0] - likelihoods[1]) / 2) < 1e-12)
    fitter.penalty = Penalty(groupLasso: found.chosenFactors[0])
    let alone = try await fitter.fit(spikes, neurons: [1]).neurons[0]
    #expect(found.fit.neurons[0].coefficients == alone.coefficients)
    // The penalty of the fit is the group lasso of 1 that its factor scales.
    #expect(alone.penaltyFactors == nil)
    #expect(found.fit.neurons[0].penaltyFactors.map(Set.init) == [found.chosenFactors[0]])
  }

  @Test func `neurons choose by themselves, the same on any number of threads`() async throws {
    let few = [0.01, 0.003, 0.001]
    let one = try await fitter.crossValidate(spikes, factors: few, execution: .init(threads: 1))
    #expect(
      try await fitter.crossValidate(spikes, factors: few, execution: .init(threads: 8)) == one)
    #expect(one.chosenFactors == one.neurons.map { few[$0.best] })
    let last = try await fitter.crossValidate(spikes, factors: few, neurons: [7])
    #expect(last.neurons == [one.neurons[7]] && last.fit.neurons == [one.fit.neurons[7]])
    let sums = one.neurons.reduce(0) { $0 + $1.logLikelihoods[2][3] }
    #expect(abs(one.population.logLikelihoods[2][3] - sums) < 1e-13)
  }

  private func found(_ fit: CoupledFit) -> Set<SIMD2<Int>> {
    var found: Set<SIMD2<Int>> = []
    for source in 0..<count {
      for target in 0..<count where source != target {
        if fit.weights(from: source, to: target).contains(where: { $0 != 0 }) {
          found.insert(SIMD2(source, target))
        }
      }
    }
    return found
  }
}
