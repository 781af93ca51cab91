public import SpikingFitting
internal import SpikingFramework

/// What every term promises.
///
/// ```swift
/// #expect(problems(with: Speed(), in: try recording.binned(width: 10)) == [])
/// ```
///
/// - Parameter recording: a session that has what the term is about.
/// - Returns: a line for each promise that does not hold: fields have names of their own, and can be set and read; what the
///   recording fills in stays when it is looked at again; columns are always the same, have a value or none for each bin, and
///   rows do not depend on how bins are divided into blocks, are finite, and meet the columns that the axes declare; where columns
///   add up to 1, they do so in every defined bin.
public func problems(with term: some Term, in recording: BinnedRecording) -> [String] {
  var problems = fieldProblems(with: term)
  do {
    var resolved = term
    try resolved.resolve(in: recording)
    var again = resolved
    try again.resolve(in: recording)
    if TermDescription(again) != TermDescription(resolved) {
      problems.append("what the recording fills in changes when it is looked at again")
    }
    switch try resolved.columns(in: recording) {
    case .baseline, .history, .coupling: break
    case .filter(let values, _), .offset(let values):
      if values.count != recording.binCount {
        problems.append("there are \(values.count) values for \(recording.binCount) bins")
      }
      if let infinite = values.first(where: \.isInfinite) {
        problems.append("a value is \(infinite)")
      }
    case .sparse(let columns):
      problems += rowProblems(with: columns, binCount: recording.binCount)
      if case .sparse(let second) = try resolved.columns(in: recording) {
        let bins = 0..<min(recording.binCount, 1000)
        if entries(columns, bins) != entries(second, bins) {
          problems.append("columns differ from call to call")
        }
      }
    }
  } catch {
    problems.append("\(error)")
  }
  return problems
}

private func fieldProblems(with term: some Term) -> [String] {
  var problems: [String] = []
  var (copy, reader) = (term, FieldChange(place: -1))
  do {
    try copy.visitFields(&reader)
    let names = reader.names
    if Set(names).count != names.count { problems.append("two fields have the same name") }
    for place in names.indices {
      var (changed, visitor) = (term, FieldChange(place: place))
      try changed.visitFields(&visitor)
      guard let value = visitor.value else { continue }
      let (before, after) = (TermDescription(term), TermDescription(changed))
      for (other, name) in names.enumerated() {
        let expected = other == place ? value : before[name]
        if after[name] != expected { problems.append("setting \(names[place]) changes \(name)") }
      }
    }
  } catch {
    problems.append("\(error)")
  }
  return problems
}

private func rowProblems(with columns: SparseColumns, binCount: Int) -> [String] {
  var problems: [String] = []
  var end = 0
  for range in columns.definedBins ?? [] {
    if range.lowerBound < end || range.upperBound > binCount || range.isEmpty {
      problems.append("the defined bins \(range) do not ascend within 0..<\(binCount)")
    }
    end = range.upperBound
  }
  if !problems.isEmpty { return problems }
  let whole = entries(columns, 0..<binCount)
  let halves = entries(columns, 0..<binCount / 3) + entries(columns, binCount / 3..<binCount)
  if whole != halves { problems.append("rows depend on how bins are divided into blocks") }
  guard whole.count == binCount else {
    return problems + ["there are \(whole.count) rows for \(binCount) bins"]
  }
  let isFinite = whole.allSatisfy { row in row.values.allSatisfy(\.isFinite) }
  if !isFinite { problems.append("a factor is not finite") }
  if let column = whole.flatMap(\.keys).first(where: { !(0..<columns.count ~= $0) }) {
    problems.append("column \(column) is met, of \(columns.count)")
  }
  if columns.sumToOne {
    for bin in (columns.definedBins ?? [0..<binCount]).joined()
    where abs(whole[bin].values.reduce(0, +) - 1) > 1e-9 {
      problems.append("columns do not add up to 1 in bin \(bin)")
      break
    }
  }
  return problems
}

/// The values of each bin that are not 0, by their columns.
private func entries(_ columns: SparseColumns, _ bins: Range<Int>) -> [[Int: Double]] {
  let rows = columns.rows(bins)
  return (0..<rows.binCount).map { bin in
    var values: [Int: Double] = [:]
    for entry in bin * rows.width..<(bin + 1) * rows.width where rows.factors[entry] != 0 {
      values[Int(rows.weights[entry]), default: 0] += rows.factors[entry]
    }
    return values
  }
}

/// Sets the field at a place to another value, where it is a text or a number.
private struct FieldChange: TermVisitor {
  let place: Int
  var names: [String] = []
  /// What the field was set to.
  var value: TermField?

  private mutating func isMeant(_ name: String) -> Bool {
    names.append(name)
    return names.count - 1 == place
  }

  mutating func callAsFunction(_ name: String, _ value: inout String) {
    guard isMeant(name) else { return }
    value += "x"
    self.value = .text(value)
  }

  mutating func callAsFunction(_ name: String, _ value: inout String?) {
    guard isMeant(name) else { return }
    let other = (value ?? "") + "x"
    value = other
    self.value = .text(other)
  }

  mutating func callAsFunction(_ name: String, _ value: inout [String]) {
    guard isMeant(name) else { return }
    value = ["x", "y"]
    self.value = .texts(value)
  }

  mutating func callAsFunction(_ name: String, _ value: inout Double?) {
    guard isMeant(name) else { return }
    let other = (value ?? 0) + 1
    value = other
    self.value = .number(other)
  }

  mutating func callAsFunction(_ name: String, _ value: inout any Basis) { _ = isMeant(name) }

  mutating func callAsFunction(_ name: String, _ value: inout [ValueBasis]) { _ = isMeant(name) }

  mutating func callAsFunction(_ name: String, _ value: inout [any Term]) { _ = isMeant(name) }
}
