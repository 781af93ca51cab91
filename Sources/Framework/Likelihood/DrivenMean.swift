internal import Foundation

/// The mean count of a bin as a function of its drive g,
///
///     μ(g) = f(g) · dt
///
/// with a nonlinearity f, and 0 where the rate is negative. Emissions compute likelihoods from it, which a
/// rounded μ could not give: the probability 1 − p of silence is lost where p is 1 to the last digit.
public struct DrivenMean<InverseLink: Nonlinearity>: Sendable {
  /// f, in spikes per ms.
  public let nonlinearity: InverseLink
  /// The width of a bin in ms.
  public let dt: Double

  private let logWidth: Double

  /// The means of a nonlinearity in bins of a width in ms.
  public init(_ nonlinearity: InverseLink, dt: Double) {
    self.nonlinearity = nonlinearity
    self.dt = dt
    logWidth = log(dt)
  }

  /// μ at a drive.
  @inlinable
  public func mean(at drive: Double) -> Double { max(nonlinearity.rate(at: drive), 0) * dt }

  /// μ at a drive, and its derivative.
  @inlinable
  public func meanAndSlope(at drive: Double) -> (mean: Double, slope: Double) {
    let (rate, slope) = nonlinearity.rateAndSlope(at: drive)
    return rate < 0 ? (0, 0) : (rate * dt, slope * dt)
  }

  /// ln μ at a drive, and its derivative; −∞ and 0 where the mean is 0.
  public func logMeanAndSlope(at drive: Double) -> (logMean: Double, slope: Double) {
    let (logRate, slope) = nonlinearity.logRateAndSlope(at: drive)
    return (logRate + logWidth, slope)
  }

  /// ln(1 − μ) at a drive, and its derivative; −∞ and 0 where the mean is 1 or more.
  @inlinable
  public func logSilenceAndSlope(at drive: Double) -> (logSilence: Double, slope: Double) {
    nonlinearity.logSilenceAndSlope(at: drive, dt: dt)
  }

  /// μ and its derivative at many drives; all spans have the same length.
  @inlinable
  public func meansAndSlopes(
    at drives: Span<Double>, means: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    nonlinearity.ratesAndSlopes(at: drives, rates: &means, slopes: &slopes)
    for index in drives.indices {
      let scale = means[unchecked: index] < 0 ? 0 : dt
      means[unchecked: index] *= scale
      slopes[unchecked: index] *= scale
    }
  }
}
