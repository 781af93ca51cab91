internal import SpikingFramework
internal import SpikingNumerics

/// The search for a maximum of the likelihood: rounds of a minimizer, each in coordinates in which the
/// information where it begins is the unit matrix, as far as it is a matrix of a maximum.
struct LikelihoodSearch<Model: LikelihoodModel> {
  let fitter: ModelFitter
  var function: LikelihoodFunction<Model>
  private let report: (@Sendable (Int, Double) -> Void)?

  /// What was found.
  struct Maximum {
    let values: [Double]
    let covariance: [[Double]]
    let initialLogLikelihood: Double
    let logLikelihood: Double
    let gradientNorm: Double
    let iterations: Int
    let reason: StopReason
  }

  init(
    _ fitter: ModelFitter, _ function: LikelihoodFunction<Model>,
    report: (@Sendable (Int, Double) -> Void)?
  ) {
    self.fitter = fitter
    self.function = function
    self.report = report
  }

  var evaluations: Int { function.evaluations }

  /// The most steps of a gradient method before the coordinates are chosen again: what they are worth
  /// depends on how near the maximum is.
  private static var stepsOfRound: Int { 15 }

  mutating func maximum() async throws -> Maximum {
    var position = function.start
    var value = try await function.evaluate([position])[0]
    if let fault = value.fault { throw fault.error }
    let initialLogLikelihood = value.logLikelihood
    var frame = try await frame(at: position)
    try checkEffects(at: position, value.gradient, frame.information)
    var iterations = 0
    var reason = StopReason.gradient
    var norm = frame.norm(of: value.gradient)
    var round = 0
    while norm > fitter.tolerance {
      // Far from the maximum the coordinates are rough, and so is the first round.
      let tolerance = round == 0 ? max(0.1, fitter.tolerance) : fitter.tolerance / 2
      let left = fitter.maximumIterations - iterations
      let step = try await minimize(
        from: position, frame, tolerance: tolerance,
        maximumIterations: fitter.method.usesGradients ? min(left, Self.stepsOfRound) : left)
      iterations += step.iterations
      reason = step.reason
      round += 1
      let next = try await function.evaluate([step.position])[0]
      guard next.fault == nil else { break }
      (position, value) = (step.position, next)
      frame = try await self.frame(at: position)
      let previous = norm
      norm = frame.norm(of: value.gradient)
      if iterations >= fitter.maximumIterations {
        if norm > fitter.tolerance { reason = .maximumIterations }
        break
      }
      if round > 2, norm > 0.5 * previous, reason != .maximumIterations { break }
    }
    if norm <= fitter.tolerance { reason = .gradient }
    let information = try await function.information(at: position, ofValues: true)
    let covariance = try ParameterCovariance.inverse(
      of: information, names: function.parameters.names, isMaximum: norm <= 0.01, reason: reason)
    try checkBounds(at: position, value.gradient, covariance)
    return Maximum(
      values: function.values(at: position), covariance: covariance,
      initialLogLikelihood: initialLogLikelihood, logLikelihood: value.logLikelihood,
      gradientNorm: norm, iterations: iterations, reason: reason)
  }

  /// Coordinates for a search from here, and steps for differences: a thousandth of what the
  /// curvature says to be a standard error.
  private mutating func frame(at position: [Double]) async throws -> SearchFrame {
    let information = try await function.information(at: position, ofValues: false)
    let sizes = function.sizes(at: position)
    let frame = SearchFrame(
      information, sizes: sizes, areBounded: function.parameters.coordinates.map(\.isBounded))
    function.steps = frame.scales.map { 1e-3 * $0 }
    return frame
  }

  /// Minus the log-likelihood, for a minimizer; infinite where the parameters are not allowed.
  mutating func loss(at position: [Double]) async throws -> (loss: Double, gradient: [Double]) {
    let nowhere = (loss: Double.infinity, gradient: [Double](repeating: 0, count: position.count))
    do {
      let value = try await function.evaluate([position])[0]
      report?(function.evaluations, value.logLikelihood)
      guard value.fault == nil, value.gradient.allSatisfy(\.isFinite) else { return nowhere }
      return (-value.logLikelihood, value.gradient.map { -$0 })
    } catch let error as SpikingError where error.code == .invalidParameter { return nowhere }
  }

  /// The same without its derivatives.
  mutating func plainLoss(at position: [Double]) async throws -> Double {
    do {
      let value = try await function.logLikelihood(at: position)
      report?(function.evaluations, value)
      return -value
    } catch let error as SpikingError where error.code == .invalidParameter { return .infinity }
  }

  /// Throws where the likelihood at the start does not depend on a parameter.
  private func checkEffects(
    at position: [Double], _ gradient: [Double], _ information: SymmetricMatrix
  ) throws(SpikingError) {
    let sizes = function.sizes(at: position)
    let without = gradient.indices.filter {
      abs(gradient[$0]) * sizes[$0] + abs(information[$0, $0]) * sizes[$0] * sizes[$0] < 1e-6
    }
    if without.isEmpty { return }
    let names = without.map { function.parameters.names[$0] }
    throw SpikingError(
      .invalidParameter, "parameters: \(listed(names))",
      "no effect on the likelihood of these spikes")
  }

  /// Throws where the likelihood still grows towards a bound.
  private func checkBounds(
    at position: [Double], _ gradient: [Double], _ covariance: [[Double]]
  ) throws(SpikingError) {
    for (index, coordinate) in function.parameters.coordinates.enumerated()
    where coordinate.isBounded {
      // In standard errors of the value itself; at a maximum between the bounds it vanishes.
      let slope = gradient[index] / coordinate.slope(at: position[index])
      guard abs(slope) * covariance[index][index].squareRoot() > 0.1 else { continue }
      throw SpikingError(
        .invalidParameter, "parameters: \(function.parameters.names[index])",
        found:
          "a likelihood that is largest at a bound, near \(coordinate.value(at: position[index]))",
        expected: "a maximum between the bounds")
    }
  }
}

/// Some names in a message; not all of very many.
func listed(_ names: [String]) -> String {
  names.count <= 8
    ? names.joined(separator: ", ")
    : names[..<8].joined(separator: ", ") + " and \(names.count - 8) more"
}
