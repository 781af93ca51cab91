internal import SpikingFramework

/// A Python dictionary as it stands in the header of a `.npy` file, its values still as text:
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct PythonDictionary {
  private(set) var fields: [String: String] = [:]

  /// - Throws: `invalidData` where `text` is nothing of the kind.
  init(_ text: String) throws(SpikingError) {
    let body = text[...].trimmed
    var isWhole =
      body.utf8.count >= 2 && body.utf8.first == UInt8(ascii: "{")
      && body.utf8.last == UInt8(ascii: "}")
    for item in Self.split(body.dropFirst().dropLast(), at: ",") where isWhole {
      let parts = Self.split(item, at: ":").map(\.trimmed)
      if parts == [""] { continue }
      isWhole = parts.count == 2 && parts[0].utf8.count > 2 && "'\"".contains(parts[0].prefix(1))
      if isWhole { fields[String(parts[0].dropFirst().dropLast())] = String(parts[1]) }
    }
    guard isWhole else {
      throw SpikingError(
        .invalidData, "header", found: String(body.prefix(80)).debugDescription,
        expected: "a Python dictionary")
    }
  }

  /// The parts between separators that stand outside of brackets and quotes.
  private static func split(_ text: Substring, at separator: Unicode.Scalar) -> [Substring] {
    var (parts, start): ([Substring], Substring.Index) = ([], text.startIndex)
    var depth = 0
    var quote: UInt8?
    // By bytes: what separates is ASCII, and archives can have many headers.
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch Unicode.Scalar(byte) {
      case "'", "\"": quote = byte
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case separator where depth == 0:
        parts.append(text[start..<index])
        start = text.utf8.index(after: index)
      default: break
      }
    }
    return parts + [text[start...]]
  }
}
