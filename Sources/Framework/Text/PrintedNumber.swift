internal import Foundation

/// A number without the ".0" of whole ones: for messages.
package func brief(_ value: Double) -> String {
  Int64(exactly: value).map { "\($0)" } ?? "\(value)"
}

/// A number in as many significant digits, and in all that stand before its point: "8.2", "411", "0.012",
/// "4.7e−07".
package func brief(_ value: Double, digits: Int) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : fixed(value, 0) }
  let exponent = Int(log10(value.magnitude).rounded(.down))
  let text =
    exponent < -4 || exponent > 14
    ? String(format: "%.\(digits - 1)e", value)
    : String(format: "%.\(max(0, digits - 1 - exponent))f", value)
  return text.replacing("-", with: "−")
}

/// A number with as many decimals.
package func fixed(_ value: Double, _ decimals: Int) -> String {
  // The sign of what is not a number says nothing.
  if value.isNaN { return "NaN" }
  return value.isFinite
    ? String(format: "%.\(decimals)f", value) : value < 0 ? "-∞" : "∞"
}

/// So many things: "1 neuron", "12 neurons"; "2 stretches" of a plural of its own.
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// The least and the largest of some numbers: "−1.2 to 1.4"; nil where none of them is finite.
package func extent(_ values: some Sequence<Double>) -> String? {
  var range: ClosedRange<Double>?
  for value in values where value.isFinite {
    range = min(range?.lowerBound ?? value, value)...max(range?.upperBound ?? value, value)
  }
  return range.map { "\(brief($0.lowerBound, digits: 2)) to \(brief($0.upperBound, digits: 2))" }
}

/// A number of spikes with the rate of a neuron, "4711 spikes (6.5 Hz)".
///
/// - Parameter duration: the time in ms for which neurons were observed, that of all of them together.
package func withRate(spikes count: Int, over duration: Double) -> String {
  let rate = duration > 0 ? " (\(brief(1000 * Double(count) / duration, digits: 2)) Hz)" : ""
  return counted(count, "spike") + rate
}
