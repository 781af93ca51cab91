import Foundation

/// Measurements as text: one row a name and one column a unit, both in order of appearance. Where
/// no name occurs twice, one line a measurement.
struct Table {
  let section: Section

  var text: String {
    let names = distinct(section.measurements.map(\.name))
    let lines = names.count == section.measurements.count ? list(names) : grid(names)
    return ([section.title] + lines.map { "  " + $0 }).joined(separator: "\n")
  }

  private func list(_ names: [String]) -> [String] {
    let labels = aligned(names, toLeft: true)
    let values = aligned(section.measurements.map { format($0.value) }, toLeft: false)
    return section.measurements.indices.map {
      "\(labels[$0])  \(values[$0])  \(section.measurements[$0].unit)"
    }
  }

  private func grid(_ names: [String]) -> [String] {
    var columns = [aligned([""] + names, toLeft: true)]
    for unit in distinct(section.measurements.map(\.unit)) {
      let cells = names.map { name in
        section.measurements.first { $0.name == name && $0.unit == unit }.map { format($0.value) }
      }
      columns.append(aligned([unit] + cells.map { $0 ?? "" }, toLeft: false))
    }
    return columns[0].indices.map { row in
      // Rows may end with empty cells.
      columns.map { $0[row] }.joined(separator: "  ").replacing(/\s+$/, with: "")
    }
  }

  /// Three digits, and all of those before the point.
  private func format(_ value: Double) -> String {
    abs(value) < 100
      ? value.formatted(.number.precision(.significantDigits(3)).grouping(.never))
      : value.formatted(.number.precision(.fractionLength(0)).grouping(.never))
  }

  private func aligned(_ texts: [String], toLeft: Bool) -> [String] {
    let width = texts.map(\.count).max() ?? 0
    return texts.map { text in
      let space = String(repeating: " ", count: width - text.count)
      return toLeft ? text + space : space + text
    }
  }

  private func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
