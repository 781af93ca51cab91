/// The natural logarithm, of x and of 1 + x.
extension Elementary {
  /// ln x, within 1 unit in the last place: −∞ at 0, NaN below.
  @inlinable
  public static func logarithm(_ x: Double) -> Double {
    // Denormal numbers are scaled first.
    let beyondTiny = Int64(bitPattern: x.bitPattern) &- 0x0010_0000_0000_0000
    let u = select(beyondTiny, x * 0x1p54, x)
    return inDomain(x, logarithm(of: u, increase: 0, exponent: select(beyondTiny, -54, 0)))
  }

  /// ln(1 + x), within 1 unit in the last place; x itself where it is 0 or tiny, −∞ at −1, NaN below.
  ///
  /// 1 + x is taken as a rounded sum and what the rounding lost (Knuth's two-sum).
  @inlinable
  public static func log1p(_ x: Double) -> Double {
    let u = 1 + x
    let second = u - 1
    let c = (1 - (u - second)) + (x - second)
    let y = inDomain(u, logarithm(of: u, increase: c / u, exponent: 0))
    // Of the same sign as x, 0 included.
    return Double(bitPattern: y.bitPattern | x.bitPattern & (1 << 63))
  }

  /// ln(2^exponent u) + increase for a normal u > 0. An increase of c / u gives the logarithm of a
  /// u + c where c is at most half a unit in the last place of u.
  ///
  /// u = 2ᵏ (1 + f) with 1 + f between the roots of ½ and of 2, found by an integer subtraction of
  /// the bits. With s = f / (2 + f) the logarithm of 1 + f is 2 artanh s = 2 s + s R, R the series
  /// 2 s²/3 + 2 s⁴/5 + … to s²⁰ (remainder below 1e-18). As 2 s = f − s f and s f = f²/2 − s f²/2,
  /// only small parts are rounded before f, which is exact, is added (Ng's arrangement in the C
  /// library of 4.3BSD).
  @inlinable
  static func logarithm(of u: Double, increase: Double, exponent: Double) -> Double {
    let root: UInt64 = 0x3FE6_A09E_667F_3BCD
    let bits = u.bitPattern &+ (0x3FF0_0000_0000_0000 - root)
    // The exponent in the low bits of 2⁵², then minus that and the bias.
    let integer = Double(bitPattern: (bits >> 52) | 0x4330_0000_0000_0000)
    let m = Double(bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) &+ root)
    let k = (integer - (0x1p52 + 1023)) + exponent
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    let z2 = z * z
    let z4 = z2 * z2
    let p1: Double = 2.0 / 3 + z * (2.0 / 5)
    let p2: Double = 2.0 / 7 + z * (2.0 / 9)
    let q1: Double = 2.0 / 11 + z * (2.0 / 13)
    let q2: Double = 2.0 / 15 + z * (2.0 / 17)
    let t: Double = 2.0 / 19 + z * (2.0 / 21)
    let p = p1 + z2 * p2
    let q = q1 + z2 * q2
    let series = z * (p + z4 * (q + z4 * t))
    let half = 0.5 * f * f
    let small = s * (half + series) + (k * ln2.low + increase)
    return k * ln2.high - ((half - small) - f)
  }

  /// The logarithm `y` of a positive finite x; elsewhere −∞ at 0, NaN below, x itself at infinity.
  @inlinable
  static func inDomain(_ x: Double, _ y: Double) -> Double {
    let bits = Int64(bitPattern: x.bitPattern)
    let above = select(bits &- 0x7FF0_0000_0000_0000, y, x)
    return select(bits | (bits &- 1), x == 0 ? -.infinity : .nan, above)
  }

  /// `a` where the integer is negative, else `b`: of several comparisons of one number the compiler
  /// makes branches, and around branches no vector code.
  @inlinable
  static func select(_ integer: Int64, _ a: Double, _ b: Double) -> Double {
    let mask = UInt64(bitPattern: integer &>> 63)
    return Double(bitPattern: a.bitPattern & mask | b.bitPattern & ~mask)
  }
}
