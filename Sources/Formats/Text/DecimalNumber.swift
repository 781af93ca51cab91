internal import SpikingFramework

/// Numbers as tables of text have them: decimal digits with a point or a comma, an exponent, and a sign.
enum DecimalNumber {
  /// The number of these bytes; nil where they are none. "nan" and "NA" are not a number (NaN), as an empty cell is none.
  ///
  /// Those of at most 15 digits, as times are, are exact quotients of two exact numbers.
  static func value(_ bytes: Span<UInt8>, _ cell: Range<Int>, decimalComma: Bool) -> Double? {
    let comma = DelimitedText.comma
    var digits: UInt64 = 0
    var (count, decimals, hasPoint, isNegative) = (0, 0, false, false)
    for index in cell {
      let byte = bytes[index]
      switch byte {
      case 48...57:
        digits = digits &* 10 &+ UInt64(byte &- 48)
        count += 1
        if hasPoint { decimals += 1 }
        if count > 15 { return slowValue(bytes, cell, decimalComma: decimalComma) }
      case UInt8(ascii: "."), comma:
        guard !hasPoint, byte != comma || decimalComma else { return nil }
        hasPoint = true
      case UInt8(ascii: "-") where index == cell.lowerBound: isNegative = true
      case UInt8(ascii: "+") where index == cell.lowerBound: break
      default: return slowValue(bytes, cell, decimalComma: decimalComma)
      }
    }
    guard count > 0 else { return nil }
    let value = Double(digits) / powers[decimals]
    return isNegative ? -value : value
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  private static func slowValue(
    _ bytes: Span<UInt8>, _ cell: Range<Int>, decimalComma: Bool
  ) -> Double? {
    // Longer than any number.
    guard cell.count <= 400 else { return nil }
    for index in cell where !isOfNumbers(bytes[index]) {
      return isMissing(bytes, cell) ? .nan : nil
    }
    let text = String(unsafeUninitializedCapacity: cell.count) { text in
      for (place, index) in cell.enumerated() {
        text[place] = decimalComma && bytes[index] == DelimitedText.comma ? 46 : bytes[index]
      }
      return cell.count
    }
    return Double(text)
  }

  /// Digits, signs, points, commas and the letter of exponents.
  private static func isOfNumbers(_ byte: UInt8) -> Bool {
    43...57 ~= byte && byte != 47 || byte == 69 || byte == 101
  }

  /// Whether a cell says that it has no value: "nan" or "NA".
  private static func isMissing(_ bytes: Span<UInt8>, _ cell: Range<Int>) -> Bool {
    guard 2...3 ~= cell.count else { return false }
    let word = cell.map { bytes[$0] | 32 }
    return word.elementsEqual("nan".utf8) || word.elementsEqual("na".utf8)
  }
}
