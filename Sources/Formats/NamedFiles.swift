internal import Foundation
internal import SpikingFiles

/// The files that a file names in turn.
package enum NamedFiles {
  /// The files that are there by the names in a file of JSON, such as the arrays of a stimulus; those that
  /// the JSON files among them name, too.
  ///
  /// - Complexity: O(bytes).
  package static func inJSON(_ path: String) -> [String] {
    var found: [String] = []
    collect(path, depth: 0, into: &found)
    return found
  }

  private static func collect(_ path: String, depth: Int, into found: inout [String]) {
    // A run names stimuli, which name arrays.
    guard depth < 3, Paths.pathExtension(path) == "json", let data = try? InputFile.read(path),
      let value = try? JSONValue(data)
    else { return }
    for name in strings(value) {
      let place = name.hasPrefix("/") ? name : Paths.folder(of: path) + name
      guard !name.isEmpty, !name.utf8.contains(0), (try? InputFile.check(place)) != nil else {
        continue
      }
      found.append(place)
      collect(place, depth: depth + 1, into: &found)
    }
  }

  private static func strings(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .list(let values): values.flatMap(strings)
    case .object(let fields): fields.values.flatMap(strings)
    default: []
    }
  }
}
