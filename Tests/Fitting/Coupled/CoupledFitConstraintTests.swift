import Spiking
import SpikingTestCases
import Testing

/// Minima under penalties and signs: whether they are ones, by the conditions of Karush, Kuhn and Tucker.
@Suite struct CoupledFitConstraintTests {
  private let basis = RaisedCosineLogBasis(count: 3, window: 8)
  private let spikes: BinnedSpikes
  private let signs = [1, -1, 0, -1]

  init() throws {
    var neurons = CoupledNeurons([-1.6, -1.8, -1.5, -2])
    // Neuron 1 inhibits, as it may; 3 excites and 0 inhibits, as they may not.
    neurons.filters = [
      SIMD2(1, 0): [-0.9, -0.7, -0.3], SIMD2(3, 0): [0.7, 0.4], SIMD2(0, 2): [-0.8, -0.6],
      SIMD2(0, 1): [0.6, 0.4, 0.2], SIMD2(2, 3): [0.5, 0.5],
    ]
    spikes = try neurons.spikes(bins: 3000, seed: 11)
  }

  private func fitter(
    _ penalty: Penalty = Penalty(), signs: [Int] = []
  ) -> CoupledFitter<Exponential, PoissonEmission> {
    var fitter = CoupledFitter(history: basis, coupling: basis)
    fitter.penalty = penalty
    fitter.signs = signs
    return fitter
  }

  @Test(arguments: [Penalty(), Penalty(ridge: 0.01), Penalty(lasso: 0.003)])
  func `weights have the sign of their neuron, and no others are better`(
    penalty: Penalty
  ) async throws {
    let fitter = fitter(penalty, signs: signs)
    let fit = try await fitter.fit(spikes)
    #expect(fit.warnings.isEmpty)
    var bound = 0
    for neuron in fit.neurons {
      #expect(neuron.certificate.hasConverged)
      // The slopes without the lasso, whose derivative at 0 is anything up to its strength.
      let gradient = try self.fitter(Penalty(ridge: penalty.ridge)).objective(
        of: neuron.neuron, in: spikes)(neuron.coefficients).gradient
      #expect(abs(gradient[0]) < 1e-6)
      for group in neuron.columns.groups {
        var sign = 0.0
        if case .coupling(let source) = group.input { sign = Double(signs[source]) }
        for column in group.columns {
          let weight = neuron.coefficients[column]
          #expect(weight * sign >= 0)
          if weight != 0 {
            #expect(abs(gradient[column] + penalty.lasso * (weight < 0 ? -1 : 1)) < 1e-6)
          } else if sign == 0 {
            #expect(abs(gradient[column]) <= penalty.lasso + 1e-6)
          } else {
            // A step to the side that is allowed would not make the objective smaller.
            #expect(gradient[column] * sign >= -penalty.lasso - 1e-6)
            bound += 1
          }
        }
      }
      for source in 0..<4 where source != neuron.neuron {
        let sign = Double(signs[source])
        #expect(fit.filter(from: source, to: neuron.neuron).allSatisfy { $0 * sign >= 0 })
      }
    }
    // The two filters of the wrong sign at least are at the bound.
    #expect(bound >= 6)
    #expect(fit.weights(from: 0, to: 2) == [0, 0, 0] && fit.weights(from: 3, to: 0) == [0, 0, 0])
  }

  @Test func `signs that all weights have anyway change nothing`() async throws {
    let free = try await fitter().fit(spikes, neurons: [1])
    let weights = free.weights(from: 0, to: 1)
    try #require(weights.allSatisfy { $0 > 0 })
    let bound = try await fitter(signs: [1, 0, 0, 0]).fit(spikes, neurons: [1])
    for (one, other) in zip(free.neurons[0].coefficients, bound.neurons[0].coefficients) {
      #expect(abs(one - other) < 1e-5)
    }
  }

  @Test(arguments: [
    Penalty(lasso: 0.004), Penalty(groupLasso: 0.004), Penalty(ridge: 0.02, groupLasso: 0.003),
    .elasticNet(strength: 0.01, ratio: 0.5), Penalty(lasso: 0.002, groupLasso: 0.002),
  ])
  func `gradients balance penalties`(penalty: Penalty) async throws {
    let fit = try await fitter(penalty).fit(spikes)
    var (zeros, others) = (0, 0)
    for neuron in fit.neurons {
      #expect(neuron.certificate.hasConverged && neuron.certificate.gradientNorm < 1e-6)
      let gradient = try fitter(Penalty(ridge: penalty.ridge)).objective(
        of: neuron.neuron, in: spikes)(neuron.coefficients).gradient
      for group in neuron.columns.groups {
        let weights = neuron.coefficients[group.columns]
        let strength = penalty.groupLasso * Double(weights.count).squareRoot()
        let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // What of the slopes the lasso does not balance.
        let rest = zip(weights, gradient[group.columns]).map { weight, slope in
          weight != 0
            ? slope + penalty.lasso * (weight < 0 ? -1 : 1) + strength * weight / length
            : max(abs(slope) - penalty.lasso, 0)
        }
        let norm = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if length == 0 {
          #expect(norm <= strength + 1e-6)
          zeros += 1
        } else {
          #expect(norm < 1e-6)
          others += 1
        }
      }
    }
    #expect(zeros > 0 && others >= 5)
  }

  @Test func `a strong lasso leaves the baseline alone`() async throws {
    let fit = try await fitter(Penalty(lasso: 10)).fit(spikes)
    for neuron in fit.neurons {
      #expect(neuron.coefficients.dropFirst().allSatisfy { $0 == 0 })
      let mean = Double(neuron.spikeCount) / Double(fit.binsUsed)
      #expect(abs(neuron.baseline - Elementary.logarithm(mean)) < 1e-9)
      #expect(abs(neuron.logLikelihood - neuron.nullLogLikelihood) < 1e-9)
    }
  }

  @Test func `standard errors under a ridge penalty are smaller, and finite`() async throws {
    var fitter = fitter()
    fitter.hasStandardErrors = true
    let free = try await fitter.fit(spikes, neurons: [0])
    fitter.penalty = Penalty(ridge: 0.05)
    let ridge = try await fitter.fit(spikes, neurons: [0])
    let errors = try #require(free.neurons[0].standardErrors)
    let smaller = try #require(ridge.neurons[0].standardErrors)
    for column in errors.indices.dropFirst() {
      #expect(smaller[column] > 0 && smaller[column] < errors[column])
    }
  }
}
