/// A table as text: columns flush right, two blanks apart.
package struct TextTable {
  private let header: [String]
  private var rows: [[String]] = []
  /// How many rows there are beyond those that are shown.
  private var restCount = 0

  /// A table of the rows that a function makes of some elements, of so many of them at most.
  package init<Elements: Collection>(
    _ header: [String], _ elements: Elements, limit: Int,
    _ row: (Elements.Element) -> [String]
  ) {
    self.header = header
    rows = elements.prefix(limit).map(row)
    restCount = elements.count - rows.count
  }

  /// The lines, of which the last says how many rows of `noun` there are more.
  package func lines(_ noun: String) -> [String] {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    let lines = ([header] + rows).map { row in
      zip(row, widths).map { text, width in
        String(repeating: " ", count: width - text.count) + text
      }.joined(separator: "  ")
    }
    return lines + (restCount > 0 ? ["… and \(restCount) more \(noun)"] : [])
  }
}

/// The most lines of a description.
package let maximumDescriptionLines = 30
