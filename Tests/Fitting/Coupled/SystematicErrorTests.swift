import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What is not recorded is taken for synapses, the more so the stronger neurons are coupled. (Das and
/// Fiete 2020, "Systematic errors in connectivity inferred from activity in strongly recurrent networks",
/// Nat Neurosci 23:1286; bioRxiv 512053.)
@Suite struct SystematicErrorTests {
  /// A ring of 60 neurons in which a deviation from the uniform state, of the wavelength that grows
  /// best, returns to itself with the factor `gain` in the linear range: r Σ_k e^{−k/τ} λ_max(W) = gain.
  /// At 1 a pattern forms by itself.
  private struct Ring {
    static let neurons = 60
    let model: RectifiedLNP
    let network: Connectivity

    init(gain: Double) throws {
      network = try MexicanHatGenerator(neurons: Self.neurons).network(0, seed: 0)
      var model = RectifiedLNP()
      (model.lambda0, model.theta, model.b) = (1, 0, 0.1)
      (model.dt, model.tau, model.couplingWindow) = (1, 5, 20)
      let taps = model.coupling.taps(dt: 1).reduce(0, +)
      model.r = gain / (taps * Self.largestEigenvalue(network))
      self.model = model
    }

    /// The largest eigenvalue of a symmetric circulant matrix: the maximum of its Fourier transform.
    private static func largestEigenvalue(_ network: Connectivity) -> Double {
      (1...neurons / 2).map { wave in
        (0..<neurons).reduce(0) { sum, distance in
          let angle = 2 * Double.pi * Double(wave * distance % neurons) / Double(neurons)
          return sum + Double(network[0, distance]) * cos(angle)
        }
      }.max() ?? 1
    }

    /// The estimates by distance on the ring: their mean over all pairs, its standard error by their
    /// spread, and the truth.
    func profile(recording recorded: [Int], steps: Int) async throws -> [Point] {
      let found = try await RecoveryExperiment(model, recordedNeurons: recorded).run(
        [network], lengths: [steps], seed: 1)[0][0]
      var estimates = [[Double]](repeating: [], count: Self.neurons / 2 + 1)
      var truths = [Double](repeating: 0, count: estimates.count)
      for pair in found.pairs {
        let apart = abs(
          recorded[pair / found.neuronCount] - recorded[pair % found.neuronCount])
        let distance = min(apart, Self.neurons - apart)
        estimates[distance].append(found.estimates[pair])
        truths[distance] = found.trueWeights[pair]
      }
      let largest = truths.map(abs).max() ?? 1
      return estimates.indices.filter { !estimates[$0].isEmpty }.map { distance in
        let (mean, error) = meanAndError(estimates[distance])
        return Point(
          distance: distance, estimate: mean / largest, error: error / largest,
          truth: truths[distance] / largest)
      }
    }
  }

  private struct Point {
    let distance: Int
    let estimate: Double
    let error: Double
    let truth: Double

    var deviation: Double { estimate - truth }
  }

  private static let all = Array(0..<Ring.neurons)
  private static let half = Array(stride(from: 0, to: Ring.neurons, by: 2))

  /// √ Σ_d (estimate − truth)² / √ Σ_d truth², less what the standard errors alone would make of it.
  private func relativeError(_ profile: [Point]) -> Double {
    let squares = profile.reduce(0) { $0 + $1.deviation * $1.deviation - $1.error * $1.error }
    let truths = profile.reduce(0) { $0 + $1.truth * $1.truth }
    return (max(squares, 0) / truths).squareRoot()
  }

  /// Σ ((estimate − truth) / standard error)².
  private func chiSquared(_ profile: [Point]) -> Double {
    profile.reduce(0) { $0 + $1.deviation * $1.deviation / ($1.error * $1.error) }
  }

  @Test func `half of a strongly coupled ring shows synapses that are not there`() async throws {
    let profile = try await Ring(gain: 0.9).profile(recording: Self.half, steps: 30_000)
    #expect(relativeError(profile) > 0.4)
    #expect(chiSquared(profile) > 100 * Double(profile.count))
    // The strong inhibition of near neighbours is hardly seen.
    for point in profile where point.distance <= 4 {
      #expect(point.truth < -0.5 && point.estimate > 0.5 * point.truth)
      #expect(point.deviation > 10 * point.error, "distance \(point.distance)")
    }
    // Beyond the reach of the synapses, which inhibit, there is excitation.
    let far = profile.filter { 20...24 ~= $0.distance }
    let mean = far.reduce(0) { $0 + $1.estimate } / 3
    let error = far.reduce(0) { $0 + $1.error * $1.error }.squareRoot() / 3
    #expect(far.count == 3 && far.allSatisfy { $0.truth < 0 && $0.truth > -0.2 })
    #expect(mean > 3 * error)
  }

  @Test func `half of a weakly coupled ring shows its synapses within their errors`() async throws {
    let profile = try await Ring(gain: 0.1).profile(recording: Self.half, steps: 40_000)
    #expect(
      SpecialFunctions.chiSquaredTail(chiSquared(profile), degrees: Double(profile.count)) > 0.001)
    #expect(relativeError(profile) < 0.25)
  }

  @Test func `all of a strongly coupled ring shows its synapses`() async throws {
    let ring = try Ring(gain: 0.9)
    let spikes = try await Simulator(ring.model).run([ring.network], steps: 40_000, seed: 1)
    let targets = [0, 10, 20, 30, 40, 50]
    let fit = try await RecoveryExperiment(ring.model).fitter(of: ring.network).fit(
      spikes, neurons: targets)
    // Near neighbours, whose inhibition half of the ring does not show. A finite recording makes
    // estimates of a rectifier's weights a tenth too large.
    for distance in 1...8 {
      let estimates = targets.flatMap { target in
        [target + distance, target + Ring.neurons - distance].map { source in
          fit.weights(from: source % Ring.neurons, to: target)[0]
        }
      }
      let truth = ring.model.r * Double(ring.network[0, distance])
      let (mean, error) = meanAndError(estimates)
      #expect(abs(mean / truth - 1) < 0.15 + 3 * error / abs(truth), "distance \(distance)")
    }
  }
}
