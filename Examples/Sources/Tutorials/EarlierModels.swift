import Foundation
import Spiking

/// The models of `RealRecordings` as designs.
public enum EarlierModels {
  /// Units of the hippocampus without a stimulus: which terms predict what was held out, and for which units.
  public static func hippocampus(folder: String) async throws -> DesignComparison {
    let path = "\(folder)/rat_hippocampus.nwb"
    // BEGIN TUTORIAL
    let spontaneous = try Recording(contentsOf: path).binned(width: 1)
    let bursts = Design {
      History(RaisedCosineLogBasis(count: 6, window: 100))
      Coupling(RaisedCosineLogBasis(count: 4, window: 50))
      Drift(BSplineBasis(count: 10, window: 10).over(0...998_200))
    }
    var comparer = DesignComparer()
    comparer.folds = 5
    comparer.neurons = [1, 4, 6, 13]
    comparer.configure = { $0.penalty = Penalty(groupLasso: 1e-5) }
    let comparison = try await comparer.compare(bursts.droppingEach, in: spontaneous)
    // END TUTORIAL
    return comparison
  }

  /// The receptor of a grasshopper in a run, its sound as a covariate.
  public static func receptor(_ path: String) async throws -> CoupledFit {
    // BEGIN TUTORIAL
    var session = try Recording(contentsOf: path)
    let sound = try session.binned(width: 1).covariate("sound_pressure").map { log($0) }
    let steps = TimeSeries.Times.regular(start: session.spikes.start, step: 1)
    try session.add(RecordedSeries("log_sound", TimeSeries(values: sound, times: steps)))
    let hearing = Design {
      History(RaisedCosineLogBasis(count: 6, window: 100))
      StimulusTerm("log_sound", RaisedCosineLinearBasis(count: 10, window: 20))
    }
    let fit = try await hearing.fit(
      session.binned(width: 1), Sigmoid(), BernoulliEmission()
    ) { $0.hasStandardErrors = true }
    // END TUTORIAL
    return fit
  }
}
