public import SpikingFramework

/// A condition on the columns of a table: `location == ADN and (quality == good or snr >= 4)`.
///
/// Columns are compared by `==`, `!=`, `<`, `<=`, `>`, `>=` with a number, a text or `true` and `false`; `in` asks for one of
/// several values, `group in (ADN, PoS)`; a column of truth values may stand alone. Comparisons are joined by `and`,
/// `or` and `not`, of which `not` binds most and `or` least, and by parentheses. Texts need quotes where they hold
/// anything but letters, digits, and the characters `_`, `-`, `.`, `/`, `+`, `:` and `#`; names of columns that do stand between backquotes.
/// What is not a number (NaN) satisfies no comparison but `!=`.
public struct Condition: Hashable, Sendable {
  indirect enum Expression: Hashable, Sendable {
    case comparison(column: String, Operator, [Value])
    case column(String)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
  }

  enum Operator: String, Hashable, Sendable, CaseIterable {
    case equal = "=="
    case different = "!="
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
    case among = "in"
  }

  /// A value that a column is compared with: as it is written, and as a number where it is one.
  struct Value: Hashable, Sendable {
    let text: String
    let number: Double?
  }

  /// The condition as it was written.
  public let text: String
  let expression: Expression

  /// - Throws: `invalidParameter` where the text is no condition, with the place where it ends to be one.
  public init(_ text: String) throws(SpikingError) {
    self.text = text
    expression = try ConditionParser.expression(text)
  }
}

extension Condition: CustomStringConvertible {
  /// The condition as it was written.
  public var description: String { text }
}
