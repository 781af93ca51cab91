/// Text as a gnuplot string.
///
/// The terminals run without enhanced text, so that _ ^ { } & ~ are themselves. What gnuplot would
/// act on within double quotes is written as an octal escape; single quotes would need none, but
/// gnuplot 5.4 does not read two of them in a row. Control characters become spaces.
func quoted(_ text: String) -> String {
  let escapes: [Unicode.Scalar: String] = ["\"": "042", "@": "100", "\\": "134", "`": "140"]
  var result = "\""
  for scalar in text.unicodeScalars {
    if let code = escapes[scalar] {
      result += "\\\(code)"
    } else if scalar.properties.generalCategory == .control {
      result += " "
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
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
