/// The values that a parameter may take: an interval, open or closed at either end, of the reals,
/// of the integers, or of the two truth values.
public struct ParameterDomain: Hashable, Sendable {
  /// What kind of number the parameter is.
  public enum Kind: String, Codable, Hashable, Sendable {
    /// A real number.
    case real
    /// A real number or infinity.
    case time
    /// A whole number.
    case integer
    /// True or false, as 1 or 0.
    case flag
  }

  /// What kind of number the parameter is.
  public let kind: Kind
  /// The lower end; `-.infinity` where there is none.
  public let lower: Double
  /// The upper end; `.infinity` where there is none.
  public let upper: Double
  /// Whether `lower` itself is outside.
  public let isLowerOpen: Bool
  /// Whether `upper` itself is outside.
  public let isUpperOpen: Bool
  /// In what the parameter is measured.
  public let unit: ParameterUnit

  /// An interval of numbers of a kind; the ends belong to it unless they are open. Times are in ms unless another
  /// unit is given, all else has none.
  public init(
    _ kind: Kind, _ lower: Double, _ upper: Double, lowerOpen: Bool = false,
    upperOpen: Bool = false, unit: ParameterUnit? = nil
  ) {
    self.kind = kind
    self.lower = lower
    self.upper = upper
    isLowerOpen = lowerOpen
    isUpperOpen = upperOpen
    self.unit = unit ?? (kind == .time ? .milliseconds : .none)
  }

  /// The same values, measured in another unit.
  public func measured(in unit: ParameterUnit) -> ParameterDomain {
    ParameterDomain(
      kind, lower, upper, lowerOpen: isLowerOpen, upperOpen: isUpperOpen, unit: unit)
  }

  /// Any finite real number.
  public static let real = ParameterDomain(.real, -.infinity, .infinity)
  /// A finite real number above zero.
  public static let positive = ParameterDomain(.real, 0, .infinity, lowerOpen: true)
  /// A finite real number, zero or above.
  public static let nonnegative = ParameterDomain(.real, 0, .infinity)
  /// A probability or fraction, from 0 to 1.
  public static let fraction = ParameterDomain(.real, 0, 1)
  /// A count, zero or above.
  public static let count = ParameterDomain(.integer, 0, 0x1p53)
  /// A count of at least one.
  public static let positiveCount = ParameterDomain(.integer, 1, 0x1p53)
  /// A number of neurons that one network can have.
  public static let neuronCount = ParameterDomain(
    .integer, 1, Double(Connectivity.maximumNeuronCount))
  /// The length of a filter in bins, up to 100 000: a network keeps that many bins of input.
  public static let filterWindow = ParameterDomain(.integer, 0, 100_000, unit: .bins)
  /// True or false.
  public static let flag = ParameterDomain(.flag, 0, 1)

  /// A time in ms after which something ends; infinite where it never does.
  public static let endTime = ParameterDomain(.time, -.infinity, .infinity)

  /// A real number of a closed interval.
  public static func within(_ range: ClosedRange<Double>) -> ParameterDomain {
    ParameterDomain(.real, range.lowerBound, range.upperBound)
  }

  /// A real number above zero and at most `limit`.
  public static func positive(upTo limit: Double) -> ParameterDomain {
    ParameterDomain(.real, 0, limit, lowerOpen: true)
  }

  /// Whether `value` is in the domain. NaN never is, infinity only among times.
  public func contains(_ value: Double) -> Bool {
    guard value.isFinite || kind == .time, isLowerOpen ? value > lower : value >= lower,
      isUpperOpen ? value < upper : value <= upper
    else { return false }
    return kind == .real || kind == .time || value == value.rounded()
  }
}

extension ParameterDomain: CustomStringConvertible {
  /// The domain in words, as it stands in error messages: "a whole number ≥ 1", "a finite number > 0 ms".
  public var description: String {
    let noun =
      switch kind {
      case .real: "a finite number"
      case .time: "a time"
      case .integer: "a whole number"
      case .flag: "true or false"
      }
    guard kind != .flag else { return noun }
    var bounds: [String] = []
    if lower > -.infinity { bounds.append("\(isLowerOpen ? ">" : "≥") \(brief(lower))") }
    if upper < (kind == .integer ? 0x1p53 : .infinity) {
      bounds.append("\(isUpperOpen ? "<" : "≤") \(brief(upper))")
    }
    let interval = bounds.joined(separator: " and ")
    return [noun, bounds.isEmpty && unit != .none ? "in" : interval, unit.rawValue]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// An end at infinity, which JSON has no number for, is left out, as is the unit of what has none.
extension ParameterDomain: Codable {
  private enum CodingKeys: CodingKey { case kind, lower, upper, isLowerOpen, isUpperOpen, unit }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try fields.decode(Kind.self, forKey: .kind),
      try fields.decodeIfPresent(Double.self, forKey: .lower) ?? -.infinity,
      try fields.decodeIfPresent(Double.self, forKey: .upper) ?? .infinity,
      lowerOpen: try fields.decode(Bool.self, forKey: .isLowerOpen),
      upperOpen: try fields.decode(Bool.self, forKey: .isUpperOpen),
      unit: try fields.decodeIfPresent(ParameterUnit.self, forKey: .unit))
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(kind, forKey: .kind)
    if lower.isFinite { try fields.encode(lower, forKey: .lower) }
    if upper.isFinite { try fields.encode(upper, forKey: .upper) }
    try fields.encode(isLowerOpen, forKey: .isLowerOpen)
    try fields.encode(isUpperOpen, forKey: .isUpperOpen)
    if unit != .none { try fields.encode(unit, forKey: .unit) }
  }
}
