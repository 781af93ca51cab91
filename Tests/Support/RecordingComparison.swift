package import Spiking
package import Testing

/// Expects that a recording has all that another has: the same numbers under the same names.
///
/// - Parameter withSeries: whether series are compared as well, whose values are then read.
package func expectSame(
  _ found: Recording, _ expected: Recording, withSeries: Bool = true,
  _ location: SourceLocation = #_sourceLocation
) throws {
  #expect(found.spikes == expected.spikes, sourceLocation: location)
  #expect(found.origin == expected.origin, sourceLocation: location)
  #expect(text(found.units) == text(expected.units), sourceLocation: location)
  #expect(
    found.intervals.map(text).sorted() == expected.intervals.map(text).sorted(),
    sourceLocation: location)
  #expect(
    found.events.sorted { $0.name < $1.name } == expected.events.sorted { $0.name < $1.name },
    sourceLocation: location)
  guard withSeries else { return }
  #expect(
    Set(found.series.map(\.path)) == Set(expected.series.map(\.path)), sourceLocation: location)
  for series in expected.series {
    let (found, expected) = (try found.series(named: series.path).load(), try series.load())
    #expect(found.channelCount == expected.channelCount, sourceLocation: location)
    #expect(
      found.unit == expected.unit && found.turn == expected.turn, sourceLocation: location)
    #expect(
      found.sampleCount == expected.sampleCount
        && (0..<found.sampleCount).allSatisfy {
          found.time(ofSample: $0) == expected.time(ofSample: $0)
        }, "\(series.path)", sourceLocation: location)
    // What is no number equals nothing.
    #expect(
      zip(found.values, expected.values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN },
      "\(series.path)", sourceLocation: location)
  }
}

/// A table as text, in which values that are no numbers are equal.
private func text(_ table: Table) -> [String] {
  table.columns.map { "\($0.name) (\($0.description)): \($0.values)" }.sorted()
}

private func text(_ table: IntervalTable) -> String {
  "\(table.name): \(table.intervals), \(text(table.table))"
}
