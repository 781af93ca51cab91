/// Chosen parameters of a model and of its stimuli as a list of numbers, for solvers, under one name each: "theta" for the model's, and
/// "stimulus.amplitude" for the stimulus', or "stimulus1.amplitude", "stimulus2.amplitude", … where
/// there are several.
package struct PackedParameters<Model: SpikingModel>: Sendable {
  package private(set) var model: Model
  package private(set) var stimuli: [TargetedStimulus]
  package let names: [String]
  package let domains: [ParameterDomain]

  /// - Throws: `unknownName`, or `invalidParameter` where a name is given twice or is that of a whole
  ///   number.
  package init(
    _ names: [String], of model: Model, stimuli: [TargetedStimulus]
  ) throws(SpikingError) {
    guard !names.isEmpty else {
      throw SpikingError(
        .invalidParameter, "parameters", found: "none", expected: "at least one name")
    }
    self.model = model
    self.stimuli = stimuli
    self.names = names
    let known = Self.all(model, stimuli)
    var domains: [ParameterDomain] = []
    for (index, name) in names.enumerated() {
      guard let parameter = known.first(where: { $0.name == name }) else {
        throw SpikingError(
          .unknownName, "parameters: \(name)",
          "no such parameter, expected some of \(known.map(\.name).joined(separator: ", "))")
      }
      guard parameter.domain.kind == .real || parameter.domain.kind == .time else {
        throw SpikingError(
          .invalidParameter, "parameters: \(name)", found: "\(parameter.domain)",
          expected: "a parameter that is a real number")
      }
      guard !names[..<index].contains(name) else {
        throw SpikingError(.invalidParameter, "parameters: \(name)", "is there twice")
      }
      domains.append(parameter.domain)
    }
    self.domains = domains
  }

  /// The values, in the order of the names.
  package var values: [Double] {
    let all = Self.all(model, stimuli)
    return names.compactMap { name in all.first { $0.name == name }?.value }
  }

  /// The same with other values, which lie in the domains.
  package func with(_ values: [Double]) throws(SpikingError) -> PackedParameters {
    var copy = self
    for (name, value) in zip(names, values) {
      guard let (index, parameter) = Self.stimulus(of: name, among: stimuli.count) else {
        try copy.model.setParameter(name, to: value)
        continue
      }
      try copy.stimuli[index].stimulus.setParameter(parameter, to: value)
    }
    return copy
  }

  private static func all(_ model: Model, _ stimuli: [TargetedStimulus]) -> [Parameter] {
    model.parameters
      + stimuli.enumerated().flatMap { index, stimulus in
        stimulus.stimulus.parameters.map {
          Parameter(
            name: prefix(index, of: stimuli.count) + $0.name, value: $0.value, domain: $0.domain)
        }
      }
  }

  /// What the names of the parameters of one of `count` stimuli begin with.
  private static func prefix(_ index: Int, of count: Int) -> String {
    count == 1 ? "stimulus." : "stimulus\(index + 1)."
  }

  private static func stimulus(of name: String, among count: Int) -> (Int, String)? {
    for index in 0..<count {
      let prefix = prefix(index, of: count)
      if name.hasPrefix(prefix) { return (index, String(name.dropFirst(prefix.count))) }
    }
    return nil
  }
}
