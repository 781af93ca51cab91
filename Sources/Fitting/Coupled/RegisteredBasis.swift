public import SpikingFramework

/// Which basis the functions of a fit are of: its name and its parameters, as files have them.
public struct RegisteredBasis: Hashable, Codable, Sendable {
  /// The name in the catalogue: "raised-cosine-log".
  public let name: String
  /// The values of its parameters by their names.
  public let parameters: [String: Double]

  /// A basis of a name and parameters, whether or not there is such a type here.
  public init(name: String, parameters: [String: Double]) {
    self.name = name
    self.parameters = parameters
  }

  /// What a basis is; nil where it is a matrix whose origin is not known.
  public init?(_ basis: some Basis) {
    if let matrix = basis as? BasisMatrix {
      guard let source = matrix.source else { return nil }
      self = source
    } else {
      self.init(
        name: registeredName(type(of: basis).typeName, withoutSuffix: "Basis"),
        parameters: basis.valuesByName)
    }
  }
}
