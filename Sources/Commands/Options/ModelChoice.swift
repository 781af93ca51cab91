internal import Spiking

/// The model of a command line: by name, or from a file, with what --set changes.
enum ModelChoice {
  /// - Throws: `unknownName`, `unreadableFile`, `invalidData` or `invalidParameter`.
  static func load(
    _ name: String, _ parameters: ParameterOptions
  ) throws(SpikingError) -> any SpikingModel {
    if let fit = try fit(name, parameters) { return try fit.model() }
    let model: any SpikingModel
    switch Paths.pathExtension(name) {
    case "json": model = try ParameterFile(contentsOf: name).model(in: .current)
    default:
      do { model = try Catalogue.current.model(name) } catch {
        throw error.within(option: "--model", kind: "model")
      }
    }
    return try parameters.applied(to: model)
  }

  /// The fit whose model is asked for; nil for other models.
  ///
  /// - Throws: as `load`.
  static func fit(
    _ name: String, _ parameters: ParameterOptions
  ) throws(SpikingError) -> CoupledFit? {
    guard isFit(name) else { return nil }
    if let assignment = parameters.assignments.first {
      throw SpikingError(
        .invalidParameter, "--set", found: "\(assignment.name) beside a fit",
        expected: "the model as it was fitted; --networks cuts and scales its synapses")
    }
    return try CoupledFit(contentsOf: name, catalogue: .current)
  }

  /// Whether a model is that of a fit.
  static func isFit(_ name: String) -> Bool { Paths.pathExtension(name) == "npz" }
}
