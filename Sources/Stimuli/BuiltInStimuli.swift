public import SpikingFramework

/// The stimuli of this package, which files and the command know by name.
public enum BuiltInStimuli {
  /// One of each kind with parameters to start from, and without data; a closure has no name.
  public static let all: [any Stimulus] = [
    regular,
    PoissonStimulus(strength: 1, meanInterval: 100, duration: 10),
    SinusoidStimulus(amplitude: 1, period: 100),
    RampStimulus(to: 1, duration: 1000),
    WhiteNoiseStimulus(stdPerBin: 1),
    PulseTrainStimulus(times: [], strength: 1, duration: 10),
    LoadedStimulus(networks: []),
    FilteredStimulus(signal: [], filters: []),
    regular + regular,
    regular * regular,
  ]

  private static let regular = RegularStimulus(strength: 1, period: 100, duration: 10)
}
