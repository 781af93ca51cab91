internal import ArgumentParser

/// Numbers of options as people write them: 100000, 1e5, 100_000.
enum NumberText {
  /// A whole number, exactly.
  ///
  /// - Throws: `ValidationError` with what was expected, which the argument parser quotes.
  static func whole<Number: FixedWidthInteger>(_ text: String) throws -> Number {
    let form = /(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:[eE]\+?(?<exponent>\d{1,3}))?/
    guard let match = plain(text)?.wholeMatch(of: form) else { throw notWhole }
    // The digits, of which those behind the point are taken in by the exponent or are zeros.
    var fraction = String(match.fraction ?? "")
    while fraction.last == "0" { fraction.removeLast() }
    let shift = (match.exponent.flatMap { Int($0) } ?? 0) - fraction.count
    let digits = match.whole + fraction
    guard shift >= 0, !(match.whole + (match.fraction ?? "")).isEmpty else {
      throw notWhole
    }
    let isZero = digits.allSatisfy { $0 == "0" }
    let zeros = String(repeating: "0", count: isZero ? 0 : shift)
    guard let number = Number(match.sign + digits + zeros) else {
      let lower = Number.isSigned ? "" : " ≥ 0 and"
      throw ValidationError("expected a whole number\(lower) ≤ \(Number.max)")
    }
    return number
  }

  /// A number.
  ///
  /// - Throws: as above.
  static func real(_ text: String) throws -> Double {
    guard let number = plain(text).flatMap({ Double($0) }) else {
      throw ValidationError("expected a number such as 0.5 or 1e-3")
    }
    return number
  }

  private static var notWhole: ValidationError {
    ValidationError("expected a whole number such as 100000")
  }

  /// The text without the underscores between its digits; nil where others are in it.
  private static func plain(_ text: String) -> String? {
    let plain = text.replacing(/(\d)_(?=\d)/) { $0.1 }
    return plain.contains("_") ? nil : plain
  }
}
