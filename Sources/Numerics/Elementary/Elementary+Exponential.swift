/// The exponential, and with a 1 subtracted.
extension Elementary {
  /// eˣ, within 1 unit in the last place, denormal results included; exact where it is 0 or infinite.
  ///
  /// x = k ln 2 + r with |r| ≤ ln 2 / 2 (Cody and Waite's two-part ln 2); 2ᵏ is a product of two
  /// factors, so that k may leave the range of normal exponents. Far above, where k stays at 1025
  /// and r grows, every term is positive and the result is infinite all the same.
  @inlinable
  public static func exponential(_ x: Double) -> Double {
    let z = x < -746 ? -746 : x
    let nearest = rounded(z * 1.4426950408889634)
    let k = nearest > 1025 ? 1025 : nearest
    let r = (z - k * ln2.high) - k * ln2.low
    let p = 1 + (r + exponentialTail(r))
    let half = rounded(k * 0.5)
    return (p * powerOfTwo(half)) * powerOfTwo(k - half)
  }

  /// eˣ − 1, within 1.2 units in the last place; x itself where it is 0 or tiny.
  ///
  /// With x = k ln 2 + r it is (2ᵏ − 1) + 2ᵏ r + 2ᵏ (eʳ − 1 − r). What the first sum rounds off
  /// (Dekker's fast sum: the first part is the larger one, or 0) and what the rounding of r left over
  /// join the third part, which is small. 2¹⁰²⁴ is out of range: one factor of 2 comes last.
  @inlinable
  public static func expm1(_ x: Double) -> Double {
    let above = x > 710 ? 710 : x
    let z = above < -40 ? -40 : above
    let k = rounded(z * 1.4426950408889634)
    let high = z - k * ln2.high
    let low = k * ln2.low
    let r = high - low
    let rest = (high - r) - low
    let power = powerOfTwo(k > 1023 ? 1023 : k)
    let first = power - 1
    let second = power * r
    let sum = first + second
    let lost = (first - sum) + second
    let y = sum + (lost + power * (exponentialTail(r) + (rest + rest * r)))
    let scaled = y * (k > 1023 ? 2 : 1)
    return x == 0 ? x : scaled
  }

  /// eʳ − 1 − r for |r| ≤ ln 2 / 2, as r² times a polynomial: the one of degree 9 with the smallest
  /// largest error (by Remez' exchange), 4.6e-18 of eʳ.
  @inlinable
  static func exponentialTail(_ r: Double) -> Double {
    let r2 = r * r
    let r4 = r2 * r2
    let r8 = r4 * r4
    let a = 0x1.000000000000ap-1 + r * 0x1.5555555555503p-3
    let b = 0x1.5555555550605p-5 + r * 0x1.1111111124d26p-7
    let c = 0x1.6c16c184b46fap-10 + r * 0x1.a01a013d892e1p-13
    let d = 0x1.a0199898dab8cp-16 + r * 0x1.71def2382120cp-19
    let e = 0x1.28aec6312887dp-22 + r * 0x1.adddd6e685bccp-26
    return r2 * ((a + r2 * b) + (r4 * (c + r2 * d) + r8 * e))
  }

  /// The integer nearest to x, for |x| < 2⁵¹: at 1.5 · 2⁵² a unit in the last place is 1.
  @inlinable
  static func rounded(_ x: Double) -> Double { (x + 0x1.8p52) - 0x1.8p52 }

  /// 2ᵏ for an integer −1022 ≤ k ≤ 1023. Adding 1.5 · 2⁵² makes it stand in the low bits.
  @inlinable
  static func powerOfTwo(_ k: Double) -> Double {
    Double(bitPattern: (k + (0x1.8p52 + 1023)).bitPattern << 52)
  }

  /// ln 2 in two parts, the first of which has 21 trailing zeros, so that a multiple by an exponent
  /// is exact.
  @inlinable
  static var ln2: (high: Double, low: Double) { (0x1.62e42feep-1, 0x1.a39ef35793c76p-33) }
}
