/// In what a parameter is measured, as it is written behind numbers: "ms". What has no standard unit is given as text:
///
/// ```swift
/// visit("tau", &tau, in: .positive, unit: .milliseconds)
/// visit("leak", &leak, in: .real, unit: "mV")
/// ```
public struct ParameterUnit: RawRepresentable, Hashable, Sendable {
  /// The unit's symbol; empty where there is none.
  public let rawValue: String

  /// A unit of any symbol.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// No unit: what counts, multiplies or is a share, weights, and drives, which are what the nonlinearity takes them for.
  public static let none = ParameterUnit(rawValue: "")
  /// Times.
  public static let milliseconds: ParameterUnit = "ms"
  /// Numbers of time steps.
  public static let bins: ParameterUnit = "bins"
  /// Rates of what is measured.
  public static let hertz: ParameterUnit = "Hz"
  /// Rates of decays.
  public static let perMillisecond: ParameterUnit = "1/ms"
  /// Rates of neurons, as nonlinearities give them.
  public static let spikesPerMillisecond: ParameterUnit = "spikes/ms"
  /// Angles.
  public static let radians: ParameterUnit = "rad"
  /// Distances between neurons, in those of neighbours.
  public static let neurons: ParameterUnit = "neurons"
  /// How far spikes get.
  public static let neuronsPerBin: ParameterUnit = "neurons/bin"

  /// A value with its unit: "3 ms", "1 bin", "3" where there is none.
  public func text(_ value: Double) -> String {
    if self == .none { return brief(value) }
    let isSingular = value == 1 && (self == .bins || self == .neurons)
    return "\(brief(value)) \(isSingular ? rawValue.dropLast() : rawValue[...])"
  }
}

extension ParameterUnit: ExpressibleByStringLiteral {
  public init(stringLiteral symbol: String) { self.init(rawValue: symbol) }
}

extension ParameterUnit: CustomStringConvertible {
  /// The symbol.
  public var description: String { rawValue }
}

extension ParameterUnit: Codable {}

extension ParameterVisitor {
  /// A number that has a unit.
  @inlinable
  public mutating func callAsFunction(
    _ name: StaticString, _ value: inout Double, in domain: ParameterDomain, unit: ParameterUnit
  ) {
    self(name, &value, in: domain.measured(in: unit))
  }

  /// A list of numbers of one unit.
  @inlinable
  public mutating func callAsFunction(
    _ name: StaticString, _ values: inout [Double], in domain: ParameterDomain, unit: ParameterUnit
  ) {
    self(name, &values, in: domain.measured(in: unit))
  }

  /// A whole number that has a unit.
  @inlinable
  public mutating func callAsFunction(
    _ name: StaticString, _ value: inout Int, in domain: ParameterDomain = .count,
    unit: ParameterUnit
  ) {
    self(name, &value, in: domain.measured(in: unit))
  }
}
