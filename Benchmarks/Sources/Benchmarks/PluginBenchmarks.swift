import Foundation
import Spiking

/// A plugin's nonlinearity as one scalar function: everything else comes from the protocol.
struct ScalarQuadratic: Nonlinearity {
  var gain = 0.01
  mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("gain", &gain, in: .nonnegative)
  }
  func rate(at drive: Double) -> Double { drive <= 0 ? 0 : gain * drive * drive }
}

/// The built-in exponential as a plugin would write it, as one scalar function: inlined into the
/// protocol's loops, which become vector code.
struct ScalarExponential: Nonlinearity {
  mutating func visitParameters(_ visit: inout some ParameterVisitor) {}
  func rate(at drive: Double) -> Double { 0.01 * Elementary.exponential(drive) }
}

/// The same with the C library's exponential, a call for each neuron.
struct LibraryExponential: Nonlinearity {
  mutating func visitParameters(_ visit: inout some ParameterVisitor) {}
  func rate(at drive: Double) -> Double { 0.01 * exp(drive) }
}

/// The same with the batch forms of `Elementary`.
struct SpanExponential: Nonlinearity {
  mutating func visitParameters(_ visit: inout some ParameterVisitor) {}
  func rate(at drive: Double) -> Double { 0.01 * Elementary.exponential(drive) }
  func rates(at drives: Span<Double>, into rates: inout MutableSpan<Double>) {
    Elementary.exponentials(of: drives, scale: 0.01, into: &rates)
  }
  func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
    Elementary.exponentialBounds(of: drives, scale: 0.01, into: &bounds)
  }
}

/// `PoissonGLM` with another nonlinearity.
struct PluginModel<InverseLink: Nonlinearity>: CascadeModel {
  var dt = 1.0
  var nonlinearity: InverseLink
  let emission = PoissonEmission()
  let coupling = ExponentialFilter(decayRate: 0.2, window: 20)
  let baseline: Double
  mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("dt", &dt, in: .positive)
  }
}

/// Nonlinearities written outside the package in the simulator against the built-in, all at 10 Hz
/// without input.
func measurePlugins() async throws -> [Measurement] {
  let (neurons, steps) = (500, 10_000)
  let networks = try NormalGenerator(
    neurons: neurons, std: 1, sparsity: 0.9, glorot: true
  ).networks(count: 1, seed: 0)
  func nanoseconds(_ model: some SpikingModel) async throws -> Double {
    let seconds = try await medianSeconds {
      _ = try await Simulator(model).run(
        networks, steps: steps, seed: 0, execution: .init(threads: 1))
    }
    return seconds / Double(neurons * steps) * 1e9
  }
  let builtIn = try await nanoseconds(PoissonGLM())
  var results = [
    Measurement(name: "built-in exponential", value: builtIn, unit: "ns a neuron-step")
  ]
  for (name, value) in [
    (
      "plugin, scalar exponential",
      try await nanoseconds(PluginModel(nonlinearity: ScalarExponential(), baseline: 0))
    ),
    (
      "plugin, scalar exponential of the C library",
      try await nanoseconds(PluginModel(nonlinearity: LibraryExponential(), baseline: 0))
    ),
    (
      "plugin, exponential over spans",
      try await nanoseconds(PluginModel(nonlinearity: SpanExponential(), baseline: 0))
    ),
    (
      "plugin, scalar quadratic",
      try await nanoseconds(PluginModel(nonlinearity: ScalarQuadratic(), baseline: 1))
    ),
  ] {
    results += [
      Measurement(name: name, value: value, unit: "ns a neuron-step"),
      Measurement(name: name, value: builtIn / value, unit: "of the built-in's speed"),
    ]
  }
  return results
}
