internal import Spiking

/// A column of a table: its name, and its values, as far as they are few or have a range.
struct ColumnSummary: Encodable {
  let name: String
  let description: String
  /// The different texts, in the order of their characters, where they are at most ten.
  var values: [String]?
  var minimum: Double?
  var maximum: Double?

  init(_ column: Column) {
    name = column.name
    description = column.description
    switch column.values {
    case .texts(let texts):
      let different = Set(texts)
      if different.count <= 10 { values = different.sorted() }
    case .flags(let flags): values = Set(flags).map(String.init).sorted()
    case .integers, .numbers:
      let numbers = (column.numbers ?? []).filter { $0.isFinite }
      (minimum, maximum) = (numbers.min(), numbers.max())
    }
  }

  /// "quality (good, mua)", "depth (120 to 480)".
  var text: String {
    if let values, !values.isEmpty {
      return "\(name) (\(values.map { $0.isEmpty ? "none" : $0 }.joined(separator: ", ")))"
    }
    if let minimum, let maximum {
      return "\(name) (\(significant(minimum)) to \(significant(maximum)))"
    }
    return name
  }
}
