public import SpikingFramework

/// A model whose parts can be exchanged for others of their kind: what files and commands put together by names.
public protocol AssembledModel: SpikingModel {
  /// The parts, by the names of their parameters.
  var parts: [ModelPart] { get }

  /// The same model with another part; nil where it has no part of this name, or of another kind.
  func replacing(_ name: String, with part: any Parameterized) -> (any SpikingModel)?
}

/// A part of a model.
public struct ModelPart {
  /// What the model calls it: its parameters begin with "name.".
  public let name: String
  /// The part.
  public let value: any Parameterized

  /// A part of a name.
  public init(_ name: String, _ value: any Parameterized) {
    self.name = name
    self.value = value
  }
}
