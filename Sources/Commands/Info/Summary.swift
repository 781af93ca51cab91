internal import Foundation
internal import Spiking

/// What `spiking info` says of a file, a folder or a type: in lines, or as JSON.
protocol Summary: Encodable {
  /// The text, of which the first line begins with what it is about.
  var lines: [String] { get }
}

/// Four digits of a number that is only shown.
func significant(_ value: Double) -> String {
  (value.isNaN ? .nan : value)
    .formatted(.number.precision(.significantDigits(1...4)).grouping(.never))
}

/// A shape as NumPy writes it: "(3, 100)", "(5000,)".
func shapeText(_ shape: [Int]) -> String {
  let lengths = shape.map(String.init).joined(separator: ", ")
  return shape.count == 1 ? "(\(lengths),)" : "(\(lengths))"
}

/// All digits of a parameter, whole numbers without a point.
func exact(_ value: Double) -> String {
  Int64(exactly: value).map { "\($0)" } ?? (value == .infinity ? "infinity" : "\(value)")
}

/// Spikes in Hz.
///
/// - Parameter duration: the time for which neurons were observed, in ms, that of all of them together.
/// - Returns: nil where there is no such time.
func hertz(_ spikes: Int, in duration: Double) -> Double? {
  duration > 0 ? 1000 * Double(spikes) / duration : nil
}

/// "8.2 Hz a neuron".
func rateText(_ hertz: Double?) -> String {
  hertz.map { "\(significant($0)) Hz a neuron" } ?? "no duration"
}
