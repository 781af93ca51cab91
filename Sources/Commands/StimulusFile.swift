internal import Spiking

/// Stimuli as JSON files.
enum StimulusFile {
  /// The stimulus of a file, which must fit networks of these sizes and bins of this width.
  static func load(_ path: String, neuronCounts: [Int], dt: Double) throws -> TargetedStimulus {
    let file = try ParameterFile(contentsOf: path)
    guard file.kind == .stimulus else {
      throw SpikingError(.invalidData, path, found: "a \(file.kind)", expected: "a stimulus")
    }
    let prototype: any Stimulus
    do {
      prototype = try Catalogue.current.stimulus(file.typeName)
    } catch {
      throw error.within(path)
    }
    let stimulus = try configured(prototype, file)
    try file.checkMask(neuronCounts: neuronCounts)
    do {
      // The simulator checks this, too, but no longer knows the file.
      try stimulus.validate(neuronCounts: neuronCounts, dt: dt)
    } catch {
      throw error.within(path)
    }
    return stimulus
  }

  private static func configured(
    _ prototype: some Stimulus, _ file: ParameterFile
  ) throws -> TargetedStimulus {
    var stimulus = prototype
    try file.apply(to: &stimulus)
    return TargetedStimulus(stimulus, targets: file.targets)
  }
}
