/// Text as a gnuplot string.
///
/// The terminals run without enhanced text, so that _ ^ { } @ & ~ are themselves, and single quotes
/// switch off backslashes and backquotes. What remains is the quote, which is doubled, and control
/// characters, which become spaces.
func quoted(_ text: String) -> String {
  let quote: Unicode.Scalar = "'"
  var result = "'"
  for scalar in text.unicodeScalars {
    switch scalar {
    case quote: result += "''"
    case _ where scalar.properties.generalCategory == .control: result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "'"
}

/// A power of ten as "10⁻³".
func powerOfTen(_ exponent: Int) -> String {
  let digits: [Character: Character] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "8": "⁸", "9": "⁹",
  ]
  return "10" + String(String(exponent).compactMap { digits[$0] })
}

/// A count with thin spaces between thousands: "12 345".
func grouped(_ count: Int) -> String {
  var result = ""
  for (index, digit) in String(count).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3), digit != "-" { result.append("\u{2009}") }
    result.append(digit)
  }
  return String(result.reversed())
}

/// A number of things: "1 neuron", "12 345 neurons".
func counted(_ count: Int, _ noun: String) -> String {
  "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// A number with three significant digits, or all digits of its whole part: "41.2", "0.0613".
func rounded(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  var scale = 1.0
  while value.magnitude * scale < 100, scale < 1e12 { scale *= 10 }
  let rounded = (value * scale).rounded() / scale
  return rounded == rounded.rounded() && rounded.magnitude < 1e15
    ? "\(Int64(rounded))" : "\(rounded)"
}
