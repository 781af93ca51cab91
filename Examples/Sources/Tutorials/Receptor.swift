import Foundation
import Spiking

// BEGIN TUTORIAL
/// A run of the experiment: the spikes of the receptor, and the logarithm of the sound that it heard.
public struct Run: Sendable {
  public let spikes: BinnedSpikes
  public let sound: [Double]

  public init(_ path: String) throws {
    let file = try NWBFile(path)
    let recording = try file.units()
    spikes = try recording.binned(width: 1)
    sound = try file.series(named: "sound_pressure")
      .sampled(binWidth: 1, start: recording.start, binCount: spikes.binCount)[0]
      .map { log($0) }
  }

  /// A model of the receptor in this run, whose filter of the sound is a sum of functions of `basis`.
  public func fitter(
    hearing basis: any Basis = RaisedCosineLinearBasis(count: 10, window: 20)
  ) -> CoupledFitter<Sigmoid, BernoulliEmission> {
    var fitter = CoupledFitter(
      Sigmoid(), BernoulliEmission(), history: RaisedCosineLogBasis(count: 6, window: 100),
      stimuli: [StimulusCovariate("sound", values: sound, basis: basis)])
    fitter.hasStandardErrors = true
    return fitter
  }
}
// END TUTORIAL

/// The auditory receptor of a grasshopper: fitted to one run, judged by another.
public struct Receptor: Sendable {
  /// A fit to the first run, and what it says of both.
  public struct Result: Sendable {
    public let fit: CoupledFit
    public let bitsPerSpike: [Double]
    public let intervals: [RescaledIntervals]
  }

  public let runs: [Run]

  /// Reads `grasshopper_1.nwb` and `grasshopper_2.nwb` of a folder.
  public init(folder: String) throws {
    runs = try [1, 2].map { try Run("\(folder)/grasshopper_\($0).nwb") }
  }

  /// Fits a model to the first run, and checks it on both.
  public func result<InverseLink, EmissionModel>(
    _ model: @Sendable (Run) -> CoupledFitter<InverseLink, EmissionModel>
  ) async throws -> Result {
    let fit = try await model(runs[0]).fit(runs[0].spikes)
    var (bits, intervals): ([Double], [RescaledIntervals]) = ([], [])
    for run in runs {
      let prediction = try await fit.predictions(
        for: run.spikes, stimuli: model(run).stimuli.map(\.values))[0]
      bits.append(try prediction.goodness().bitsPerSpike ?? .nan)
      intervals.append(TimeRescaling().analyze(try prediction.spikes()))
    }
    return Result(fit: fit, bitsPerSpike: bits, intervals: intervals)
  }

  /// The model of the tutorial, and others, each by its name in the table.
  public func results() async throws -> [(name: String, result: Result)] {
    [
      (
        "history",
        try await result { run in
          CoupledFitter(Sigmoid(), BernoulliEmission(), history: run.fitter().history)
        }
      ),
      ("history and sound", try await result { $0.fitter() }),
      (
        "history, sound and e^(−t/3 s)",
        try await result { run in
          var fitter = run.fitter()
          let onset = run.sound.indices.map { exp(-Double($0) / 3000) }
          fitter.stimuli.append(
            StimulusCovariate("onset", values: onset, basis: IdentityBasis(window: 1)))
          return fitter
        }
      ),
      (
        "history and sound, Poisson and exp",
        try await result { run in
          CoupledFitter(history: run.fitter().history, stimuli: run.fitter().stimuli)
        }
      ),
      ("every lag free", try await result { $0.fitter(hearing: IdentityBasis(window: 20)) }),
      (
        "every lag free, ridge",
        try await result { run in
          var fitter = run.fitter(hearing: IdentityBasis(window: 20))
          fitter.penalty.ridge = 1e-4
          return fitter
        }
      ),
    ]
  }

  /// The steps of the tutorial, one after the other.
  public func steps() async throws -> (
    fit: CoupledFit, filters: [FitColumns.Group.Input: FilterEstimate], goodness: GoodnessOfFit,
    intervals: RescaledIntervals
  ) {
    let (first, second) = (runs[0], runs[1])
    // BEGIN TUTORIAL
    let fit = try await first.fitter().fit(first.spikes)
    let filters = try fit.filters(of: 0, fittedTo: first.spikes, stimuli: [first.sound])
    // END TUTORIAL
    // BEGIN TUTORIAL
    let prediction = try await fit.predictions(for: second.spikes, stimuli: [second.sound])[0]
    let goodness = try prediction.goodness()
    let intervals = TimeRescaling().analyze(try prediction.spikes())
    // END TUTORIAL
    return (fit, filters, goodness, intervals)
  }

  /// The filters with their standard errors, and the second run after time rescaling.
  public func figures() async throws -> [any Figure] {
    let (_, filters, _, intervals) = try await steps()
    var figures: [any Figure] = [
      TimeRescalingFigure(
        [intervals], name: "recordings-receptor-rescaling", title: "The second run, rescaled")
    ]
    if let sound = filters[.stimulus(0)] {
      figures.append(
        FilterBandFigure(
          sound, firstLag: 0, name: "recordings-sound-filter", title: "What sound does",
          axis: "Time since the sound (ms)"))
    }
    if let history = filters[.history] {
      figures.append(
        FilterBandFigure(
          history, firstLag: 1, name: "recordings-history-filter",
          title: "What a spike does", axis: "Time since the spike (ms)"))
    }
    return figures
  }
}
