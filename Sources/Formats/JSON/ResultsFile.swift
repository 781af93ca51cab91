package import SpikingFramework

/// A JSON file of results, as the subcommands write them: what it is of, and what wrote it.
package struct ResultsFile {
  package let path: String
  /// "results of an analysis".
  package let kind: String
  package let version: String
  package let seed: UInt64?

  /// Nil for a file of something else.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` where it is no JSON object.
  package init?(contentsOf path: String) throws(SpikingError) {
    let object = try SpikingError.within(path, JSONObject(contentsOf: path))
    guard let kind = Self.kind(of: object), let version = try? object.string("version") else {
      return nil
    }
    self.path = path
    self.kind = kind
    self.version = version
    seed = try? object.seed("seed")
  }

  /// What results an object holds; nil for none.
  static func kind(of object: JSONObject) -> String? {
    [
      ("lengths", "results of a recovery"), ("contributions", "results of a prediction"),
      ("bootstrap_samples", "results of a check"),
      ("neuron_steps", "results of the introductory example"),
      ("generator", "how networks were generated"), ("neurons", "results of an analysis"),
    ].first { object[$0.0] != nil }?.1
  }
}
