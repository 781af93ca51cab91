internal import CGSL
internal import CKernels

/// Elementary functions, one at a time (the C library's) and over spans (vectorised).
///
/// The batch forms differ from the single ones by at most 2 units in the last place; they give the
/// same bits on every processor.
public enum Elementary {
  /// eˣ.
  public static func exponential(_ x: Double) -> Double { exp(x) }

  /// ln(1 + x), precise for small x.
  public static func log1p(_ x: Double) -> Double { CGSL.log1p(x) }

  /// eˣ − 1, precise for small x.
  public static func expm1(_ x: Double) -> Double { CGSL.expm1(x) }

  /// ln x.
  public static func logarithm(_ x: Double) -> Double { log(x) }

  /// 1/(1 + e^{−x}), precise at both ends.
  public static func logistic(_ x: Double) -> Double {
    // With e = exp(-|x|) ≤ 1 nothing overflows, and a small result keeps all its digits.
    let e = exp(-abs(x))
    return (x > 0 ? 1 : e) / (1 + e)
  }

  /// ln(1 + eˣ) = max(x, 0) + ln(1 + e^{−|x|}).
  public static func softplus(_ x: Double) -> Double {
    max(x, 0) + CGSL.log1p(exp(-abs(x)))
  }

  /// `scale · exp(gain · x)` for each x.
  public static func exponentials(
    of x: Span<Double>, gain: Double = 1, scale: Double = 1, into y: inout MutableSpan<Double>
  ) {
    precondition(x.count == y.count)
    let count = Int64(x.count)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        spiking_exponential(count, x, gain, scale, y)
      }
    }
  }

  /// `scale / (1 + exp(−gain · (x − threshold)))` for each x.
  public static func logistics(
    of x: Span<Double>, threshold: Double = 0, gain: Double = 1, scale: Double = 1,
    into y: inout MutableSpan<Double>
  ) {
    precondition(x.count == y.count)
    let count = Int64(x.count)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        spiking_logistic(count, x, threshold, gain, scale, y)
      }
    }
  }

  /// Upper bounds of `scale · exp(gain · x)`: at most 6.3% above it, at a tenth of its cost.
  public static func exponentialBounds(
    of x: Span<Double>, gain: Double = 1, scale: Double = 1, into y: inout MutableSpan<Float>
  ) {
    precondition(x.count == y.count)
    let count = Int64(x.count)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        spiking_exponential_bounds(count, x, gain, Float(scale), y)
      }
    }
  }

  /// Upper bounds of `scale / (1 + exp(−gain · (x − threshold)))`: at most 6.3% above it, at a
  /// tenth of its cost.
  public static func logisticBounds(
    of x: Span<Double>, threshold: Double = 0, gain: Double = 1, scale: Double = 1,
    into y: inout MutableSpan<Float>
  ) {
    precondition(x.count == y.count)
    let count = Int64(x.count)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        spiking_logistic_bounds(count, x, threshold, gain, Float(scale), y)
      }
    }
  }
}
