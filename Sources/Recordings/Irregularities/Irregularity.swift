/// Something odd about a recording that an analysis should know: one line for each kind and each part of it.
///
/// Nothing of it stops reading: what is done about it is part of the message. `Recording.irregularities()` looks for
/// them, and `spiking info` prints them.
public struct Irregularity: Hashable, Sendable {
  /// What is odd.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Spikes before time 0.
    case timesBeforeZero = "times before zero"
    /// Spikes of a unit, or samples, that were not in the order of time: they were sorted.
    case unsorted
    /// Two spikes of a unit at exactly the same time. Both are kept.
    case duplicates
    /// Spikes while their unit was not observed: statistics and fits leave them out.
    case outsideObservation = "spikes outside the observation"
    /// Times that count from a moment long before the recording, as POSIX times do.
    case distantOrigin = "clock origin far from zero"
    /// Values of a series that are not numbers: bins without others have no value.
    case missingValues = "missing values"
    /// Samples of a series that come later than ten times the usual step after the one before.
    case gaps
    /// Steps between samples of a series that differ from the usual one by more than a tenth.
    case irregularSampling = "irregular sampling"
    /// More than 0.5 % of the intervals between spikes of a unit are below 1 ms.
    case refractoryViolations = "refractory violations"
    /// Two units that fire within 0.5 ms of each other far more often than by chance: perhaps one, sorted twice.
    case coincidentUnits = "coincident units"
    /// Time in which units were observed and silent, where their rates make many spikes be expected.
    case silence = "silent stretches"
    /// What the file holds and cannot be read.
    case unreadable
    /// What the file holds and is not kept, as it is of no kind that a recording has.
    case leftOut = "left out"
  }

  /// What is odd.
  public let kind: Kind
  /// Where and how much, and what was done about it.
  public let message: String

  /// An irregularity.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension Irregularity: CustomStringConvertible {
  /// "duplicates: unit 3 has 2 spikes at the time of another".
  public var description: String { "\(kind.rawValue): \(message)" }
}
