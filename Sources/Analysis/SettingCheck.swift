internal import SpikingFramework

/// Throws unless the setting `name` of an analyzer lies in `domain`.
func check(
  _ name: String, _ value: Double, in domain: ParameterDomain
) throws(SpikingError) {
  guard domain.contains(value) else {
    throw SpikingError(
      .invalidParameter, name, found: domain.unit.text(value), expected: domain.description)
  }
}

/// The number of bins of `width` that cover `length`, both in ms.
///
/// - Throws: `invalidParameter` where the width is not positive or does not fit into the length, or
///   where there would be more than ten million bins.
func binCount(
  covering length: Double, _ lengthName: String, width: Double, _ widthName: String
) throws(SpikingError) -> Int {
  try check(lengthName, length, in: .positive.measured(in: .milliseconds))
  try check(widthName, width, in: .positive.measured(in: .milliseconds))
  guard width <= length else {
    throw SpikingError(
      .invalidParameter, widthName, found: width, expected: "at most the \(length) ms it divides")
  }
  guard length / width <= 1e7 else {
    throw SpikingError(
      .invalidParameter, widthName, found: width,
      expected: "at least a ten-millionth of the \(length) ms it divides")
  }
  return Int((length / width - BinRule.tolerance).rounded(.up))
}
