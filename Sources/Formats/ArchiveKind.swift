/// What the arrays of an archive are, in words for errors.
package enum ArchiveKind {
  /// What every fit has.
  private static let fit = "bins_used"

  /// Whether an archive with these arrays is a fit.
  package static func isFit(_ names: [String]) -> Bool { names.contains(fit) }

  /// The kind of an archive with these arrays, and which they are.
  static func description(_ names: [String]) -> String {
    let kinds = [
      (fit, "a fit"), ("checkpoint_format", "a checkpoint"), ("time", "spike times"),
      ("bin", "spike events"), ("isi_counts", "results of an analysis"),
      ("interval", "results of a check"), ("estimate", "results of a recovery"),
    ]
    let arrays =
      names.isEmpty
      ? "no arrays"
      : "the arrays " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    guard let kind = kinds.first(where: { names.contains($0.0) }) else { return arrays }
    return "\(kind.1), \(arrays)"
  }
}
