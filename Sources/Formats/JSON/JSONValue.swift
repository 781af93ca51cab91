internal import Foundation
internal import SpikingFramework

/// A value of a JSON file.
enum JSONValue: Hashable, Sendable {
  case null
  case flag(Bool)
  /// A number; `whole` is the same exactly where it is a whole one of 64 bits, as a seed is.
  case number(Double, whole: UInt64?)
  case string(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// - Throws: `invalidData` where `file` is not JSON, with the line where that is known.
  init(_ file: Data) throws(SpikingError) {
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: file, options: .fragmentsAllowed)
    } catch {
      throw Self.syntaxError(error, in: file)
    }
    self.init(value)
  }

  private init(_ value: Any) {
    switch value {
    case let text as String: self = .string(text)
    case let fields as [String: Any]: self = .object(fields.mapValues { JSONValue($0) })
    case let list as [Any]: self = .list(list.map { JSONValue($0) })
    case let number as NSNumber:
      self =
        Self.isBoolean(number)
        ? .flag(number.boolValue) : .number(number.doubleValue, whole: value as? UInt64)
    default: self = .null
    }
  }

  /// The number, or an infinite one, which JSON does not have and which is written in quotes.
  var double: Double? {
    switch self {
    case .number(let number, _): number
    case .string("infinity"): .infinity
    case .string("-infinity"): -.infinity
    default: nil
    }
  }

  /// The value as it stood in the file, or nearly.
  var text: String {
    switch self {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .number(_, let whole?): "\(whole)"
    case .number(let number, _): Self.text(number)
    case .string(let text): text.debugDescription
    case .list: "a list"
    case .object: "an object"
    }
  }

  /// A number as JSON has it: whole ones without a point, infinite ones in quotes.
  static func text(_ number: Double) -> String {
    if number.isInfinite { return number < 0 ? "\"-infinity\"" : "\"infinity\"" }
    if number == 0, number.sign == .minus { return "-0.0" }
    return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
  }

  /// A string as JSON has it.
  static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    // A string can always be encoded.
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  /// Foundation keeps truth values as numbers of the C type `char`, and no others.
  private static func isBoolean(_ number: NSNumber) -> Bool {
    number.objCType.pointee == CChar(UInt8(ascii: "c"))
  }

  /// Foundation names the character; people count lines.
  private static func syntaxError(_ error: any Error, in file: Data) -> SpikingError {
    let found = (error as? CocoaError)?.userInfo[NSDebugDescriptionErrorKey] as? String
    let description = found ?? error.localizedDescription
    guard let character = description.firstMatch(of: /around character (\d+)/),
      let offset = Int(character.1)
    else { return SpikingError(.invalidData, "JSON", description) }
    let line = file.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
    return SpikingError(.invalidData, "JSON, line \(line)", description)
  }
}
