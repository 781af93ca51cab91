internal import Spiking

/// What `spiking compare` writes and prints.
protocol ComparisonFiles: Sendable {
  /// What was left out, a line each.
  var notices: [String] { get }
  /// What the terminal shows.
  var lines: [String] { get }
  var binsUsed: Int { get }
  var figures: [any Figure] { get }
  /// The text of the table.
  var table: String { get }
  /// Writes the description.
  func writeDescription(to path: String) throws
}

extension ComparisonFiles {
  /// Writes everything into a folder, in place of what an earlier comparison has written. Where the figure cannot be drawn
  /// all else is there before the error.
  func write(to folder: String, withFigures: Bool) throws {
    let set = try OutputSet(folder, description: "comparison.json")
    try set.write { folder in
      var file = try OutputFile("\(folder)/comparison.csv")
      try file.write(table)
      try file.finish()
      try writeDescription(to: "\(folder)/comparison.json")
    }
    let drawn = try set.draw(withFigures ? figures : [])
    try set.finish(replacing: OutputSet.files(ofFigures: [ComparisonNames.figure]))
    if let failure = drawn.failure { throw failure }
  }
}

/// What may be written, the description first.
enum ComparisonNames {
  static let figure = "comparison"
  static let all = ["comparison.json", "comparison.csv"] + OutputSet.files(ofFigures: [figure])

  /// A row of a table: texts with a comma or a quotation mark are quoted, what is not known is empty.
  static func row(_ cells: [String?]) -> String {
    cells.map { cell in
      guard let cell else { return "" }
      return cell.contains(where: { ",\"\n\r".contains($0) })
        ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
    }.joined(separator: ",") + "\n"
  }

  /// A number of a table; empty where it is not finite.
  static func cell(_ value: Double?) -> String? { defined(value).map { "\($0)" } }
}
