internal import Foundation
internal import SpikingFiles
internal import SpikingFramework
internal import SpikingRecordings

/// A folder as Kilosort and phy write it: `spike_times.npy` (samples), `spike_clusters.npy`, and what is known of the clusters in
/// `cluster_group.tsv`, `cluster_info.tsv` and others of their form. The rate of the samples stands in `params.py`.
///
/// A cluster is a unit: in a column `id` it has its number, and in others what the tables say of it, `group` (`good`, `mua`, `noise`) among it.
enum SorterFolder {
  static func isOne(_ path: String) throws(SpikingError) -> Bool {
    try Paths.names(inFolder: path).contains("spike_times.npy")
  }

  static func recording(
    _ path: String, _ settings: ReadingSettings
  ) throws(SpikingError) -> Recording {
    let unit = if let unit = settings.timeUnit { unit } else { try rate(in: path) }
    let times = try NumPyArray(contentsOf: "\(path)/spike_times.npy").column().times(in: unit)
    let names = try Paths.names(inFolder: path)
    // Before phy has been used the clusters are the templates.
    let file = names.contains("spike_clusters.npy") ? "spike_clusters.npy" : "spike_templates.npy"
    let clusters = try NumPyArray(contentsOf: "\(path)/\(file)").column()
    guard !clusters.elementType.isText else {
      throw clusters.error("descr", found: clusters.elementType, expected: "numbers of clusters")
    }
    let units = try UnitNumbers(of: clusters, count: times.count)
    let ids = units.order.compactMap { Int(units.names[$0]) }
    var notices: [Irregularity] = []
    var columns: [Column] = []
    for table in names where table.hasPrefix("cluster_") && table.hasSuffix(".tsv") {
      do throws(SpikingError) {
        let added = try labels("\(path)/\(table)", of: ids)
        columns += added.filter { column in
          column.name != "id" && !columns.contains { $0.name == column.name }
        }
      } catch {
        guard error.code == .invalidData else { throw error }
        notices.append(Irregularity(.unreadable, "\(error)"))
      }
    }
    return try SpikingError.within(
      path,
      ColumnRecording(times: times, units: units)
        .recording(source: path, columns: columns, notices: notices))
  }

  /// The rate of the samples, of the line `sample_rate = 30000.` of `params.py`, of which nothing is run.
  private static func rate(in path: String) throws(SpikingError) -> TimeUnit {
    let file = "\(path)/params.py"
    let unknown = SpikingError(
      .invalidData, path, found: "no sample_rate in params.py",
      expected: "one, or --time-unit samples:RATE, such as samples:30000")
    guard FileManager.default.fileExists(atPath: file) else { throw unknown }
    for line in String(decoding: try InputFile.read(file), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    {
      let sides = line.prefix { $0 != "#" }.split(separator: "=", maxSplits: 1)
        .map { String($0).trimmingCharacters(in: .whitespaces) }
      guard sides.count == 2, sides[0] == "sample_rate" else { continue }
      guard let rate = Double(sides[1].hasSuffix(".") ? sides[1] + "0" : sides[1]) else {
        throw SpikingError(
          .invalidData, "\(file): sample_rate", found: sides[1], expected: "a number in Hz")
      }
      return try SpikingError.within(file, .samples(rate: rate))
    }
    throw unknown
  }

  /// Columns of a table whose first one, or one called `cluster_id` or `id`, has the numbers of clusters.
  private static func labels(
    _ path: String, of units: [Int]
  ) throws(SpikingError) -> [Column] {
    do throws(SpikingError) {
      let text = try DelimitedText(contentsOf: path)
      guard let header = text.header else {
        throw SpikingError(
          .invalidData, "first line", found: "numbers", expected: "names, cluster_id among them")
      }
      let key = header.firstIndex { ["cluster_id", "id"].contains($0.lowercased()) } ?? 0
      let table = try text.columns()
      guard let clusters = table[key].numbers else {
        throw SpikingError(
          .invalidData, "column \(header[key])", found: "texts", expected: "numbers of clusters")
      }
      let rows = Dictionary(zip(clusters, clusters.indices)) { _, last in last }
      var columns: [Column] = []
      for (index, column) in table.enumerated() where index != key {
        guard !columns.contains(where: { $0.name == column.name }) else { continue }
        // Phy calls the label group, or after itself: KSLabel.
        let places = units.map { rows[Double($0)] }
        let values: Column.Values =
          if let numbers = column.numbers {
            .numbers(places.map { place in place.map { numbers[$0] } ?? .nan })
          } else {
            .texts(places.map { place in place.map { column.texts[$0] } ?? "" })
          }
        columns.append(Column(column.name, values))
      }
      return columns
    } catch {
      throw error.ofTable(path)
    }
  }
}
