internal import Spiking

/// Stimuli as JSON files.
enum StimulusFile {
  /// The stimulus of a file, which must fit networks of these sizes and bins of this width.
  static func load(
    _ path: String, neuronCounts: [Int], dt: Double
  ) throws(SpikingError) -> TargetedStimulus {
    let file = try ParameterFile(contentsOf: path)
    let stimulus = try file.stimulus(in: .current)
    try file.checkMask(neuronCounts: neuronCounts)
    // The simulator checks this, too, but no longer knows the file.
    try SpikingError.within(path, stimulus.validate(neuronCounts: neuronCounts, dt: dt))
    return stimulus
  }
}
