public import SpikingFramework

/// What every nonlinearity promises, checked at the given drives and far out on both sides.
///
/// ```swift
/// #expect(problems(with: MyNonlinearity()).isEmpty)
/// ```
///
/// - Parameters:
///   - drives: where to look; none within 1e-4 of a jump, over which there is no slope.
///   - mayBeNegative: whether rates below zero are no problem.
/// - Returns: a line for each promise that does not hold: rates are never NaN at finite drives and
///   never negative, and NaN at NaN; the batch forms equal the scalar ones to 1e-14; no bound lies
///   below its rate; logarithms of rates and of probabilities of silence are those of the rates, with their
///   slopes; the slope equals a numerical derivative to 1e-6 of the rates around it, and far
///   out is not NaN where the rate is finite; parameters can be set and read.
public func problems(
  with nonlinearity: some Nonlinearity,
  at drives: [Double] = stride(from: -8, through: 8, by: 0.37).map { $0 },
  mayBeNegative: Bool = false
) -> [String] {
  var problems = parameterProblems(with: nonlinearity)
  let ends = [-1e4, -800, -710, -40, 40, 710, 800, 1e4]
  for (index, values) in batchValues(nonlinearity, at: drives + ends + [.nan]).enumerated() {
    let drive = values.drive
    let (rate, slope) = nonlinearity.rateAndSlope(at: drive)
    if drive.isNaN {
      if !(rate.isNaN && nonlinearity.rate(at: drive).isNaN && values.rates.allSatisfy(\.isNaN)) {
        problems.append("a drive of NaN gives a rate of \(rate), \(values.rates): not an error")
      }
      if !values.bound.isNaN { problems.append("the bound at NaN is \(values.bound)") }
      continue
    }
    if rate.isNaN || (rate < 0 && !mayBeNegative) {
      problems.append("the rate at \(drive) is \(rate)")
    }
    for (name, value) in zip(["rate(at:)", "rates", "ratesAndSlopes"], values.rates)
    where !(abs(value - rate) <= 1e-14 * abs(rate) || value == rate) {
      problems.append("\(name) gives \(value) at \(drive), rateAndSlope(at:) gives \(rate)")
    }
    // Single precision ends at 1e-38.
    if Double(values.bound) < rate - 1e-6 * abs(rate) - 1e-38 {
      problems.append("the bound at \(drive) is \(values.bound), below the rate \(rate)")
    }
    if slope.isNaN ? rate.isFinite : slope != values.slope {
      problems.append("ratesAndSlopes gives slope \(values.slope) at \(drive), not \(slope)")
    }
    if index >= drives.count { continue }
    let step = 1e-4
    let (below, above) = (
      nonlinearity.rate(at: drive - step), nonlinearity.rate(at: drive + step)
    )
    let numeric = (above - below) / (2 * step)
    if !(abs(slope - numeric) <= 1e-6 * max(1, abs(above), abs(below), abs(numeric))) {
      problems.append("the slope at \(drive) is \(slope), numerically \(numeric)")
    }
  }
  return problems + logarithmProblems(with: nonlinearity, at: drives)
}

/// What a nonlinearity gives at one drive, other than by `rateAndSlope(at:)`.
private struct BatchValues {
  let drive: Double
  let rates: [Double]
  let slope: Double
  let bound: Float
}

private func batchValues(_ nonlinearity: some Nonlinearity, at drives: [Double]) -> [BatchValues] {
  // Each of its own: arrays that share storage are not safe where spans are taken of them.
  var rates = [Double](repeating: -1, count: drives.count)
  var otherRates = [Double](repeating: -1, count: drives.count)
  var slopes = [Double](repeating: -1, count: drives.count)
  var bounds = [Float](repeating: -1, count: drives.count)
  var rateSpan = rates.mutableSpan
  nonlinearity.rates(at: drives.span, into: &rateSpan)
  var otherSpan = otherRates.mutableSpan
  var slopeSpan = slopes.mutableSpan
  nonlinearity.ratesAndSlopes(at: drives.span, rates: &otherSpan, slopes: &slopeSpan)
  var boundSpan = bounds.mutableSpan
  nonlinearity.upperBounds(at: drives.span, into: &boundSpan)
  return drives.enumerated().map { index, drive in
    BatchValues(
      drive: drive, rates: [nonlinearity.rate(at: drive), rates[index], otherRates[index]],
      slope: slopes[index], bound: bounds[index])
  }
}
