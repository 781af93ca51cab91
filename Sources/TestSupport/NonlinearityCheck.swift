public import SpikingFramework

/// What every nonlinearity promises, checked at the given drives.
///
/// ```swift
/// #expect(problems(with: MyNonlinearity()).isEmpty)
/// ```
///
/// - Returns: a line for each promise that does not hold: rates are never NaN at finite drives and
///   never negative (`mayBeNegative` excepted), the batch form equals the scalar one to 1e-14, and the
///   slope equals a numerical derivative to 1e-6 of the rates around it.
public func problems(
  with nonlinearity: some Nonlinearity,
  at drives: [Double] = stride(from: -8, through: 8, by: 0.37).map { $0 },
  mayBeNegative: Bool = false
) -> [String] {
  var problems = parameterProblems(with: nonlinearity)
  var batch = [Double](repeating: .nan, count: drives.count)
  var slopes = batch
  var rates = batch
  var batchSpan = batch.mutableSpan
  nonlinearity.rates(at: drives.span, into: &batchSpan)
  var rateSpan = rates.mutableSpan
  var slopeSpan = slopes.mutableSpan
  nonlinearity.ratesAndSlopes(at: drives.span, rates: &rateSpan, slopes: &slopeSpan)
  var bounds = [Float](repeating: .nan, count: drives.count)
  var boundSpan = bounds.mutableSpan
  nonlinearity.upperBounds(at: drives.span, into: &boundSpan)
  for (index, drive) in drives.enumerated() {
    let rate = nonlinearity.rate(at: drive)
    if rate.isNaN || (rate < 0 && !mayBeNegative) {
      problems.append("the rate at \(drive) is \(rate)")
    }
    for (name, value) in [("rates", batch[index]), ("ratesAndSlopes", rates[index])]
    where !(abs(value - rate) <= 1e-14 * abs(rate) || value == rate) {
      problems.append("\(name) gives \(value) at \(drive), rate(at:) gives \(rate)")
    }
    if Double(bounds[index]) < rate - 1e-6 * abs(rate) {
      problems.append("the bound at \(drive) is \(bounds[index]), below the rate \(rate)")
    }
    let (_, slope) = nonlinearity.rateAndSlope(at: drive)
    if slope != slopes[index] {
      problems.append("ratesAndSlopes gives slope \(slopes[index]) at \(drive), not \(slope)")
    }
    let step = 1e-4
    let (below, above) = (
      nonlinearity.rate(at: drive - step), nonlinearity.rate(at: drive + step)
    )
    let numeric = (above - below) / (2 * step)
    if !(abs(slope - numeric) <= 1e-6 * max(1, abs(above), abs(below), abs(numeric))) {
      problems.append("the slope at \(drive) is \(slope), numerically \(numeric)")
    }
  }
  return problems
}
