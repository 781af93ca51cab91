internal import Foundation

/// What likelihoods need of a nonlinearity, by default from its rates.
extension Nonlinearity {
  /// ln rate, and slope / rate.
  public func logRateAndSlope(at drive: Double) -> (logRate: Double, slope: Double) {
    let (rate, slope) = rateAndSlope(at: drive)
    if rate.isNaN { return (rate, 0) }
    return rate > 0 ? (log(rate), slope / rate) : (-.infinity, 0)
  }

  /// ln(1 − μ), and −slope dt / (1 − μ), with μ = rate · dt; a negative rate is silence.
  public func logSilenceAndSlope(
    at drive: Double, dt: Double
  ) -> (logSilence: Double, slope: Double) {
    let (rate, slope) = rateAndSlope(at: drive)
    let mean = rate * dt
    if mean < 0 { return (0, 0) }
    if mean.isNaN { return (mean, 0) }
    return mean < 1 ? (log1p(-mean), -slope * dt / (1 - mean)) : (-.infinity, 0)
  }

  /// `logSilenceAndSlope(at:dt:)` for each drive.
  public func logSilencesAndSlopes(
    at drives: Span<Double>, dt: Double, logSilences: inout MutableSpan<Double>,
    slopes: inout MutableSpan<Double>
  ) {
    precondition(drives.count == logSilences.count && drives.count == slopes.count)
    for index in drives.indices {
      let (logSilence, slope) = logSilenceAndSlope(at: drives[unchecked: index], dt: dt)
      logSilences[unchecked: index] = logSilence
      slopes[unchecked: index] = slope
    }
  }
}
