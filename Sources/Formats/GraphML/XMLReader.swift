internal import Foundation
internal import SpikingFramework

/// A text in XML as it is read from front to back, tag by tag.
///
/// It has no entities but the five of XML itself and those of characters, so that no text stands for a longer one and
/// no other file is opened; a document type that defines some is refused.
///
/// Foundation's XMLParser, libxml2, is as fast but ends with an internal error after 10 MB, 120 000 synapses, leaves out entities of the
/// file silently, says of a file that is cut off that all is well, and takes time that grows with the square of the attributes.
struct XMLReader {
  /// What comes next.
  enum Token: Equatable {
    /// A tag that opens an element; its name without prefix.
    case start(String, attributes: [String: String])
    /// A tag that closes an element; one that is empty closes as well.
    case end(String)
    /// Text between tags.
    case text(String)
  }

  private let bytes: [UInt8]
  private var position = 0
  /// The elements that are open.
  private var open: [String] = []
  /// Whether the tag before was that of an empty element.
  private var closes = false

  /// Elements of graphs are nested five deep.
  private static let maximumDepth = 64

  /// - Throws: `invalidData` of a text in another encoding than UTF-8.
  init(_ file: Data) throws(SpikingError) {
    bytes = [UInt8](file)
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      throw error(found: "UTF-16", expected: "UTF-8")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next tag or text; nil at the end.
  ///
  /// - Throws: `invalidData` naming the line.
  mutating func next() throws(SpikingError) -> Token? {
    if closes {
      closes = false
      return .end(open.removeLast())
    }
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") {
        let end = find([UInt8(ascii: "<")]) ?? bytes.count
        let text = try decoded(bytes[position..<end])
        position = end
        if text.contains(where: { !$0.isWhitespace }) { return .text(text) }
      } else if starts("<!--") {
        try skip(past: "-->")
      } else if starts("<![CDATA[") {
        let start = position + 9
        try skip(past: "]]>")
        return .text(String(decoding: bytes[start..<(position - 3)], as: UTF8.self))
      } else if starts("<?") {
        try skip(past: "?>")
      } else if starts("<!") {
        let start = position
        try skip(past: ">")
        if bytes[start..<position].contains(UInt8(ascii: "[")) {
          throw error(found: "a document type with definitions", expected: "none")
        }
      } else {
        return try tag()
      }
    }
    guard open.isEmpty else {
      throw error(found: "the end", expected: "</\(open[open.count - 1])>")
    }
    return nil
  }

  /// An error at the line that is being read.
  func error(found: some Any, expected: String) -> SpikingError {
    let line = bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
    return SpikingError(.invalidData, "line \(line)", found: found, expected: expected)
  }
}

extension XMLReader {
  private mutating func tag() throws(SpikingError) -> Token {
    position += 1
    let isEnd = position < bytes.count && bytes[position] == UInt8(ascii: "/")
    if isEnd { position += 1 }
    let name = try name()
    if isEnd {
      skipBlanks()
      guard take(">"), open.popLast() == name else {
        throw error(found: "</\(name)", expected: "the end of the element that is open")
      }
      return .end(name)
    }
    var attributes: [String: String] = [:]
    while true {
      skipBlanks()
      if take("/>") {
        closes = true
        break
      }
      if take(">") { break }
      let key = try self.name()
      skipBlanks()
      guard take("=") else { throw error(found: key, expected: "an attribute with a value") }
      skipBlanks()
      attributes[key] = try value()
    }
    guard open.count < Self.maximumDepth else {
      throw error(found: "more", expected: "at most \(Self.maximumDepth) elements in each other")
    }
    open.append(name)
    return .start(name, attributes: attributes)
  }

  /// A name, without the prefix of a namespace.
  private mutating func name() throws(SpikingError) -> String {
    let start = position
    while position < bytes.count, !isBlank(bytes[position]),
      !"<>/=\"'".utf8.contains(bytes[position])
    { position += 1 }
    guard position > start else { throw error(found: "a tag that is broken", expected: "a name") }
    let name = bytes[start..<position]
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    return String(decoding: local, as: UTF8.self)
  }

  private mutating func value() throws(SpikingError) -> String {
    guard position < bytes.count, "\"'".utf8.contains(bytes[position]) else {
      throw error(found: "an attribute without quotes", expected: "\"…\"")
    }
    let quote = bytes[position]
    position += 1
    guard let end = find([quote]) else { throw error(found: "the end", expected: "a quote") }
    defer { position = end + 1 }
    return try decoded(bytes[position..<end])
  }

  /// Text with its entities replaced.
  private func decoded(_ text: ArraySlice<UInt8>) throws(SpikingError) -> String {
    guard text.contains(UInt8(ascii: "&")) else { return String(decoding: text, as: UTF8.self) }
    var result: [UInt8] = []
    var rest = text
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += rest[..<start]
      // The longest is that of a character: #x10FFFF.
      guard let end = rest[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
        throw error(found: "&", expected: "&amp;")
      }
      let name = String(decoding: rest[(start + 1)..<end], as: UTF8.self)
      guard let character = Self.character(name) else {
        throw error(found: "&\(name);", expected: "&lt; &gt; &amp; &quot; &apos; or a character")
      }
      result += Array(String(character).utf8)
      rest = rest[(end + 1)...]
    }
    return String(decoding: result + rest, as: UTF8.self)
  }

  private static func character(_ name: String) -> Character? {
    switch name {
    case "lt": "<"
    case "gt": ">"
    case "amp": "&"
    case "quot": "\""
    case "apos": "'"
    default:
      if name.hasPrefix("#x") {
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map(Character.init)
      } else if name.hasPrefix("#") {
        UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init).map(Character.init)
      } else {
        nil
      }
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || 9...13 ~= byte }

  private mutating func skipBlanks() {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
  }

  private func starts(_ text: StaticString) -> Bool {
    let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return bytes[position...].starts(with: text)
  }

  private mutating func take(_ text: StaticString) -> Bool {
    guard starts(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  private mutating func skip(past text: String) throws(SpikingError) {
    guard let end = find(Array(text.utf8)) else { throw error(found: "the end", expected: text) }
    position = end + text.utf8.count
  }

  /// Where these bytes come next.
  private func find(_ text: [UInt8]) -> Int? {
    var place = position
    while let start = bytes[place...].firstIndex(of: text[0]) {
      if bytes[start...].starts(with: text) { return start }
      place = start + 1
    }
    return nil
  }
}
