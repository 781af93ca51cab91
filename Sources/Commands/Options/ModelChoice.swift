internal import Spiking

/// The model of a command line: by name, or from a file, with what --set changes.
enum ModelChoice {
  /// - Throws: `unknownName`, `unreadableFile`, `invalidData` or `invalidParameter`.
  static func load(
    _ name: String, _ parameters: ParameterOptions
  ) throws(SpikingError) -> any SpikingModel {
    if isFit(name), let assignment = parameters.assignments.first {
      throw SpikingError(
        .invalidParameter, "--set", found: "\(assignment.name) beside a fit",
        expected: "the model as it was fitted; --networks cuts and scales its synapses")
    }
    let model: any SpikingModel
    switch Paths.pathExtension(name) {
    case "json": model = try ParameterFile(contentsOf: name).model(in: .current)
    case "npz": model = try CoupledFit(contentsOf: name, catalogue: .current).model()
    default:
      do { model = try Catalogue.current.model(name) } catch {
        throw error.within(option: "--model", kind: "model")
      }
    }
    return try parameters.applied(to: model)
  }

  /// Whether a model is that of a fit.
  static func isFit(_ name: String) -> Bool { Paths.pathExtension(name) == "npz" }
}
