extension String {
  /// The text on one line, for terminals and messages: control characters and others that change how
  /// their neighbours look are written as in Swift source, so that nothing acts on a terminal.
  package var escaped: String {
    guard unicodeScalars.contains(where: \.isEscaped) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      result += scalar.isEscaped ? scalar.escape : String(scalar)
    }
    return result
  }

  /// The text without its middle where it is longer than `limit` characters.
  package func shortened(to limit: Int) -> String {
    // Only as much as matters is looked at: texts of files can have millions of characters.
    guard let end = index(startIndex, offsetBy: limit, limitedBy: endIndex), end != endIndex else {
      return self
    }
    return "\(prefix(limit / 2))…\(suffix(limit - limit / 2 - 1))"
  }
}

extension Unicode.Scalar {
  /// Control characters, separators of lines, and those that turn the direction of writing.
  fileprivate var isEscaped: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  fileprivate var escape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }
}
