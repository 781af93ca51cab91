internal import SpikingFramework

/// Reads a condition from left to right; each method takes what its name says.
struct ConditionParser {
  private enum Token: Hashable {
    case word(String)
    /// Between quotes: a value and never a word of the language.
    case quoted(String)
    /// Between backquotes: the name of a column.
    case name(String)
    case symbol(String)
  }

  private let text: String
  private var tokens: ArraySlice<Token>
  private var depth = 0
  /// Deeper than anybody writes, and far from the end of the stack.
  private static let maximumDepth = 100
  private static let maximumLength = 4096
  private static let words: Set<Character> = ["_", "-", ".", "/", "+", ":", "#"]

  static func expression(_ text: String) throws(SpikingError) -> Condition.Expression {
    var parser = try ConditionParser(text)
    let expression = try parser.disjunction()
    guard parser.tokens.isEmpty else { throw parser.error("and, or, or the end") }
    return expression
  }

  private init(_ text: String) throws(SpikingError) {
    self.text = text
    tokens = try Self.tokens(text)[...]
    // A long chain of comparisons is as deep as it is long.
    guard tokens.count <= Self.maximumLength else {
      throw Self.wrong(
        text, found: "\(tokens.count) words", expected: "at most \(Self.maximumLength)")
    }
  }

  private static func tokens(_ text: String) throws(SpikingError) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if "'\"`".contains(first) {
        let inner = rest.dropFirst()
        guard let end = inner.firstIndex(of: first) else {
          throw wrong(text, found: "\(rest)", expected: "\(first) at the end of what it begins")
        }
        let quoted = String(inner[..<end])
        tokens.append(first == "`" ? .name(quoted) : .quoted(quoted))
        rest = inner[inner.index(after: end)...]
      } else if first.isLetter || first.isNumber || words.contains(first) {
        let word = rest.prefix { $0.isLetter || $0.isNumber || words.contains($0) }
        tokens.append(.word(String(word)))
        rest = rest[word.endIndex...]
      } else if let symbol = ["==", "!=", "<=", ">=", "<", ">", "(", ")", ","]
        .first(where: { rest.hasPrefix($0) })
      {
        tokens.append(.symbol(symbol))
        rest = rest.dropFirst(symbol.count)
      } else {
        throw wrong(
          text, found: "\(rest)",
          expected: "a column, ==, !=, <, <=, >, >=, in, and, or, not, or a value")
      }
    }
    return tokens
  }

  private mutating func disjunction() throws(SpikingError) -> Condition.Expression {
    var expression = try conjunction()
    while take(.word("or")) { expression = .or(expression, try conjunction()) }
    return expression
  }

  private mutating func conjunction() throws(SpikingError) -> Condition.Expression {
    var expression = try negation()
    while take(.word("and")) { expression = .and(expression, try negation()) }
    return expression
  }

  private mutating func negation() throws(SpikingError) -> Condition.Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw error("fewer parentheses") }
    if take(.word("not")) { return .not(try negation()) }
    if take(.symbol("(")) {
      let expression = try disjunction()
      guard take(.symbol(")")) else { throw error(")") }
      return expression
    }
    return try comparison()
  }

  private mutating func comparison() throws(SpikingError) -> Condition.Expression {
    let column = try columnName()
    switch tokens.first {
    case .symbol(let symbol):
      guard let comparison = Condition.Operator(rawValue: symbol) else { return .column(column) }
      tokens.removeFirst()
      return .comparison(column: column, comparison, [try value()])
    case .word("in"):
      tokens.removeFirst()
      guard take(.symbol("(")) else { throw error("values in parentheses, such as (1, 2)") }
      var values = [try value()]
      while take(.symbol(",")) { values.append(try value()) }
      guard take(.symbol(")")) else { throw error(", or )") }
      return .comparison(column: column, .among, values)
    default: return .column(column)
    }
  }

  private mutating func columnName() throws(SpikingError) -> String {
    switch tokens.first {
    case .word(let name), .name(let name):
      tokens.removeFirst()
      return name
    default: throw error("the name of a column")
    }
  }

  private mutating func value() throws(SpikingError) -> Condition.Value {
    switch tokens.first {
    case .word(let text):
      tokens.removeFirst()
      return Condition.Value(text: text, number: Double(text))
    case .quoted(let text):
      tokens.removeFirst()
      return Condition.Value(text: text, number: nil)
    default: throw error("a value")
    }
  }

  private mutating func take(_ token: Token) -> Bool {
    guard tokens.first == token else { return false }
    tokens.removeFirst()
    return true
  }

  private func error(_ expected: String) -> SpikingError {
    let found =
      switch tokens.first {
      case .word(let text), .symbol(let text): text
      case .quoted(let text): "'\(text)'"
      case .name(let text): "`\(text)`"
      case nil: "the end"
      }
    return Self.wrong(text, found: found, expected: expected)
  }

  private static func wrong(_ text: String, found: String, expected: String) -> SpikingError {
    SpikingError(
      .invalidParameter, "condition \(text.shortened(to: 120).debugDescription)",
      found: found, expected: expected)
  }
}
