internal import SpikingFramework

/// A column of a table: a value for each row.
public struct Column: Hashable, Sendable {
  /// The values of a column, which are of one type.
  public enum Values: Hashable, Sendable {
    /// Whole numbers.
    case integers([Int])
    /// Real numbers; what is not known is not a number (NaN).
    case numbers([Double])
    /// Texts; what is not known is empty.
    case texts([String])
    /// Truth values.
    case flags([Bool])
  }

  /// What the column is called.
  public let name: String
  /// What it says, in a sentence; empty where nothing is known.
  public let description: String
  /// A value for each row.
  public let values: Values

  /// A column.
  public init(_ name: String, _ values: Values, description: String = "") {
    self.name = name
    self.values = values
    self.description = description
  }

  /// The number of rows.
  public var count: Int {
    switch values {
    case .integers(let values): values.count
    case .numbers(let values): values.count
    case .texts(let values): values.count
    case .flags(let values): values.count
    }
  }

  /// The numbers, truth values as 0 and 1; nil of texts.
  public var numbers: [Double]? {
    switch values {
    case .integers(let values): values.map(Double.init)
    case .numbers(let values): values
    case .texts: nil
    case .flags(let values): values.map { $0 ? 1 : 0 }
    }
  }

  /// The values as text, as a table in a file has them.
  public var texts: [String] {
    switch values {
    case .integers(let values): values.map { "\($0)" }
    case .numbers(let values): values.map { brief($0) }
    case .texts(let values): values
    case .flags(let values): values.map { "\($0)" }
    }
  }

  /// The column of some of the rows, in the order given.
  ///
  /// - Precondition: these are rows.
  func selecting(_ rows: [Int]) -> Column {
    let selected: Values =
      switch values {
      case .integers(let values): .integers(rows.map { values[$0] })
      case .numbers(let values): .numbers(rows.map { values[$0] })
      case .texts(let values): .texts(rows.map { values[$0] })
      case .flags(let values): .flags(rows.map { values[$0] })
      }
    return Column(name, selected, description: description)
  }
}
