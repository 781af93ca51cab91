internal import CKernels

/// Many at a time, for the batch forms of plugins' nonlinearities too: both spans have the same
/// length, and nothing is allocated. `StageBenchmarks` compares them with the single forms.
extension Elementary {
  /// `scale · exp(gain · x)` for each x.
  public static func exponentials(
    of x: Span<Double>, gain: Double = 1, scale: Double = 1, into y: inout MutableSpan<Double>
  ) {
    apply(x, &y) { spiking_exponential($0, $1, gain, scale, $2) }
  }

  /// eˣ − 1 for each x, precise for small x.
  public static func expm1s(of x: Span<Double>, into y: inout MutableSpan<Double>) {
    apply(x, &y) { spiking_expm1s($0, $1, $2) }
  }

  /// ln x for each x: −∞ at 0, NaN below.
  public static func logarithms(of x: Span<Double>, into y: inout MutableSpan<Double>) {
    apply(x, &y) { spiking_logarithms($0, $1, $2) }
  }

  /// ln(1 + x) for each x, precise for small x: −∞ at −1, NaN below.
  public static func log(onePlus x: Span<Double>, into y: inout MutableSpan<Double>) {
    apply(x, &y) { spiking_log1ps($0, $1, $2) }
  }

  /// `scale / (1 + exp(−gain · (x − threshold)))` for each x, precise at both ends.
  public static func logistics(
    of x: Span<Double>, threshold: Double = 0, gain: Double = 1, scale: Double = 1,
    into y: inout MutableSpan<Double>
  ) {
    apply(x, &y) { spiking_logistic($0, $1, threshold, gain, scale, $2) }
  }

  /// `scale · ln(1 + exp(gain · (x − threshold)))` for each x, precise at both ends.
  public static func softpluses(
    of x: Span<Double>, threshold: Double = 0, gain: Double = 1, scale: Double = 1,
    into y: inout MutableSpan<Double>
  ) {
    apply(x, &y) { spiking_softpluses($0, $1, threshold, gain, scale, $2) }
  }

  /// Σ x, in eight sums that are added at the end: the same bits on every machine.
  public static func sum(of x: Span<Double>) -> Double {
    x.withUnsafeBufferPointer { x in
      x.baseAddress.map { spiking_sum(Int64(x.count), $0) } ?? 0
    }
  }

  /// Upper bounds of `scale · exp(gain · x)`: at most 6.3% above it, at a seventh of its cost. An
  /// exponential below 1.2e-38 has that bound.
  public static func exponentialBounds(
    of x: Span<Double>, gain: Double = 1, scale: Double = 1, into y: inout MutableSpan<Float>
  ) {
    apply(x, &y) { spiking_exponential_bounds($0, $1, gain, Float(scale), $2) }
  }

  /// Upper bounds of `scale / (1 + exp(−gain · (x − threshold)))`, as close as those of the
  /// exponential.
  public static func logisticBounds(
    of x: Span<Double>, threshold: Double = 0, gain: Double = 1, scale: Double = 1,
    into y: inout MutableSpan<Float>
  ) {
    apply(x, &y) { spiking_logistic_bounds($0, $1, threshold, gain, Float(scale), $2) }
  }

  /// Upper bounds of `scale · ln(1 + exp(gain · (x − threshold)))`, as close as those of the
  /// exponential.
  public static func softplusBounds(
    of x: Span<Double>, threshold: Double = 0, gain: Double = 1, scale: Double = 1,
    into y: inout MutableSpan<Float>
  ) {
    apply(x, &y) { spiking_softplus_bounds($0, $1, threshold, gain, Float(scale), $2) }
  }

  /// Hands both spans to a kernel.
  private static func apply<Result>(
    _ x: Span<Double>, _ y: inout MutableSpan<Result>,
    _ kernel: (Int64, UnsafePointer<Double>, UnsafeMutablePointer<Result>) -> Void
  ) {
    precondition(x.count == y.count)
    let count = Int64(x.count)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        kernel(count, x, y)
      }
    }
  }
}
