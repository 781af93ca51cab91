/// What the arrays of an archive are, in words for lists and errors.
package enum ArchiveKind {
  /// What every fit has.
  private static let fit = "bins_used"
  /// What every checkpoint has.
  private static let checkpoint = "checkpoint_format"

  /// Whether an archive with these arrays is a fit.
  package static func isFit(_ names: [String]) -> Bool { names.contains(fit) }

  /// Whether an archive with these arrays is a run that was stopped.
  package static func isCheckpoint(_ names: [String]) -> Bool { names.contains(checkpoint) }

  /// What an archive is that this package wrote; nil of others, whose arrays may have any of the names.
  package static func ownName(_ names: [String]) -> String? {
    isFit(names) || names.contains("version") ? name(names) : nil
  }

  /// Whether an archive with these arrays holds spikes: events or times, or those of another program.
  package static func holdsSpikes(_ names: [String]) -> Bool {
    if names.contains("neuron") { return ["bin", "time"].contains(where: names.contains) }
    return ownName(names) == nil && FlatArchive.times(among: names) != nil
  }

  /// What an archive with these arrays would be, were it one of this package's.
  private static func name(_ names: [String]) -> String? {
    let kinds = [
      (fit, "a fit"), (checkpoint, "a checkpoint"), ("time", "spike times"),
      ("bin", "spike events"), ("interval", "results of a check"),
      ("rates_hz", "results of a prediction"),
      ("estimate", "results of a recovery"),
    ]
    if let kind = kinds.first(where: { names.contains($0.0) }) { return kind.1 }
    // Of an analysis, which arrays there are depends on its statistics.
    return names.contains("neuron") && names.contains("version") ? "results of an analysis" : nil
  }

  /// The kind of an archive with these arrays, and which they are.
  static func description(_ names: [String]) -> String {
    let arrays =
      names.isEmpty
      ? "no arrays"
      : "the arrays " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    return name(names).map { "\($0), \(arrays)" } ?? arrays
  }
}
