import Spiking
import SpikingTestCases
import Testing

/// Ways to search a minimum, and what certificates say of them.
@Suite struct CoupledFitMethodTests {
  private let spikes: BinnedSpikes
  private var fitter: CoupledFitter<Softplus, PoissonEmission>

  init() throws {
    var neurons = CoupledNeurons([-1.5, -1.5])
    neurons.filters = [
      SIMD2(0, 1): [1, 0.8, 0.5], SIMD2(1, 0): [-1, -0.5], SIMD2(0, 0): [-2, -1],
    ]
    spikes = try neurons.spikes(Softplus(), bins: 2500, seed: 18)
    let basis = RaisedCosineLogBasis(count: 3, window: 8)
    fitter = CoupledFitter(Softplus(), PoissonEmission(), history: basis, coupling: basis)
  }

  @Test func `all methods find the same minimum`() async throws {
    let fits = try await methods { method in
      var fitter = fitter
      fitter.minimizer = GradientMinimizer(method: method, tolerance: 1e-8)
      return try await fitter.fit(spikes)
    }
    for fit in fits {
      for (neuron, expected) in zip(fit.neurons, fits[0].neurons) {
        #expect(neuron.certificate.hasConverged && neuron.certificate.reason == .gradient)
        #expect(neuron.certificate.excess <= 0.5e-16)
        #expect(neuron.certificate.iterations > 0)
        #expect(neuron.certificate.evaluations >= neuron.certificate.iterations)
        for (one, other) in zip(neuron.coefficients, expected.coefficients) {
          #expect(abs(one - other) < 1e-6)
        }
        // A certificate does not only say so.
        let gradient = try fitter.objective(of: neuron.neuron, in: spikes)(neuron.coefficients)
          .gradient
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(norm - neuron.certificate.gradientNorm) < 1e-12)
      }
    }
    #expect(fits.count == 3)
  }

  @Test(arguments: [Penalty(), Penalty(ridge: 0.01), Penalty(groupLasso: 1e-4)])
  func `one step is not enough, and the fit says so`(penalty: Penalty) async throws {
    var fitter = fitter
    fitter.penalty = penalty
    fitter.minimizer.maximumIterations = 1
    let fit = try await fitter.fit(spikes)
    fitter.minimizer.maximumIterations = 1000
    let better = try await fitter.fit(spikes)
    #expect(better.warnings.isEmpty)
    for (neuron, expected) in zip(fit.neurons, better.neurons) {
      #expect(neuron.certificate.reason == .maximumIterations)
      #expect(!neuron.certificate.hasConverged && neuron.certificate.iterations == 1)
      #expect(neuron.certificate.gradientNorm > expected.certificate.gradientNorm)
      #expect(neuron.warnings.map(\.problem) == [.notConverged])
      #expect(neuron.logLikelihood > neuron.nullLogLikelihood)
      let objective = try fitter.objective(of: neuron.neuron, in: spikes)
      #expect(objective(neuron.coefficients).value > objective(expected.coefficients).value)
    }
  }

  private func methods(
    _ body: (GradientMinimizer.Method) async throws -> CoupledFit
  ) async throws -> [CoupledFit] {
    var fits: [CoupledFit] = []
    for method in GradientMinimizer.Method.allCases { fits.append(try await body(method)) }
    return fits
  }
}
