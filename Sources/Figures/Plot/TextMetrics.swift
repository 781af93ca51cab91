/// How wide text is in DejaVu Sans, the font of the figures.
///
/// All that is written in a figure is measured here, so that nothing that is placed by its width
/// leaves the page or meets its neighbour. DejaVu is among the widest sans-serif fonts: where it is
/// missing, what stands for it needs less room.
enum TextMetrics {
  /// The name of the font.
  static let font = "DejaVu Sans"
  /// From one line of text to the next, as a factor of its size.
  static let lineSpacing = 1.25

  /// The width of a line of text in pixels, of letters `size` pixels high.
  static func width(_ text: String, size: Double) -> Double {
    let units = text.unicodeScalars.reduce(0) { $0 + Self.units($1) }
    return Double(units) / unitsPerEm * size
  }

  /// Text in lines that are no wider than `limit` pixels, broken between words, or within a word
  /// that has no room in a line of its own.
  static func lines(_ text: String, size: Double, within limit: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if width(longer, size: size) <= limit {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for letter in word {
        if !line.isEmpty, width(line + String(letter), size: size) > limit {
          lines.append(line)
          line = ""
        }
        line.append(letter)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static let unitsPerEm = 2048.0

  /// The advance width of a letter; that of a letter which is not in the tables is at most an em,
  /// but for signs such as ‰ that no figure writes.
  private static func units(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x20: basicLatin[0]
    case 0x20...0x7E: basicLatin[Int(scalar.value - 0x20)]
    case 0xA0...0xFF: latin1[Int(scalar.value - 0xA0)]
    case 0x391...0x3C9: greek[Int(scalar.value - 0x391)]
    default: others.first { $0.letters.unicodeScalars.contains(scalar) }?.units ?? 2048
    }
  }

  // From the table hmtx of DejaVuSans.ttf, version 2.37; `Tests/Golden/scripts/font_widths.py`
  // reads it.

  /// U+0020 to U+007E.
  private static let basicLatin = [
    651, 821, 942, 1716, 1303, 1946, 1597, 563, 799, 799, 1024, 1716, 651, 739, 651, 690,
    1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 690, 690, 1716, 1716, 1716, 1087,
    2048, 1401, 1405, 1430, 1577, 1294, 1178, 1587, 1540, 604, 604, 1343, 1141, 1767, 1532, 1612,
    1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251, 1403, 799, 690, 799, 1716, 1024,
    1024, 1255, 1300, 1126, 1300, 1260, 721, 1300, 1298, 569, 569, 1186, 569, 1995, 1298, 1253,
    1300, 1300, 842, 1067, 803, 1298, 1212, 1675, 1212, 1212, 1075, 1303, 690, 1303, 1716,
  ]

  /// U+00A0 to U+00FF.
  private static let latin1 = [
    651, 821, 1303, 1303, 1303, 1303, 690, 1024, 1024, 2048, 965, 1253, 1716, 739, 2048, 1024,
    1024, 1716, 821, 821, 1024, 1303, 1303, 651, 1024, 821, 965, 1253, 1985, 1985, 1985, 1087,
    1401, 1401, 1401, 1401, 1401, 1401, 1995, 1430, 1294, 1294, 1294, 1294, 604, 604, 604, 604,
    1587, 1532, 1612, 1612, 1612, 1612, 1612, 1716, 1612, 1499, 1499, 1499, 1499, 1251, 1239, 1290,
    1255, 1255, 1255, 1255, 1255, 1255, 2011, 1126, 1260, 1260, 1260, 1260, 569, 569, 569, 569,
    1253, 1298, 1253, 1253, 1253, 1253, 1253, 1716, 1253, 1298, 1298, 1298, 1298, 1212, 1300, 1212,
  ]

  /// U+0391 to U+03C9.
  private static let greek = [
    1401, 1405, 1141, 1401, 1294, 1403, 1540, 1612, 604, 1343, 1401, 1767, 1532, 1294, 1612, 1540,
    1235, 2048, 1294, 1251, 1251, 1612, 1403, 1612, 1565, 604, 1251, 1350, 1107, 1298, 693, 1185,
    1350, 1307, 1212, 1253, 1107, 1114, 1298, 1253, 693, 1207, 1212, 1303, 1144, 1142, 1253, 1233,
    1300, 1202, 1298, 1233, 1185, 1351, 1183, 1351, 1715,
  ]

  /// Signs that figures write, by their widths.
  private static let others: [(units: Int, letters: String)] = [
    (409, "\u{2009}\u{202F}"), (651, "‘’"), (739, "‐‑"), (821, "⁰⁴⁵⁶⁷⁸⁹"), (1024, "–"),
    (1061, "“”"), (1081, "⁺⁻"), (1305, "√"), (1706, "∞"), (1716, "−≈≠≤≥→"),
  ]
}
