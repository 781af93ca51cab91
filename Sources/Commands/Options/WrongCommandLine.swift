internal import Foundation
internal import Spiking

/// What is wrong with a command line that the argument parser has refused, in one line that begins with the
/// option.
struct WrongCommandLine {
  /// The words behind the name of the command.
  let arguments: [String]
  /// The command `spiking`.
  let command: CommandListing
  /// What the argument parser says.
  let message: String

  /// An unknown option or command comes first: it may be the misspelling of what else is missing.
  var description: String { unknownName ?? unreadableValue ?? message }

  /// The first unknown option or command.
  var unknownName: String? {
    var (command, path) = (command, [command.commandName])
    var words = arguments[...]
    while let word = words.popFirst(), word != "--" {
      let commands = command.subcommands ?? []
      // What follows are names of commands.
      if word == "help", path.count == 1 { continue }
      if let other = commands.first(where: { $0.commandName == word }) {
        (command, path) = (other, path + [word])
      } else if word.hasPrefix("-"), word.dropFirst().first?.isNumber == false {
        let name = String(word.prefix { $0 != "=" })
        let options = command.arguments ?? []
        guard let option = options.first(where: { $0.words.contains(name) }) else {
          if Self.builtIn.contains(name) { return nil }
          return "\(name.shortened(to: 120)): no such option of \(path.joined(separator: " "))"
            + Self.proposal(for: name, among: options.flatMap(\.words), path)
        }
        if name == word, let next = words.first, option.takes(next) { words.removeFirst() }
      } else if !commands.isEmpty {
        return "\(word.shortened(to: 120)): no such command"
          + Self.proposal(for: word, among: commands.map(\.commandName), path)
      }
    }
    return nil
  }

  /// Options of the argument parser itself, which it does not list.
  private static let builtIn = [
    "--help", "-h", "--help-hidden", "--version", "--generate-completion-script",
    "--experimental-dump-help",
  ]

  /// "--steps: found "x", expected a whole number" for "The value 'x' is invalid for '--steps <steps>': …".
  private var unreadableValue: String? {
    let form =
      #/The value '(.*)' is invalid for '([^' ]+)(?: (<[^']*>))?'(: expected |\. Please provide )?(.*)/#
      .dotMatchesNewlines()
    guard let match = message.shortened(to: 2000).wholeMatch(of: form) else { return nil }
    let (_, value, option, name, kind, text) = match.output
    // Of an enumeration: "one of 'a', 'b' or 'c'.", or a list of lines.
    let expected =
      switch kind {
      case ": expected ": text
      case nil: name ?? "another"
      default:
        text.replacing(" the following:\n  -", with: "").replacing(#/\n  - | or /#, with: ", ")
          .replacing(#/'|\.$/#, with: "")
      }
    return "\(option): found \(String(value).shortened(to: 120).debugDescription), "
      + "expected \(expected)"
  }
}

extension WrongCommandLine {
  /// The name that was probably meant, or else where the names are listed.
  private static func proposal(
    for name: String, among names: [String], _ path: [String]
  ) -> String {
    guard let nearest = nearest(to: name, among: names) else {
      let words = path.prefix(1) + ["help"] + path.dropFirst()
      return ", see \(words.joined(separator: " "))"
    }
    return ", did you mean \(nearest)?"
  }

  /// The known name that begins with `name`, or that differs from it in a letter, or a third of its letters.
  static func nearest(to name: String, among names: [String]) -> String? {
    func letters(_ name: String) -> String { String(name.drop { $0 == "-" }) }
    let text = letters(name)
    guard text.count <= 100 else { return nil }
    let begun = names.filter { text.count > 1 && letters($0).hasPrefix(text) }
    if let only = begun.first, begun.count == 1 { return only }
    return names.filter { letters($0).count > 1 }
      .map { ($0, editDistance(text, letters($0))) }
      .filter { $0.1 <= max(1, text.count / 3) }
      .min { $0.1 < $1.1 }?.0
  }

  /// How many letters must be inserted, removed, replaced or exchanged with their neighbours: the optimal
  /// string alignment. (Damerau 1964, Commun ACM 7:171.)
  private static func editDistance(_ first: String, _ second: String) -> Int {
    let (a, b) = (Array(first), Array(second))
    // Row i: from the first i letters of `a`.
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(rows[i][j + 1], row[j]) + 1
        least = min(least, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
