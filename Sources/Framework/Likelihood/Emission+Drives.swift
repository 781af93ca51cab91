/// Likelihoods as functions of drives, by default from those of means.
extension Emission {
  /// By the chain rule.
  @inlinable
  public func logLikelihoodAndSlope(
    of count: Int, at drive: Double, of mean: DrivenMean<some Nonlinearity>
  ) -> (logLikelihood: Double, slope: Double) {
    let (mean, slope) = mean.meanAndSlope(at: drive)
    let logLikelihood = logLikelihood(of: count, mean: mean)
    guard logLikelihood.isFinite, slope != 0 else { return (logLikelihood, 0) }
    return (logLikelihood, score(of: count, mean: mean) * slope)
  }

  /// `logLikelihood` and `score` of each bin.
  @inlinable
  public func silencesAndSlopes(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    logLikelihoods: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    // The means are where their likelihoods will be.
    mean.meansAndSlopes(at: drives, means: &logLikelihoods, slopes: &slopes)
    for index in drives.indices {
      let mean = logLikelihoods[unchecked: index]
      let logLikelihood = logLikelihood(of: 0, mean: mean)
      logLikelihoods[unchecked: index] = logLikelihood
      if logLikelihood.isFinite, slopes[unchecked: index] != 0 {
        slopes[unchecked: index] *= score(of: 0, mean: mean)
      } else {
        slopes[unchecked: index] = 0
      }
    }
  }

  /// Slope² · `information(mean:)` of each bin.
  @inlinable
  public func information(
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>,
    into information: inout MutableSpan<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: drives.count) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      var slopes = MutableSpan(_unsafeStart: scratch, count: drives.count)
      mean.meansAndSlopes(at: drives, means: &information, slopes: &slopes)
      for index in drives.indices {
        let slope = slopes[unchecked: index]
        // Where both the slope and the variance vanish, nothing is learned from the bin.
        let weight =
          slope == 0 ? 0 : slope * (slope * self.information(mean: information[unchecked: index]))
        information[unchecked: index] = weight.isFinite ? weight : 0
      }
    }
  }
}
