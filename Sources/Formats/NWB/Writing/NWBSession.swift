internal import Foundation
internal import SpikingFramework

/// What an NWB file says of a session as a whole.
struct NWBSession {
  /// What the session was.
  var description: String
  /// The moment of time 0, as ISO 8601 writes it; nil where it is not known.
  var start: String?
  /// Anything else.
  var notes: String?
  /// The program that made the data, and what it is called.
  var script: (text: String, name: String)?
  /// Who or what the data are of.
  var subject: Subject = .unknown

  /// Who or what the data are of: nothing is known of either, which is said in the terms of the standard.
  enum Subject {
    case unknown
    case simulation

    var id: String {
      switch self {
      case .unknown: "unknown"
      case .simulation: "simulation"
      }
    }

    var description: String {
      switch self {
      case .unknown: "The file that these data come from does not say whose they are."
      case .simulation: "No animal: the spikes are simulated."
      }
    }
  }

  /// What stands for the moment of time 0 where it is not known, as the standard wants one.
  static let unknownStart = "1970-01-01T00:00:00+00:00"

  /// A date with a time as ISO 8601 writes it, and as the standard wants it.
  static func isMoment(_ text: String) -> Bool {
    text.wholeMatch(
      of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?/) != nil
  }

  static var now: String { Date().formatted(.iso8601) }
}
