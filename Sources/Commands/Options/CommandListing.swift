internal import Foundation

/// A command with its options and subcommands, as the argument parser lists them for other programs
/// (`--experimental-dump-help`).
struct CommandListing: Decodable {
  /// An option, a flag or an argument without a name.
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let names: [Name]?
    let parsingStrategy: String?

    /// As they are typed: "--output", "-o".
    var words: [String] {
      (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
    }

    /// Whether the word that follows is the value of this option.
    func takes(_ next: String) -> Bool {
      kind == "option" && (parsingStrategy == "unconditional" || !next.hasPrefix("-"))
    }
  }

  let commandName: String
  let subcommands: [CommandListing]?
  let arguments: [Argument]?

  private struct Tool: Decodable { let command: CommandListing }

  /// The command that a dump is of.
  init(dump: String) throws {
    self = try JSONDecoder().decode(Tool.self, from: Data(dump.utf8)).command
  }
}
