/// Pearson's coefficient of correlation of pairs of numbers,
///
///     r = Σ (x − ⟨x⟩)(y − ⟨y⟩) / √(Σ (x − ⟨x⟩)² Σ (y − ⟨y⟩)²),
///
/// nil where it is undefined. (Pearson 1896, Phil Trans R Soc A 187:253.)
package func pearsonCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  precondition(first.count == second.count, "pairs of numbers")
  let n = Double(first.count)
  let means = (first.reduce(0, +) / n, second.reduce(0, +) / n)
  var (both, firstSquares, secondSquares) = (0.0, 0.0, 0.0)
  for (one, other) in zip(first, second) {
    both += (one - means.0) * (other - means.1)
    firstSquares += (one - means.0) * (one - means.0)
    secondSquares += (other - means.1) * (other - means.1)
  }
  let coefficient = both / (firstSquares * secondSquares).squareRoot()
  return coefficient.isFinite ? coefficient : nil
}
