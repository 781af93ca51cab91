import Spiking
import SpikingTestCases
import Testing

/// Fits under one penalty after the other.
@Suite struct RegularizationPathTests {
  private let spikes: BinnedSpikes
  private let basis = RaisedCosineLogBasis(count: 2, window: 6)

  init() throws {
    var neurons = CoupledNeurons([-2, -2, -2, -2])
    neurons.filters = [SIMD2(0, 1): [0.9, 0.7, 0.4], SIMD2(2, 3): [-1, -0.8, -0.5]]
    spikes = try neurons.spikes(bins: 4000, seed: 19)
  }

  private func fitter(_ penalty: Penalty) -> CoupledFitter<Exponential, PoissonEmission> {
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.penalty = penalty
    return fitter
  }

  @Test(arguments: [Penalty(ridge: 1), Penalty(lasso: 1), Penalty(ridge: 0.5, groupLasso: 1)])
  func `a path ends where separate fits do`(penalty: Penalty) async throws {
    let factors = [0.1, 0.01, 0.001, 0]
    let path = try await fitter(penalty).path(spikes, factors: factors)
    #expect(path.count == 4)
    for (factor, fit) in zip(factors, path) {
      #expect(fit.penalty == penalty.scaled(by: factor))
      let cold = try await fitter(penalty.scaled(by: factor)).fit(spikes)
      let objective = try (0..<4).map {
        try fitter(penalty.scaled(by: factor)).objective(of: $0, in: spikes)
      }
      for (one, other) in zip(fit.neurons, cold.neurons) {
        #expect(one.certificate.hasConverged && other.certificate.hasConverged)
        let values = [one, other].map { objective[one.neuron]($0.coefficients).value }
        #expect(abs(values[0] - values[1]) < 1e-12)
        for (left, right) in zip(one.coefficients, other.coefficients) {
          #expect(abs(left - right) < 1e-5)
        }
      }
    }
    // Weaker penalties let fits be more likely.
    let likelihoods = path.map(\.logLikelihood)
    #expect(zip(likelihoods, likelihoods.dropFirst()).allSatisfy { $0 <= $1 + 1e-8 })
  }

  @Test func `filters enter a path one after the other`() async throws {
    let factors = [1, 0.02, 0.01, 0.005, 0.002]
    let path = try await fitter(Penalty(groupLasso: 1)).path(spikes, factors: factors)
    let counts = path.map { fit in
      fit.neurons.flatMap { neuron in
        neuron.columns.groups.filter { neuron.weights(of: $0.input).contains { $0 != 0 } }
      }.count
    }
    #expect(counts[0] == 0)
    #expect(counts == counts.sorted() && counts[4] > 1 && counts[4] < 16)
    // Those that there are come first.
    let first = try #require(path.first { $0.weights(from: 0, to: 1) != [0, 0] })
    #expect(first.filter(from: 0, to: 1)[0] > 0)
    #expect(first.weights(from: 1, to: 0) == [0, 0] && first.weights(from: 3, to: 2) == [0, 0])
  }

  @Test func `a path is the same on any number of threads`() async throws {
    let fitter = fitter(Penalty(lasso: 1))
    let one = try await fitter.path(spikes, factors: [0.01, 0.001], execution: .init(threads: 1))
    #expect(
      try await fitter.path(spikes, factors: [0.01, 0.001], execution: .init(threads: 8)) == one)
    let alone = try await fitter.path(spikes, factors: [0.01, 0.001], neurons: [2])
    #expect(alone[1].neurons == [one[1].neurons[2]])
  }
}
