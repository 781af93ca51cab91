internal import Foundation
internal import SpikingFramework

/// The object of a JSON file, whose values are asked for by key; wrong ones are errors that name
/// it.
struct JSONDocument {
  private let fields: [String: Any]

  /// - Throws: `invalidData` where `file` is not a JSON object, with the line where that is known.
  init(_ file: Data) throws(SpikingError) {
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: file, options: .fragmentsAllowed)
    } catch {
      throw Self.syntaxError(error, in: file)
    }
    guard let fields = value as? [String: Any] else {
      throw SpikingError(
        .invalidData, "JSON", found: Self.text(value), expected: "an object, {…}")
    }
    self.fields = fields
  }

  var keys: [String] { fields.keys.sorted() }

  subscript(key: String) -> Any? { fields[key] }

  /// - Throws: `invalidData` where there are other keys.
  func allow(_ known: [String]) throws(SpikingError) {
    if let unknown = keys.first(where: { !known.contains($0) }) {
      throw SpikingError(
        .invalidData, unknown,
        "there is no such key, expected one of \(known.joined(separator: ", "))")
    }
  }

  func string(_ key: String) throws(SpikingError) -> String {
    guard let text = fields[key] as? String else {
      throw SpikingError(
        .invalidData, key, found: Self.text(fields[key]), expected: "a name in quotes")
    }
    return text
  }

  /// The numbers of an object, truth values as 0 and 1; no numbers where there is no such key.
  func numbers(_ key: String) throws(SpikingError) -> [String: Double] {
    guard let value = fields[key] else { return [:] }
    guard let object = value as? [String: Any] else {
      throw SpikingError(
        .invalidData, key, found: Self.text(value), expected: "an object of numbers")
    }
    var numbers: [String: Double] = [:]
    for name in object.keys.sorted() {
      guard let number = Self.number(object[name]) else {
        throw SpikingError(
          .invalidData, "\(key).\(name)", found: Self.text(object[name]),
          expected: "a number, true or false")
      }
      numbers[name] = number
    }
    return numbers
  }

  /// JSON has no infinite numbers; they are written in quotes.
  private static func number(_ value: Any?) -> Double? {
    switch value as? String {
    case "infinity": .infinity
    case "-infinity": -.infinity
    default: (value as? NSNumber)?.doubleValue
    }
  }

  /// The targets of a stimulus: a list, a list of lists, or the path of a mask, which is returned,
  /// too.
  func targets(
    _ key: String, folder: Substring
  ) throws(SpikingError) -> (StimulusTargets, TargetMask?) {
    if let path = fields[key] as? String {
      let mask = try TargetMask(
        NumPyArray(contentsOf: path.hasPrefix("/") ? path : folder + path))
      return (mask.targets, mask)
    }
    guard let list = fields[key] as? [Any] else {
      throw SpikingError(
        .invalidData, key, found: Self.text(fields[key]),
        expected: "a list of neurons, a list of lists, or the path of a boolean .npy file")
    }
    guard list.first is [Any] else { return (.everyNetwork(try Self.neurons(list, key)), nil) }
    var lists: [[Int]] = []
    for (network, value) in list.enumerated() {
      guard let list = value as? [Any] else {
        throw SpikingError(
          .invalidData, "\(key)[\(network)]", found: Self.text(value),
          expected: "a list of neurons, like the first")
      }
      lists.append(try Self.neurons(list, "\(key)[\(network)]"))
    }
    return (.perNetwork(lists), nil)
  }
}

extension JSONDocument {
  private static func neurons(_ list: [Any], _ key: String) throws(SpikingError) -> [Int] {
    var neurons: [Int] = []
    for (index, value) in list.enumerated() {
      guard !isBoolean(value), let number = value as? NSNumber,
        let neuron = Int(exactly: number.doubleValue), neuron >= 0
      else {
        throw SpikingError(
          .invalidData, "\(key)[\(index)]", found: text(value),
          expected: "the number of a neuron, from 0")
      }
      neurons.append(neuron)
    }
    return neurons
  }

  /// Foundation keeps truth values as numbers of the C type `char`, and no others.
  private static func isBoolean(_ value: Any) -> Bool {
    (value as? NSNumber).map { $0.objCType.pointee == CChar(UInt8(ascii: "c")) } ?? false
  }

  /// A value as it stood in the file, or nearly.
  private static func text(_ value: Any?) -> String {
    switch value {
    case nil: "nothing"
    case is NSNull: "null"
    case let text as String: text.debugDescription
    case is [String: Any]: "an object"
    case is [Any]: "a list"
    case let value? where isBoolean(value): (value as? Bool) == true ? "true" : "false"
    case let value?: "\(value)"
    }
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
