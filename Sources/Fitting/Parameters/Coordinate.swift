internal import SpikingFramework
internal import SpikingNumerics

/// A parameter without its bounds: where it has some, a number that grows from −∞ to ∞ between them.
enum Coordinate: Sendable {
  /// v itself.
  case identity
  /// ln(v − lower).
  case above(Double)
  /// −ln(upper − v).
  case below(Double)
  /// ln((v − lower)/(upper − v)).
  case between(Double, Double)

  init(_ domain: ParameterDomain) {
    switch (domain.lower.isFinite, domain.upper.isFinite) {
    case (false, false): self = .identity
    case (true, false): self = .above(domain.lower)
    case (false, true): self = .below(domain.upper)
    case (true, true): self = .between(domain.lower, domain.upper)
    }
  }

  /// The coordinate of a value; not finite where the value is a bound.
  func position(of value: Double) -> Double {
    switch self {
    case .identity: value
    case .above(let lower): Elementary.logarithm(value - lower)
    case .below(let upper): -Elementary.logarithm(upper - value)
    case .between(let lower, let upper):
      Elementary.logarithm(value - lower) - Elementary.logarithm(upper - value)
    }
  }

  /// The value at a coordinate.
  func value(at position: Double) -> Double {
    switch self {
    case .identity: position
    case .above(let lower): lower + Elementary.exponential(position)
    case .below(let upper): upper - Elementary.exponential(-position)
    case .between(let lower, let upper): lower + (upper - lower) * Elementary.logistic(position)
    }
  }

  /// The derivative of the value.
  func slope(at position: Double) -> Double {
    switch self {
    case .identity: 1
    case .above: Elementary.exponential(position)
    case .below: Elementary.exponential(-position)
    case .between(let lower, let upper):
      (upper - lower) * Elementary.logistic(position) * Elementary.logistic(-position)
    }
  }

  /// The change that matters before anything is known of the likelihood: the value's own size where
  /// there is no bound, else as much as multiplies the distance from one by e.
  func size(at position: Double) -> Double {
    if case .identity = self, position != 0 { return abs(position) }
    return 1
  }

  /// Whether there is a bound.
  var isBounded: Bool {
    if case .identity = self { return false }
    return true
  }
}
