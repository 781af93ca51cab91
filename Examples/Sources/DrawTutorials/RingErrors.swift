import Foundation
import Spiking

/// A Mexican-hat ring whose couplings are fitted from all of its neurons or from every second one: the
/// weights found by distance, beside the true ones. (Das and Fiete 2020, Nat Neurosci 23:1286.)
struct RingErrors {
  /// The estimates of all pairs at a distance, in units of the largest true weight.
  struct Point {
    let distance: Int
    let estimate: Double
    let error: Double
    let truth: Double
  }

  static let neurons = 60
  let model: RectifiedLNP
  let network: Connectivity

  /// - Parameter gain: the factor with which the deviation from the uniform state that grows best returns
  ///   to itself, r Σ_k e^{−k/τ} λ_max(W); at 1 a pattern forms by itself.
  init(gain: Double) throws {
    let network = try MexicanHatGenerator(neurons: Self.neurons).network(0, seed: 0)
    // The eigenvalues of a symmetric circulant matrix are the Fourier transform of a row.
    let eigenvalues = (1...Self.neurons / 2).map { wave in
      (0..<Self.neurons).reduce(0) { sum, distance in
        sum + Double(network[0, distance])
          * cos(2 * Double.pi * Double(wave * distance) / Double(Self.neurons))
      }
    }
    var model = RectifiedLNP()
    (model.lambda0, model.theta, model.b) = (1, 0, 0.1)
    (model.dt, model.tau, model.couplingWindow) = (1, 5, 20)
    model.r = gain / (model.coupling.taps(dt: 1).reduce(0, +) * (eigenvalues.max() ?? 1))
    self.model = model
    self.network = network
  }

  /// The weights found from some of the neurons.
  func profile(recording recorded: [Int], steps: Int) async throws -> [Point] {
    let found = try await RecoveryExperiment(model, recordedNeurons: recorded).run(
      [network], lengths: [steps], seed: 1)[0][0]
    var estimates: [Int: [Double]] = [:]
    for pair in found.pairs {
      let apart = abs(recorded[pair / found.neuronCount] - recorded[pair % found.neuronCount])
      estimates[min(apart, Self.neurons - apart), default: []].append(found.estimates[pair])
    }
    let truths = (0..<Self.neurons).map { model.r * Double(network[0, $0]) }
    let largest = truths.map(abs).max() ?? 1
    return estimates.sorted { $0.key < $1.key }.map { distance, values in
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
      return Point(
        distance: distance, estimate: mean / largest, error: (variance / n).squareRoot() / largest,
        truth: truths[distance] / largest)
    }
  }
}

/// The weights by distance on the ring.
struct RingErrorsFigure: Figure {
  let curves: [(name: String, points: [RingErrors.Point])]
  let name = "recovery-ring"

  /// From all neurons, and from half of them at several strengths of the coupling.
  static func measured(steps: Int = 100_000) async throws -> RingErrorsFigure {
    let all = Array(0..<RingErrors.neurons)
    let half = all.filter { $0.isMultiple(of: 2) }
    let settings = [
      ("all neurons, gain 0.9", 0.9, all), ("every second, gain 0.1", 0.1, half),
      ("every second, gain 0.5", 0.5, half), ("every second, gain 0.9", 0.9, half),
    ]
    var curves: [(String, [RingErrors.Point])] = []
    for (name, gain, recorded) in settings {
      curves.append(
        (name, try await RingErrors(gain: gain).profile(recording: recorded, steps: steps)))
    }
    return RingErrorsFigure(curves: curves)
  }

  var plot: Plot {
    var plot = Plot(
      title: "What hidden neurons do to estimated weights",
      subtitle: "Mean over all pairs at a distance, with 95 % intervals",
      xAxis: Axis("Distance on the ring (neurons)", 0...Double(RingErrors.neurons / 2)),
      yAxis: Axis("Weight / largest true weight", -1.3...0.4))
    plot.layers = [
      Layer(
        .lines([[Point(0, 0), Point(30, 0)]], width: 2, isDashed: false), color: .neutral)
    ]
    if let truth = curves.first?.points {
      plot.layers.append(
        Layer(
          .lines([truth.map { Point(Double($0.distance), $0.truth) }], width: 5, isDashed: true),
          color: .ink, name: "truth"))
    }
    for (index, curve) in curves.enumerated() {
      let color = Color.series(index)
      let bars = curve.points.map { point in
        let x = Double(point.distance)
        return [
          Point(x, max(-1.3, point.estimate - 1.96 * point.error)),
          Point(x, min(0.4, point.estimate + 1.96 * point.error)),
        ]
      }
      plot.layers.append(Layer(.lines(bars, width: 3, isDashed: false), color: color.opacity(0.5)))
      let line = curve.points.map { Point(Double($0.distance), $0.estimate) }
      plot.layers.append(
        Layer(.lines([line], width: 5, isDashed: false), color: color, name: curve.name))
    }
    return plot
  }
}
