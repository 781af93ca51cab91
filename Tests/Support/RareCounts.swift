internal import Spiking

/// Whether a Poisson count of the given mean would be as far out as this on its side only once in
/// two million: what five standard errors are for a normal number. From GSL's incomplete gamma
/// function, as P(count ≥ k) = P(k, mean).
package func isPlausible(_ count: Int, mean: Double) -> Bool {
  let orMore = count == 0 ? 1 : SpecialFunctions.regularizedGammaP(Double(count), mean)
  let orFewer = SpecialFunctions.regularizedGammaQ(Double(count + 1), mean)
  return min(orMore, orFewer) > 3e-7
}

/// The correlation of neighbours `lag` apart in standard errors, 1/√n under independence.
package func correlation(_ values: [Double], lag: Int) -> Double {
  correlation(Array(values.dropLast(lag)), Array(values.dropFirst(lag)))
}

/// The correlation of pairs in standard errors, 1/√n under independence.
package func correlation(_ x: [Double], _ y: [Double]) -> Double {
  let (n, meanX, meanY) = (Double(x.count), meanAndError(x).mean, meanAndError(y).mean)
  let sums = zip(x, y).reduce(into: (xy: 0.0, xx: 0.0, yy: 0.0)) { sums, pair in
    let (a, b) = (pair.0 - meanX, pair.1 - meanY)
    sums.xy += a * b
    sums.xx += a * a
    sums.yy += b * b
  }
  return sums.xy / (sums.xx * sums.yy).squareRoot() * n.squareRoot()
}
