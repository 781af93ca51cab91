internal import Foundation
public import SpikingFramework

/// A model or a stimulus in a JSON file:
///
/// ```json
/// {"model": "BernoulliGLM", "parameters": {"theta": 5}}
/// {"stimulus": "Regular", "parameters": {"strength": 5}, "targets": [[0, 3], [1, 7]]}
/// ```
///
/// Parameters that are left out keep the values of the type. The targets of a stimulus are a list
/// of neurons for all networks, a list of lists, one for each network, or a boolean `.npy` file,
/// [N] or [networks, N], whose path starts at the folder of the JSON file; without them they are
/// all neurons. An end that never comes is "infinity", in quotes. A key `version` is allowed and
/// ignored.
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
  /// The model or stimulus by name: "BernoulliGLM", "Regular".
  public let typeName: String
  /// The parameters by name; truth values are 0 and 1.
  public let parameters: [String: Double]
  /// The neurons a stimulus acts on.
  public let targets: StimulusTargets
  /// The mask that gave the targets.
  private let mask: TargetMask?

  /// Reads the file at `path`.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file, the key and the value.
  public init(contentsOf path: String) throws(SpikingError) {
    self.path = path
    let file = try InputFile.read(path)
    do throws(SpikingError) {
      let document = try JSONDocument(file)
      let kinds = [Kind.model, .stimulus].filter { document[$0.rawValue] != nil }
      guard kinds.count == 1 else {
        throw SpikingError(
          .invalidData, "keys",
          found: document.keys.isEmpty ? "none" : document.keys.joined(separator: ", "),
          expected: "either model or stimulus")
      }
      kind = kinds[0]
      typeName = try document.string(kind.rawValue)
      parameters = try document.numbers("parameters")
      (targets, mask) =
        kind == .model || document["targets"] == nil
        ? (.all, nil) : try document.targets("targets", folder: InputFile.folder(of: path))
      try document.allow(
        [kind.rawValue, "parameters", "version"] + (kind == .stimulus ? ["targets"] : []))
    } catch {
      // A file of targets comes with its own name; the file that asked for it goes before.
      throw error.within(path)
    }
  }

  /// Assigns the parameters of the file, in the order of their names.
  ///
  /// - Throws: `unknownName` or `invalidParameter`, as `setParameter(_:to:)`, naming the file.
  public func apply(to value: inout some Parameterized) throws(SpikingError) {
    for (name, number) in parameters.sorted(by: { $0.key < $1.key }) {
      do {
        try value.setParameter(name, to: number)
      } catch {
        throw error.within(path)
      }
    }
  }

  /// Checks that a mask of targets has a place for every neuron of a run, and no others: the
  /// targets alone do not tell.
  ///
  /// - Parameter neuronCounts: the sizes of all networks of the run.
  /// - Throws: `invalidData` naming the file, the mask and its shape.
  public func checkMask(neuronCounts: [Int]) throws(SpikingError) {
    do {
      try mask?.check(neuronCounts: neuronCounts)
    } catch {
      throw error.within(path)
    }
  }

  /// Writes a model with all its parameters, in the order of their declaration.
  ///
  /// - Throws: `unwritableFile`.
  public static func save(_ model: some SpikingModel, to path: String) throws(SpikingError) {
    try write(model, .model, targets: nil, to: path)
  }

  /// Writes a stimulus with all its parameters, in the order of their declaration, and its targets.
  ///
  /// - Throws: `unwritableFile`.
  public static func save(_ stimulus: TargetedStimulus, to path: String) throws(SpikingError) {
    let targets: String? =
      switch stimulus.targets {
      case .all: nil
      case .everyNetwork(let neurons): "\(neurons)"
      case .perNetwork(let lists): "\(lists)"
      }
    try write(stimulus.stimulus, .stimulus, targets: targets, to: path)
  }

  private static func write<Value: Parameterized>(
    _ value: Value, _ kind: Kind, targets: String?, to path: String
  ) throws(SpikingError) {
    let parameters = value.parameters.map { "    \"\($0.name)\": \(text($0))" }
      .joined(separator: ",\n")
    // A stimulus is called what it is: a `RegularStimulus` is "Regular".
    let suffix = kind == .stimulus && Value.typeName.hasSuffix("Stimulus") ? "Stimulus" : ""
    let fields = [
      "  \"\(kind.rawValue)\": \"\(Value.typeName.dropLast(suffix.count))\"",
      parameters.isEmpty ? "  \"parameters\": {}" : "  \"parameters\": {\n\(parameters)\n  }",
      targets.map { "  \"targets\": \($0)" },
    ]
    var file = try OutputFile(path)
    try file.write("{\n\(fields.compactMap(\.self).joined(separator: ",\n"))\n}\n")
    try file.finish()
  }

  /// A value as JSON has it: whole numbers without a point.
  private static func text(_ parameter: Parameter) -> String {
    if parameter.domain.kind == .flag { return parameter.value == 0 ? "false" : "true" }
    if parameter.value.isInfinite { return parameter.value < 0 ? "\"-infinity\"" : "\"infinity\"" }
    return Int64(exactly: parameter.value).map { "\($0)" } ?? "\(parameter.value)"
  }
}
