internal import SpikingFramework

extension Condition {
  /// Whether it holds of each row.
  ///
  /// - Throws: `unknownName` for a column that there is not, `invalidParameter` where a column is
  ///   compared with a value of another type.
  func evaluated(on table: Table) throws(SpikingError) -> [Bool] {
    try evaluated(expression, on: table)
  }

  private func evaluated(
    _ expression: Expression, on table: Table
  ) throws(SpikingError) -> [Bool] {
    switch expression {
    case .not(let inner): return try evaluated(inner, on: table).map { !$0 }
    case .and(let left, let right):
      return zip(try evaluated(left, on: table), try evaluated(right, on: table))
        .map { $0 && $1 }
    case .or(let left, let right):
      return zip(try evaluated(left, on: table), try evaluated(right, on: table))
        .map { $0 || $1 }
    case .column(let name):
      let column = try column(name, of: table)
      guard case .flags(let flags) = column.values else {
        throw wrong(name, found: "no comparison", expected: "one, such as \(name) == …")
      }
      return flags
    case .comparison(let name, let comparison, let values):
      return try compared(try column(name, of: table), comparison, values)
    }
  }

  private func column(_ name: String, of table: Table) throws(SpikingError) -> Column {
    if let column = table[name] { return column }
    let names = table.columns.map { $0.name.escaped }
    throw SpikingError(
      .unknownName, "condition \(text.debugDescription)", found: "column \(name)",
      expected: names.isEmpty
        ? "none, as there are no columns"
        : "one of " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : ""))
  }

  private func compared(
    _ column: Column, _ comparison: Operator, _ values: [Value]
  ) throws(SpikingError) -> [Bool] {
    switch column.values {
    case .texts(let texts):
      let expected = values.map(\.text)
      switch comparison {
      case .equal, .among: return texts.map { expected.contains($0) }
      case .different: return texts.map { $0 != expected[0] }
      default:
        throw wrong(
          column.name, found: "\(comparison.rawValue) of texts", expected: "==, != or in")
      }
    case .flags(let flags):
      var expected: [Bool] = []
      for value in values {
        switch value.text.lowercased() {
        case "true", "1": expected.append(true)
        case "false", "0": expected.append(false)
        default:
          throw wrong(column.name, found: value.text.debugDescription, expected: "true or false")
        }
      }
      switch comparison {
      case .equal, .among: return flags.map { expected.contains($0) }
      case .different: return flags.map { $0 != expected[0] }
      default:
        throw wrong(
          column.name, found: "\(comparison.rawValue) of truth values", expected: "==, != or in")
      }
    case .integers(let integers):
      return try compared(integers.map(Double.init), column.name, comparison, values)
    case .numbers(let numbers):
      return try compared(numbers, column.name, comparison, values)
    }
  }

  private func compared(
    _ numbers: [Double], _ name: String, _ comparison: Operator, _ values: [Value]
  ) throws(SpikingError) -> [Bool] {
    var expected: [Double] = []
    for value in values {
      guard let number = value.number ?? Double(value.text) else {
        throw wrong(name, found: value.text.debugDescription, expected: "a number")
      }
      expected.append(number)
    }
    let first = expected[0]
    return numbers.map { number in
      switch comparison {
      case .equal, .among: expected.contains(number)
      case .different: number != first
      case .below: number < first
      case .atMost: number <= first
      case .above: number > first
      case .atLeast: number >= first
      }
    }
  }

  private func wrong(_ column: String, found: String, expected: String) -> SpikingError {
    SpikingError(
      .invalidParameter, "condition \(text.debugDescription), column \(column.escaped)",
      found: found, expected: expected)
  }
}
