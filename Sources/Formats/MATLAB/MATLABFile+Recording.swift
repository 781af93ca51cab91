internal import SpikingFiles
public import SpikingFramework
public import SpikingRecordings

extension MATLABFile {
  /// The spikes of the file, in seconds unless it says otherwise, and what is known of the units: the other fields of a
  /// structure array, or the fields of a structure `units` that have an element for each.
  ///
  /// A text `time_unit` is the unit of all times, unless the settings name one. The recording lasts from `start` to `stop`,
  /// where the file has both and the unit; otherwise from 0, or the first spike where that is earlier or the clock counts
  /// from elsewhere, to the last spike. A cell array `obs_intervals` of as many matrices [intervals, 2] says when each unit
  /// was observed.
  ///
  /// - Throws: `invalidData` where no variable can be spike trains, or several can and `settings.variable` names none of
  ///   them, with those there are; where a time is not finite.
  /// - Complexity: O(spikes), O(spikes log spikes) where those of a unit are not in order.
  public func recording(
    _ settings: ReadingSettings = ReadingSettings()
  ) throws(SpikingError) -> Recording {
    let units = try units(settings.variable)
    let named = variables.contains("time_unit") ? try texts("time_unit").first : nil
    let unit =
      if let unit = settings.timeUnit { unit } else if let named {
        try SpikingError.within(path, TimeUnit(named))
      } else { TimeUnit.seconds }
    var times: [Double] = []
    var offsets = [0]
    for (index, place) in units.places.enumerated() {
      let train =
        try layout.value(at: place, of: file).map { value throws(SpikingError) in
          try values(at: place, value)
        } ?? []
      if let wrong = train.firstIndex(where: { !($0 * unit.milliseconds).isFinite }) {
        throw failure(
          "\(units.name), unit \(index + 1), time \(wrong + 1)", found: train[wrong],
          expected: "a time in \(unit)")
      }
      for time in train { times.append(time * unit.milliseconds) }
      offsets.append(times.count)
    }
    let unsorted = times.sortTrains(offsets)
    let hull = times.min().map { $0...(times.max() ?? $0) }
    let observations = try observations(unitCount: units.places.count, unit)
    let span = try named == nil ? nil : span(unit)
    let whole = Self.extent(
      hull, given: span ?? observations.joined().reduce(nil) { $1.joined($0) })
    return try SpikingError.within(
      path,
      Recording(
        SpikeTrains(
          times: times, offsets: offsets, start: whole.lowerBound, stop: whole.upperBound,
          observations: observations.map { $0.isEmpty ? [whole] : $0 }),
        units: table(units),
        origin: variables.contains("origin") ? (try? texts("origin"))?.first : nil, source: path,
        notices: unsorted.isEmpty ? [] : [.unsortedSpikes(ofUnits: unsorted)]))
  }

  /// How long a recording lasts: what is given, and all spikes.
  private static func extent(
    _ spikes: ClosedRange<Double>?, given: ClosedRange<Double>?
  ) -> ClosedRange<Double> {
    guard let spikes else { return given ?? 0...0 }
    if let given { return given.joined(spikes) }
    return spikes.isOnAnotherClock(than: 0...0) ? spikes : (0...0).joined(spikes)
  }

  private func span(_ unit: TimeUnit) throws(SpikingError) -> ClosedRange<Double>? {
    guard variables.contains("start"), variables.contains("stop") else { return nil }
    let edges = try [numbers("start"), numbers("stop")].map {
      ($0.values.first ?? .nan) * unit.milliseconds
    }
    guard edges[0].isFinite, edges[1].isFinite, edges[0] <= edges[1] else {
      throw failure("start, stop", found: edges, expected: "times, start ≤ stop")
    }
    return edges[0]...edges[1]
  }

  /// When each unit was observed; none where the file does not say.
  private func observations(
    unitCount: Int, _ unit: TimeUnit
  ) throws(SpikingError) -> [[ClosedRange<Double>]] {
    let name = "obs_intervals"
    guard variables.contains(name) else { return [] }
    let (place, value) = try place(name)
    guard value.kind == .cells, value.count == unitCount else {
      throw failure(name, found: value, expected: "a cell for each of \(unitCount) units")
    }
    return try elements(at: place, value).map { place throws(SpikingError) in
      guard let value = try layout.value(at: place, of: file), value.kind == .numbers,
        value.count == 0 || value.shape.count == 2 && value.shape[1] == 2
      else { throw failure(name, found: "another cell", expected: "a matrix of two columns") }
      let edges = try numbers(at: place, value).values.map { $0 * unit.milliseconds }
      return try stride(from: 0, to: edges.count, by: 2).map { index throws(SpikingError) in
        guard edges[index].isFinite, edges[index + 1].isFinite, edges[index] <= edges[index + 1]
        else {
          throw failure(
            name, found: "\(edges[index]) to \(edges[index + 1])",
            expected: "times, start ≤ stop")
        }
        return edges[index]...edges[index + 1]
      }
    }
  }

  /// What is known of the units.
  private func table(_ units: Units) throws(SpikingError) -> Table {
    var columns: [Column] = []
    if !units.names.isEmpty { columns.append(Column("name", .texts(units.names))) }
    if let (place, field) = units.structure,
      let value = try layout.value(at: place, of: file)
    {
      for name in value.fields where name != field {
        let places = try elements(at: place, value, field: name)
        if let values = try values(places) { columns.append(Column(name, values)) }
      }
    }
    if variables.contains("units"), units.name == "spike_times" {
      let (place, value) = try place("units")
      for name in value.kind == .structure && value.count == 1 ? value.fields : [] {
        let place = try elements(at: place, value, field: name)[0]
        guard let values = try column(place), values.count == units.places.count else { continue }
        columns.append(Column(name, values.values))
      }
    }
    var names: Set<String> = []
    return try Table(
      columns.filter { names.insert($0.name).inserted }, rowCount: units.places.count)
  }

  /// The values of a vector, or of the cells of an array; nil where there are others.
  private func column(_ place: String) throws(SpikingError) -> Column? {
    guard let value = try layout.value(at: place, of: file) else { return nil }
    if value.kind == .cells {
      return try values(elements(at: place, value)).map { Column("", $0) }
    }
    guard value.isVector || value.kind == .truthValues else { return nil }
    return Column("", try column(value, of: place))
  }

  /// A number, a truth value or a text of each place; nil where there are others.
  private func values(_ places: [String]) throws(SpikingError) -> Column.Values? {
    var (numbers, texts): ([Double], [String]) = ([], [])
    for place in places {
      guard let value = try layout.value(at: place, of: file) else { return nil }
      switch value.kind {
      case .text where value.shape.first ?? 0 <= 1:
        texts.append(try self.texts(at: place, value).first ?? "")
      case .numbers where value.count == 1: numbers += try values(at: place, value)
      default: return nil
      }
    }
    if texts.count == places.count { return .texts(texts) }
    return numbers.count == places.count ? .numbers(numbers) : nil
  }

  private func column(
    _ value: MATLABValue, of place: String
  ) throws(SpikingError) -> Column.Values {
    if value.kind == .numbers, value.count > 0, try file.valueKind(of: place) == .integers {
      return .integers(try file.integers(place).values)
    }
    let numbers = try values(at: place, value)
    return value.kind == .truthValues ? .flags(numbers.map { $0 != 0 }) : .numbers(numbers)
  }
}
