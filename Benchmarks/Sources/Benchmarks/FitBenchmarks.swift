import Foundation
import Spiking

/// A recording of the size of a morning: 25 units, 329 101 bins, twelve functions of a stimulus over half a
/// second, six of every unit's spikes over a tenth.
func measureLongFilters() async throws -> Section {
  var model = ReferenceNetwork.poisson
  model.b = 0
  let spikes = try await Simulator(model).run(
    [try ReferenceNetwork.network(neurons: 25, fanOut: 6)], steps: 329_101, seed: 1)
  var stream = RandomSource(seed: 3)["stimulus"].stream()
  let signal = (0..<spikes.binCount).map { _ in stream.normal() }
  var fitter = CoupledFitter(coupling: RaisedCosineLogBasis(count: 6, window: 100))
  let feature = try BasisMatrix(RaisedCosineLogBasis(count: 12, window: 500))
  var measurements: [Measurement] = []
  for (name, basis) in [
    ("500 bins", feature), ("1 bin", try BasisMatrix(IdentityBasis(window: 1))),
  ] {
    fitter.stimuli = [StimulusCovariate("signal", values: signal, basis: basis)]
    Machine.forgetPeakMemory()
    let run = fitter
    let time = try await seconds { _ = try await run.fit(spikes, execution: .init(threads: 1)) }
    measurements.append(Measurement(name: "a filter of \(name)", value: time, unit: "seconds"))
    if let peak = Machine.peakMemory {
      measurements.append(
        Measurement(name: "a filter of \(name)", value: peak / 1e6, unit: "MB at the peak"))
    }
  }
  return Section(
    name: "long-filters", title: "25 units, 329 101 bins and a stimulus, on one thread",
    measurements: measurements)
}

/// Fits of coupled models to simulated spikes: time, evaluations of the likelihood, and memory.
func measureFits() async throws -> Section {
  var measurements: [Measurement] = []
  // 10 Hz.
  var model = ReferenceNetwork.poisson
  model.b = 0
  for size in [(neurons: 20, bins: 50_000), (neurons: 100, bins: 1_000_000)] {
    let spikes = try await Simulator(model).run(
      [try ReferenceNetwork.network(neurons: size.neurons, fanOut: size.neurons / 4)],
      steps: size.bins, seed: 1)
    let basis = RaisedCosineLogBasis(count: 5, window: 20)
    var fitter = CoupledFitter(coupling: basis)
    fitter.penalty.ridge = 1e-4
    for threads in [1, 2] {
      var fit: CoupledFit?
      let time = try await seconds {
        fit = try await fitter.fit(spikes, execution: .init(threads: threads))
      }
      guard let fit else { continue }
      let certificates = fit.neurons.map(\.certificate)
      let name = "\(size.neurons) neurons, \(size.bins) bins, \(threads) threads"
      let evaluations = certificates.reduce(0) { $0 + $1.evaluations }
      let iterations = certificates.reduce(0) { $0 + $1.iterations }
      func add(_ value: Double, _ unit: String) {
        measurements.append(Measurement(name: name, value: value, unit: unit))
      }
      add(Double(spikes.spikeCount) / Double(size.neurons) / spikes.duration * 1000, "Hz")
      add(Double(fit.neurons[0].columns.count), "coefficients")
      add(time, "seconds")
      add(Double(iterations) / Double(size.neurons), "iterations")
      add(certificates.map { Double($0.iterations) }.max() ?? 0, "at most")
      add(time / Double(evaluations) * 1e3, "ms an evaluation")
      add(certificates.map(\.gradientNorm).max() ?? 0, "gradient")
      add(Double(certificates.count { !$0.hasConverged }), "not converged")
      if let peak = Machine.peakMemory { add(peak / 1e6, "MB at the peak") }
    }
  }
  return Section(name: "fits", title: "Coupled models fitted to spikes", measurements: measurements)
}
