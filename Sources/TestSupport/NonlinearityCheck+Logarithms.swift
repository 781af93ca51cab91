internal import Foundation
internal import SpikingFramework

/// Where the logarithms that likelihoods are made of are not those of the rates, or their slopes are not
/// the derivatives; at drives where rates have them.
func logarithmProblems(with nonlinearity: some Nonlinearity, at drives: [Double]) -> [String] {
  let dt = 0.4
  var values = [Double](repeating: 1, count: drives.count)
  var slopes = [Double](repeating: 2, count: drives.count)
  fill(&values, &slopes, nonlinearity, drives, dt: dt)
  return drives.enumerated().flatMap { index, drive in
    let (rate, slope) = nonlinearity.rateAndSlope(at: drive)
    var problems: [String] = []
    func check(_ name: String, _ found: (Double, Double), _ value: Double, _ slope: Double) {
      // As many digits as a rate close to its maximum has left.
      let tolerance = 1e-9 + 1e-6 * abs(value) + 1e-6 * abs(slope)
      if !(abs(found.0 - value) <= tolerance && abs(found.1 - slope) <= tolerance) {
        problems.append(
          "\(name) at \(drive) is \(found.0) with slope \(found.1), by the rate \(value) and \(slope)"
        )
      }
    }
    if rate > 0 {
      let found = nonlinearity.logRateAndSlope(at: drive)
      check("logRateAndSlope", (found.logRate, found.slope), log(rate), slope / rate)
    }
    if rate >= 0, rate * dt < 0.999 {
      let found = nonlinearity.logSilenceAndSlope(at: drive, dt: dt)
      let (value, change) = (log1p(-rate * dt), -slope * dt / (1 - rate * dt))
      check("logSilenceAndSlope", (found.logSilence, found.slope), value, change)
      check("logSilencesAndSlopes", (values[index], slopes[index]), value, change)
    }
    return problems
  }
}

private func fill(
  _ values: inout [Double], _ slopes: inout [Double], _ nonlinearity: some Nonlinearity,
  _ drives: [Double], dt: Double
) {
  var valueSpan = values.mutableSpan
  var slopeSpan = slopes.mutableSpan
  nonlinearity.logSilencesAndSlopes(
    at: drives.span, dt: dt, logSilences: &valueSpan, slopes: &slopeSpan)
}
