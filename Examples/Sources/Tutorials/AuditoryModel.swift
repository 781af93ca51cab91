import Spiking

// BEGIN TUTORIAL
/// Neurons that hear five bands of sound.
public struct AuditoryModel: CascadeModel {
  public var dt = 1.0
  public var nonlinearity = Rectifier(threshold: -0.5, gain: 0.02)
  public var coupling = ExponentialFilter(decayRate: 0.2, window: 20)
  public var historyFilter = RefractoryFilter(
    absoluteScale: 2, absoluteStrength: -100, relativeScale: 10, relativeStrength: -5,
    decayRate: 0.3)
  public var bands = [0.2, 1, 0.5, -0.3, -0.6]
  public var hearing = BasisFilter(
    RaisedCosineLogBasis(count: 4, window: 25), weights: [0.2, 0.8, 0.4, -0.2])
  public let emission = PoissonEmission()

  public init() {}

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("nonlinearity", &nonlinearity)
    visit("coupling", &coupling)
    visit("historyFilter", &historyFilter)
    visit("bands", &bands, in: .real)
    visit("hearing", &hearing)
  }

  /// What a sound, [bands][bins], does to the neurons.
  public func stimulus(_ sound: [[Double]]) -> FilteredStimulus {
    let taps = hearing.taps(dt: dt)
    return FilteredStimulus(
      signal: sound, filters: bands.map { band in taps.map { band * $0 } }, dt: dt)
  }
}
// END TUTORIAL

extension AuditoryModel {
  /// The rates of 20 neurons around the onsets of a tone in one of the bands.
  public static func rates(tone: Int) async throws -> PeristimulusRates {
    // BEGIN TUTORIAL
    let model = AuditoryModel()
    // A tone of 50 ms every 200 ms, for 40 s.
    let sound = (0..<5).map { band in
      (0..<40_000).map { bin in band == tone && bin % 200 < 50 ? 1.0 : 0 }
    }
    let networks = try NormalGenerator(neurons: 20, std: 0.3).networks(count: 4, seed: 0)
    let spikes = try await Simulator(model).run(
      networks, steps: 40_000, stimuli: [TargetedStimulus(model.stimulus(sound))], seed: 0)
    let rates = try PeristimulusHistogram(period: 200, binWidth: 5).analyze(spikes.spikeTrains)
    // END TUTORIAL
    return rates
  }
}
