internal import Spiking

/// The distance of Kolmogorov and Smirnov between draws and a continuous distribution, and the
/// probability of a larger one. (Marsaglia, Tsang and Wang 2003 give the finite-n correction used.)
package func kolmogorovSmirnov(_ draws: [Double], _ cumulative: (Double) -> Double) -> Double {
  let n = Double(draws.count)
  var distance = 0.0
  for (index, draw) in draws.sorted().enumerated() {
    let expected = cumulative(draw)
    distance = max(
      distance, abs(expected - Double(index) / n), abs(Double(index + 1) / n - expected))
  }
  return SpecialFunctions.kolmogorovTail(
    distance * (n.squareRoot() + 0.12 + 0.11 / n.squareRoot()))
}

/// Pearson's χ² test of counts against probabilities: the probability of a larger χ². Classes
/// expected less than 5 times are pooled with the next.
package func chiSquared(_ counts: [Int], _ probabilities: [Double]) -> Double {
  let n = Double(counts.reduce(0, +))
  var (statistic, classes) = (0.0, 0)
  var (observed, expected) = (0.0, 0.0)
  for (count, probability) in zip(counts, probabilities) {
    observed += Double(count)
    expected += probability * n
    if expected >= 5 {
      statistic += (observed - expected) * (observed - expected) / expected
      classes += 1
      (observed, expected) = (0, 0)
    }
  }
  // What is left is a class of its own, if a small one: an excess of rare counts must show.
  if expected > 0 || observed > 0 {
    statistic += (observed - expected) * (observed - expected) / max(expected, 1)
    classes += 1
  }
  return SpecialFunctions.chiSquaredTail(statistic, degrees: Double(classes - 1))
}

/// The mean of numbers and its standard error.
package func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
  return (mean, (variance / n).squareRoot())
}

/// Whether a value differs from the expected one by no more than a fraction of it.
package func isClose(_ value: Double?, _ expected: Double, to tolerance: Double = 1e-12) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance * abs(expected)
}
