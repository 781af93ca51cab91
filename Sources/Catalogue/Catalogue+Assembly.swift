public import SpikingFramework
internal import SpikingModels

extension Catalogue {
  /// A model with another part, both by their names: `("nonlinearity", "Softplus")`.
  ///
  /// - Throws: `unknownName` where the model has no such part, or there is no such type.
  public func assembling(
    _ model: any SpikingModel, _ part: String, _ name: String
  ) throws(SpikingError) -> any SpikingModel {
    let type = Swift.type(of: model).typeName
    guard let assembled = model as? any AssembledModel,
      let present = assembled.parts.first(where: { $0.name == part })?.value
    else {
      let parts = (model as? any AssembledModel)?.parts.map(\.name) ?? []
      throw SpikingError(
        .unknownName, "\(type).\(part)", found: "\"\(name)\"",
        expected: parts.isEmpty
          ? "a number"
          : "a number, or one of the parts "
            + parts.joined(separator: ", "))
    }
    do throws(SpikingError) {
      let kind = Self.kind(of: present)
      let value = try find(name, kind, self[kind])
      return assembled.replacing(part, with: value) ?? model
    } catch {
      throw error.within("\(type).\(part)")
    }
  }

  /// The names of the parts of a model by those of their parameters; none where it is not assembled.
  public func parts(of model: any SpikingModel) -> [(part: String, name: String)] {
    guard let assembled = model as? any AssembledModel else { return [] }
    return assembled.parts.map { ($0.name, name(of: $0.value, Self.kind(of: $0.value))) }
  }

  private static func kind(of part: any Parameterized) -> CatalogueKind {
    switch part {
    case is any Nonlinearity: .nonlinearity
    case is any Emission: .emission
    default: .filter
    }
  }
}
