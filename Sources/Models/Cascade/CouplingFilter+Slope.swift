internal import SpikingFramework

extension CouplingFilter {
  /// The derivative of a scaled filter with respect to a parameter, itself a filter, as a drive is
  /// linear in the weights of its filters; nil where the parameter has nothing to do with it.
  init?<Model: CascadeModel>(slopeOf step: ParameterStep<Model>) {
    let (below, above) = (step.lower, step.upper)
    let (lower, upper) = (
      CouplingFilter(below.coupling, dt: below.dt), CouplingFilter(above.coupling, dt: above.dt)
    )
    if let minuend = upper.recursions, let subtrahend = lower.recursions {
      let terms =
        minuend == subtrahend
        ? Self.scaled(minuend, (above.synapticScale - below.synapticScale) / step.width)
        : Self.scaled(minuend, above.synapticScale / step.width)
          + Self.scaled(subtrahend, -below.synapticScale / step.width)
      if terms.isEmpty { return nil }
      self = .sum(terms)
    } else {
      let taps = step.slopes { model in
        model.coupling.taps(dt: model.dt).map { model.synapticScale * $0 }
      }
      if taps.isEmpty { return nil }
      self = .taps(taps)
    }
  }

  private var recursions: [ExponentialRecursion]? {
    switch self {
    case .exponential(let term): [term.recursion]
    case .sum(let terms): terms.map(\.recursion)
    case .taps: nil
    }
  }

  private static func scaled(_ recursions: [ExponentialRecursion], _ factor: Double) -> [Term] {
    if factor == 0 { return [] }
    return recursions.map { recursion in
      var recursion = recursion
      recursion.gain *= factor
      return Term(recursion)
    }
  }
}
