internal import SpikingFramework

/// A model a little below and a little above in one of its parameters: what depends on the parameter
/// is differentiated by differences of these two, to about ten digits.
struct ParameterStep<Model: SpikingModel> {
  let name: String
  let lower: Model
  let upper: Model
  /// By how much the parameter differs.
  let width: Double

  /// - Throws: `unknownName`, or `invalidParameter` where it is no real number, or the only value that
  ///   it can have.
  init(_ model: Model, _ name: String) throws(SpikingError) {
    guard let parameter = model.parameters.first(where: { $0.name == name }),
      parameter.domain.kind == .real
    else {
      let known = model.parameters.filter { $0.domain.kind == .real }.map(\.name)
      throw SpikingError(
        .unknownName, "\(Model.typeName).\(name)",
        "the likelihood has no such derivative, expected one of \(known.joined(separator: ", "))")
    }
    let value = parameter.value
    let step = 1e-5 * (value == 0 ? 1 : abs(value))
    let (lower, upper) = (
      Self.moved(model, name, value - step), Self.moved(model, name, value + step)
    )
    self.name = name
    self.lower = lower ?? model
    self.upper = upper ?? model
    width = (upper == nil ? value : value + step) - (lower == nil ? value : value - step)
    guard width > 0 else {
      throw SpikingError(
        .invalidParameter, "\(Model.typeName).\(name)", found: value,
        expected: "room for the parameter to change")
    }
  }

  /// The model with another value; nil where it cannot have that.
  private static func moved(_ model: Model, _ name: String, _ value: Double) -> Model? {
    var model = model
    do {
      try model.setParameter(name, to: value)
      try model.validate()
    } catch { return nil }
    return model
  }

  /// The derivative of a number.
  func slope(_ number: (Model) -> Double) -> Double { (number(upper) - number(lower)) / width }

  /// The derivatives of the weights of a filter; empty where there are none.
  func slopes(_ taps: (Model) -> [Double]) -> [Double] {
    let (below, above) = (taps(lower), taps(upper))
    let slopes = (0..<max(below.count, above.count)).map {
      ((above.indices.contains($0) ? above[$0] : 0) - (below.indices.contains($0) ? below[$0] : 0))
        / width
    }
    return slopes.contains { $0 != 0 } ? slopes : []
  }

  /// A part at both ends; nil where the parameter does not change it.
  func change<Part: Parameterized>(of part: (Model) -> Part) -> (lower: Part, upper: Part)? {
    let (below, above) = (part(lower), part(upper))
    // What a part does not declare still shows in its stored properties.
    let isSame =
      below.parameters == above.parameters && String(reflecting: below) == String(reflecting: above)
    return isSame ? nil : (below, above)
  }
}
