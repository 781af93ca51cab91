internal import SpikingFramework

extension ParameterDomain {
  /// A delay that a synapse can have, in bins.
  static let delay = ParameterDomain(
    .integer, Double(SparseRows.delayRange.lowerBound), Double(SparseRows.delayRange.upperBound),
    unit: .bins)
}

/// `minimum` bins and one more for each `distancePerBin`, within what a synapse can have.
func delay(minimum: Int, distance: Double, distancePerBin: Double) -> Int {
  let longest = SparseRows.delayRange.upperBound
  let travel = distance / distancePerBin
  return travel < Double(longest) ? min(minimum + Int(travel), longest) : longest
}
