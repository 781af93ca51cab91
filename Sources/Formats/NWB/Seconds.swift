/// Times in s, as NWB has them, and in ms.
///
/// A time from a file becomes the same one when it is written again, and a whole number of ms stays one.
enum Seconds {
  static func milliseconds(_ seconds: Double) -> Double {
    let whole = (seconds * 1000).rounded()
    return whole / 1000 == seconds ? whole : seconds * 1000
  }

  /// What `milliseconds(_:)` takes back to a time; where rounding leaves no such number, the nearest.
  static func from(milliseconds time: Double) -> Double {
    let quotient = time / 1000
    if milliseconds(quotient) == time { return quotient }
    if milliseconds(quotient.nextUp) == time { return quotient.nextUp }
    return milliseconds(quotient.nextDown) == time ? quotient.nextDown : quotient
  }
}
