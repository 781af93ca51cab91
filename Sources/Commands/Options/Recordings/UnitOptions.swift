internal import ArgumentParser
internal import Spiking

/// Which units of a recording are looked at.
struct UnitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The neurons to use, numbers and ranges. [default: all]", valueName: "3,7-11"),
    transform: NeuronSelection.init)
  var neurons: NeuronSelection?
  @Option(
    help: ArgumentHelp(
      """
      A condition on the table of units, such as 'location == ADN and quality == good'; spiking info lists the \
      columns, neuron, spikes and rate (Hz) are always there.
      """, valueName: "CONDITION"), transform: told(Condition.init))
  var units: Condition?

  /// The numbers of the units that are used, in the order of the options.
  ///
  /// - Throws: `invalidData` where there are none of them, or no such column.
  func neurons(of recording: Recording) throws(SpikingError) -> [Int] {
    guard recording.unitCount > 0 else {
      throw SpikingError(
        .invalidData, recording.source, found: "no units", expected: "at least one")
    }
    var chosen = Array(0..<recording.unitCount)
    if let neurons {
      chosen = try neurons.neurons(of: recording.unitCount, in: recording.source)
    }
    guard let units else { return chosen }
    let found = Set(
      try SpikingError.within("\(recording.source): --units", recording.rows(where: units)))
    let both = chosen.filter(found.contains)
    guard !both.isEmpty else {
      throw SpikingError(
        .invalidData, "\(recording.source): --units", found: "none of the --neurons with \(units)",
        expected: "at least one")
    }
    return both
  }

  /// The recording of these units alone.
  ///
  /// - Throws: as `neurons(of:)`.
  func selected(of recording: Recording) throws(SpikingError) -> Recording {
    if neurons == nil && units == nil { return recording }
    return try recording.units(neurons(of: recording))
  }
}
