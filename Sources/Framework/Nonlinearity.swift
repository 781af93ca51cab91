/// What turns a neuron's drive, a sum of inputs, into its rate, an expected number of spikes per
/// millisecond: the inverse of the link function of a generalized linear model.
///
/// One method is owed, the scalar `rate(at:)`; everything else is derived from it and may be
/// replaced where a closed form or a faster loop is known. The batch forms are compiled in the
/// module of the conforming type, where the compiler sees `rate(at:)` and can inline it.
public protocol Nonlinearity: Parameterized, Sendable {
  /// The rate in spikes per ms at a dimensionless drive. Never negative in a spiking model; a
  /// negative rate is emitted as silence.
  func rate(at drive: Double) -> Double

  /// The rate and its derivative with respect to the drive. Default: a central difference.
  func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double)

  /// The rates of many drives; both spans have the same length.
  func rates(at drives: Span<Double>, into rates: inout MutableSpan<Double>)

  /// Upper bounds of the rates of many drives, as cheap and as tight as can be: almost all neurons
  /// are silent in almost all bins, and for those the simulator never needs the rate itself.
  ///
  /// No bound lies below its rate by more than a millionth of it. A bound of NaN says that nothing
  /// is known. Default: the rates.
  func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>)

  /// The rates and slopes of many drives; all spans have the same length.
  func ratesAndSlopes(
    at drives: Span<Double>, rates: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>)

  /// The logarithm of the rate and its derivative with respect to the drive, for likelihoods; −∞ and 0
  /// where the rate is not positive. Default: from `rateAndSlope`, which loses all digits where the rate is
  /// too small for a number.
  func logRateAndSlope(at drive: Double) -> (logRate: Double, slope: Double)

  /// ln(1 − rate · dt), the log-probability that a neuron which fires at most once in a bin of dt ms is
  /// silent, and its derivative with respect to the drive; −∞ and 0 where the mean is 1 or more. Default:
  /// from `rateAndSlope`, which loses digits where the mean comes close to 1. `SaturatingNonlinearity` keeps
  /// them.
  func logSilenceAndSlope(at drive: Double, dt: Double) -> (logSilence: Double, slope: Double)

  /// The same at many drives; all spans have the same length.
  func logSilencesAndSlopes(
    at drives: Span<Double>, dt: Double, logSilences: inout MutableSpan<Double>,
    slopes: inout MutableSpan<Double>)
}

extension Nonlinearity {
  /// The central difference over a step of ε^⅓ times the size of the drive: error about 1e-10 of
  /// the rate's scale.
  @inlinable
  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    let step = 6.055454452393343e-06 * max(1, abs(drive))
    let slope = (rate(at: drive + step) - rate(at: drive - step)) / (2 * step)
    return (rate(at: drive), slope)
  }

  /// `rate(at:)` for each drive.
  @inlinable
  public func rates(at drives: Span<Double>, into rates: inout MutableSpan<Double>) {
    precondition(drives.count == rates.count)
    for index in drives.indices {
      rates[unchecked: index] = rate(at: drives[unchecked: index])
    }
  }

  /// The rates themselves, in single precision.
  @inlinable
  public func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
    precondition(drives.count == bounds.count)
    // Small enough for the stack.
    let tile = 128
    withUnsafeTemporaryAllocation(of: Double.self, capacity: tile) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      for start in stride(from: 0, to: drives.count, by: tile) {
        let count = min(tile, drives.count - start)
        var rates = MutableSpan(_unsafeStart: scratch, count: count)
        self.rates(at: drives.extracting(start..<start + count), into: &rates)
        // Without a check for overflow, which would keep the loop from being vector code.
        for index in 0..<count { bounds[unchecked: start &+ index] = Float(scratch[index]) }
      }
    }
  }

  /// `rateAndSlope(at:)` for each drive.
  @inlinable
  public func ratesAndSlopes(
    at drives: Span<Double>, rates: inout MutableSpan<Double>, slopes: inout MutableSpan<Double>
  ) {
    precondition(drives.count == rates.count && drives.count == slopes.count)
    for index in drives.indices {
      let (rate, slope) = rateAndSlope(at: drives[unchecked: index])
      rates[unchecked: index] = rate
      slopes[unchecked: index] = slope
    }
  }
}
