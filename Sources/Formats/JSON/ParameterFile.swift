public import SpikingCatalogue
public import SpikingFiles
public import SpikingFramework

/// A model or a stimulus in a JSON file:
///
/// ```json
/// {"format": 2, "model": "BernoulliGLM", "parameters": {"theta": 5}}
/// {"stimulus": "Regular", "parameters": {"strength": 5}, "targets": [[0, 3], [1, 7]]}
/// {"stimulus": "Loaded", "file": "drive.npy"}
/// {"stimulus": "Sum", "first": {"stimulus": …}, "second": {"stimulus": …}}
/// ```
///
/// Parameters that are left out keep the values of the type. The targets of a stimulus are a list
/// of neurons for all networks, a list of lists, one for each network, or a boolean `.npy` file,
/// [N] or [networks, N]; without them they are all neurons. The arrays of a stimulus stand under their
/// names, as lists or as the paths of `.npy` files; the first one may be called "file". Paths start at
/// the folder of the JSON file. An end that never comes is "infinity", in quotes.
///
/// Files without `format`, of format 1, are read as before. The keys `version` and `seed` say what wrote
/// a file and from which random numbers its parameters come; they change nothing.
public struct ParameterFile: Hashable, Sendable {
  /// What a file describes.
  public enum Kind: String, Hashable, Sendable {
    /// A `SpikingModel`.
    case model
    /// A `Stimulus`.
    case stimulus
  }

  /// The file.
  public let path: String
  /// What it describes.
  public let kind: Kind
  /// The neurons a stimulus acts on.
  public let targets: StimulusTargets
  private let content: TypeDescription
  /// The mask that gave the targets.
  private let mask: TargetMask?

  /// The model or stimulus by name: "BernoulliGLM", "Regular".
  public var typeName: String { content.typeName }
  /// The parameters by name; truth values are 0 and 1.
  public var parameters: [String: Double] { content.parameters.numbers }

  /// Reads a file. The arrays of a stimulus are read with its type.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the key and the value.
  public init(contentsOf location: some FileLocation) throws(SpikingError) {
    let path = location.locationPath
    self.path = path
    do throws(SpikingError) {
      let object = try JSONObject(contentsOf: path)
      let kinds = [Kind.model, .stimulus].filter { object[$0.rawValue] != nil }
      let results = ResultsFile.kind(of: object)
      guard kinds.count == 1, results == nil else {
        throw SpikingError(
          .invalidData, "keys",
          found: results ?? (object.keys.isEmpty ? "none" : object.keys.joined(separator: ", ")),
          expected: "either model or stimulus")
      }
      kind = kinds[0]
      content = try TypeDescription(kind.rawValue, object)
      if kind == .model { try object.allow(content.keys + ["format"]) }
      (targets, mask) = kind == .model ? (.all, nil) : try object.targets("targets")
    } catch {
      // A file of targets comes with its own name; the file that asked for it goes before.
      throw error.subject == visible(path) ? error : error.within(path)
    }
  }

  /// The model of the file.
  ///
  /// - Parameter catalogue: the types that it may be, with the parameters that the file leaves out.
  /// - Throws: `invalidData`, `unknownName` or `invalidParameter`, naming the file.
  public func model(
    in catalogue: Catalogue = .standard
  ) throws(SpikingError) -> any SpikingModel {
    try expect(.model)
    return try SpikingError.within(path, content.model(in: catalogue))
  }

  /// The stimulus of the file, with its arrays and parts, and its targets.
  ///
  /// - Parameter catalogue: the types that it may be, with the parameters that the file leaves out.
  /// - Throws: `invalidData`, `unreadableFile`, `unknownName` or `invalidParameter`, naming the file.
  public func stimulus(
    in catalogue: Catalogue = .standard
  ) throws(SpikingError) -> TargetedStimulus {
    try expect(.stimulus)
    do throws(SpikingError) {
      let stimulus = try content.stimulus(in: catalogue)
      try stimulus.validate()
      return TargetedStimulus(stimulus, targets: targets)
    } catch {
      throw error.within(path)
    }
  }

  /// Assigns the parameters of the file, in the order of their names.
  ///
  /// - Throws: `unknownName` or `invalidParameter`, as `setParameter(_:to:)`, naming the file.
  public func apply(to value: inout some Parameterized) throws(SpikingError) {
    try SpikingError.within(path, content.parameters.apply(to: &value))
  }

  /// Assigns the parameters and the arrays of the file.
  ///
  /// - Throws: as above; `invalidData` where the file has keys that the stimulus has no use for, as it
  ///   is with the parts of a sum: `stimulus(in:)` reads these.
  public func apply(to stimulus: inout some Stimulus) throws(SpikingError) {
    try SpikingError.within(
      path, content.assign(to: &stimulus, content.keys + ["targets", "format"]))
  }

  /// Checks that a mask of targets has a place for every neuron of a run, and no others, as the run
  /// itself does; the error names the file of the mask.
  ///
  /// - Parameter neuronCounts: the sizes of all networks of the run.
  /// - Throws: `invalidData` naming the file, the mask and its shape.
  public func checkMask(neuronCounts: [Int]) throws(SpikingError) {
    try SpikingError.within(path, mask?.check(neuronCounts: neuronCounts))
  }

  private func expect(_ kind: Kind) throws(SpikingError) {
    guard self.kind == kind else {
      throw SpikingError(.invalidData, path, found: "a \(self.kind)", expected: "a \(kind)")
    }
  }
}

extension SpikingModel {
  /// Writes the model with all its parameters, in the order of their declaration, as a `ParameterFile` reads it.
  ///
  /// - Parameters:
  ///   - location: the file.
  ///   - seed: that of the simulations its parameters come from, where they do.
  /// - Throws: `unwritableFile`.
  public func write(
    to location: some FileLocation, seed: UInt64? = nil
  ) throws(SpikingError) {
    let text = TypeText(path: location.locationPath)
    try text.write(text.fields(self) + ParameterFile.fields(seed))
  }
}

extension TargetedStimulus {
  /// Writes the stimulus with all its parameters, in the order of their declaration, and its targets, as a
  /// `ParameterFile` reads them. Arrays that are not short become `.npy` files beside the file, named after it.
  ///
  /// - Parameters:
  ///   - location: the file.
  ///   - seed: that of the simulations its parameters come from, where they do.
  /// - Throws: `unwritableFile`, also for a closure, which cannot be saved.
  public func write(
    to location: some FileLocation, seed: UInt64? = nil
  ) throws(SpikingError) {
    var text = TypeText(path: location.locationPath)
    let fields = try text.fields(self)
    try text.write(fields + ParameterFile.fields(seed))
  }
}

extension ParameterFile {
  fileprivate static func fields(_ seed: UInt64?) -> [(key: String, text: String)] {
    seed.map { [("seed", "\($0)")] } ?? []
  }
}

extension ParameterFile: CustomStringConvertible {
  /// "model BernoulliGLM", "stimulus Regular on neurons 3, 7".
  public var description: String {
    "\(kind) \(typeName)\(kind == .stimulus ? " on \(targets)" : "")"
  }
}
