/// Changes of texts in JSON and of tables: of their words and numbers.
enum TextMutations {
  private static let values = [
    "-1", "0", "-0.0", "1e999", "-1e308", "5e-324", "1e305", "0.5", "4294967296", "2147483648",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
    "1000000000", "nan", "inf", "null", "true", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[1, [2]]",
    "\"\\u001b[31m\\u0007\"", "\"a\\nb\"", "\"\\ud800\"", "\"/dev/zero\"", "\".\"", "\u{1B}[2J",
    "\u{7}",
    "é", String(repeating: "9", count: 400), String(repeating: "[", count: 3000),
  ]

  /// One change, of a kind drawn at random.
  static func change(_ bytes: inout [UInt8], other: [UInt8], _ random: inout Random) {
    let words = words(bytes)
    guard !words.isEmpty, random.below(5) > 0 else {
      return ByteMutations.change(&bytes, other: other, &random)
    }
    let word = random.element(words)
    switch random.below(4) {
    case 0: bytes.removeSubrange(word)
    case 1: bytes.replaceSubrange(word, with: bytes[random.element(words)])
    default: bytes.replaceSubrange(word, with: random.element(values).utf8)
    }
  }

  /// Numbers, names and texts in quotation marks.
  private static func words(_ bytes: [UInt8]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      let separates = " \t\r\n,:[]{};".utf8.contains(byte)
      if separates, let first = start {
        words.append(first..<index)
        start = nil
      } else if !separates, start == nil {
        start = index
      }
    }
    if let start { words.append(start..<bytes.count) }
    return words
  }
}
