internal import SpikingFramework
internal import SpikingRecordings

extension NWBFile {
  private static var electrodes: String { "/general/extracellular_ephys/electrodes" }

  /// What the electrodes of each unit have in common, as columns of the units: `location`, `group_name`. Texts that differ between
  /// the electrodes of a unit are joined by a slash, `ADN/PoS`; numbers are kept where all of them are equal.
  ///
  /// - Returns: none where units do not say which electrodes they are of.
  func columnsOfElectrodes(
    unitCount: Int, notices: inout [Irregularity]
  ) throws(SpikingError) -> [Column] {
    let place = "/units/electrodes"
    guard try file.exists(place), try file.exists(place + "_index"),
      try file.exists(Self.electrodes + "/id")
    else { return [] }
    let electrodes = try file.integers(place).values
    let rows = try rows(of: place, count: unitCount, within: electrodes.count)
    let count = try file.integers(Self.electrodes + "/id").values.count
    if let wrong = electrodes.firstIndex(where: { !(0..<count ~= $0) }) {
      throw file.failure(
        "\(place)[\(wrong)]", found: electrodes[wrong],
        expected: "a row of \(Self.electrodes), 0 to \(count - 1)")
    }
    var ignored: [Irregularity] = []
    let table = try table(
      Self.electrodes, rowCount: count, except: ["id"], notices: &ignored)
    return table.columns.compactMap { column in
      guard case .texts(let texts) = column.values else { return nil }
      let values = rows.map { row in
        var different: [String] = []
        for electrode in electrodes[row] where !different.contains(texts[electrode]) {
          different.append(texts[electrode])
          // Rows of thousands of electrodes say nothing about a unit.
          if different.count == 8 { break }
        }
        return different.joined(separator: "/")
      }
      return Column(
        column.name, .texts(values), description: "of the electrodes: \(column.description)")
    }
  }
}
