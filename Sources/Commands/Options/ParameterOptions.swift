internal import ArgumentParser
internal import Spiking

/// The parameters that the command line sets.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a parameter, of a part by its last name where no other has it, or a part of a Cascade.",
      valueName: "name=value"),
    completion: .parameters)
  var assignments: [ParameterAssignment] = []

  /// A model with other parts, whose parameters are set.
  func applied(to model: any SpikingModel) throws(SpikingError) -> any SpikingModel {
    var model = model
    do throws(SpikingError) {
      for assignment in assignments {
        guard case .name(let name) = assignment.value else { continue }
        model = try Catalogue.current.assembling(model, assignment.name, name)
      }
    } catch {
      throw error.within(option: "--set")
    }
    return try assigned(model)
  }

  private func assigned(_ prototype: some SpikingModel) throws(SpikingError) -> any SpikingModel {
    var model = prototype
    try apply(to: &model, hasParts: true)
    return model
  }

  /// - Parameters:
  ///   - hasParts: whether names of types are of parts that are exchanged already.
  ///   - names: which parameters are looked at; all where nil.
  func apply<Value: Parameterized>(
    to value: inout Value, hasParts: Bool = false, only names: Set<String>? = nil
  ) throws(SpikingError) {
    for assignment in assignments where names?.contains(assignment.name) ?? true {
      switch assignment.value {
      case .number(let number):
        do { try value.setParameter(assignment.name, to: number) } catch {
          throw error.within(option: "--set")
        }
      case .name(let name):
        if hasParts { continue }
        throw SpikingError(
          .wrongCommandLine, "--set: \(Value.typeName).\(assignment.name)",
          found: name.debugDescription, expected: "a number, true or false")
      }
    }
  }
}
