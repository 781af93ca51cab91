public import SpikingFramework
internal import SpikingNumerics

/// A threshold, with or without noise: `maximum · P(drive + noise > threshold)`.
///
///     rate = maximum · [(1 − ρ) · 1(drive > threshold) + ρ · Φ((drive − threshold) / deviation)]
///
/// A fraction ρ of the draws has a normal noise of the given standard deviation added to its drive,
/// the others have none. Where the noise is fresh in every neuron and bin, drawing it and comparing,
/// or drawing from this probability, gives spikes of the same distribution; the probability also has
/// a likelihood. Without noise it is a step.
///
/// The slope is that of the smooth part alone, ρ · maximum times the normal density; the step counts
/// as flat everywhere.
public struct Threshold: SaturatingNonlinearity {
  /// The rate far above the threshold, in spikes per ms; 1/dt for one spike in every bin.
  public var maximum: Double
  /// The drive that must be exceeded.
  public var threshold: Double
  /// The standard deviation of the noise, in units of the drive.
  public var deviation: Double
  /// ρ, the fraction of draws that has noise.
  public var noisyFraction: Double

  /// A threshold; without arguments 1 above 0, else 0.
  public init(
    threshold: Double = 0, maximum: Double = 1, deviation: Double = 0, noisyFraction: Double = 1
  ) {
    self.threshold = threshold
    self.maximum = maximum
    self.deviation = deviation
    self.noisyFraction = noisyFraction
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("threshold", &threshold, in: .real)
    visit("maximum", &maximum, in: .nonnegative, unit: .spikesPerMillisecond)
    visit("deviation", &deviation, in: .nonnegative)
    visit("noisyFraction", &noisyFraction, in: .fraction)
  }

  public func rate(at drive: Double) -> Double {
    // Of a NaN a comparison would make silence, instead of an error.
    if drive.isNaN { return drive }
    let step: Double = drive > threshold ? 1 : 0
    guard hasNoise else { return maximum * step }
    let noisy = NormalDistribution.cumulative((drive - threshold) / deviation)
    return maximum * ((1 - noisyFraction) * step + noisyFraction * noisy)
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    guard hasNoise else { return (rate(at: drive), 0) }
    let density = NormalDistribution.density((drive - threshold) / deviation) / deviation
    return (rate(at: drive), maximum * noisyFraction * density)
  }

  public func logLowerTail(at drive: Double) -> LogTail {
    logTail((drive - threshold) / deviation, withStep: drive > threshold)
  }

  public func logUpperTail(at drive: Double) -> LogTail {
    var tail = logTail((threshold - drive) / deviation, withStep: drive <= threshold)
    tail.slope *= -1
    return tail
  }

  /// ln of (1 − ρ) · step + ρ Φ(z), and its derivative: on the side of the step that is 1 − ρ Φ(−z), on
  /// the other ρ Φ(z).
  private func logTail(_ z: Double, withStep: Bool) -> LogTail {
    guard hasNoise else { return LogTail(withStep ? 0 : -.infinity, slope: 0) }
    if withStep {
      let missing = noisyFraction * NormalDistribution.cumulative(-z)
      let slope = noisyFraction * NormalDistribution.density(z) / deviation / (1 - missing)
      return LogTail(Elementary.log1p(-missing), slope: slope)
    }
    let tail = NormalDistribution.logCumulative(z)
    return LogTail(
      Elementary.logarithm(noisyFraction) + tail.value, slope: tail.slope / deviation)
  }

  public func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
    precondition(drives.count == bounds.count)
    guard hasNoise else {
      for index in drives.indices {
        bounds[unchecked: index] = Float(rate(at: drives[unchecked: index]))
      }
      return
    }
    for index in drives.indices {
      let drive = drives[unchecked: index]
      let noisy =
        noisyFraction * NormalDistribution.cumulativeBound((drive - threshold) / deviation)
      // Above the threshold the bound of the noisy part is 1, and the other part fires always.
      bounds[unchecked: index] = Float(maximum * (drive > threshold ? 1 : noisy))
    }
  }

  private var hasNoise: Bool { deviation > 0 && noisyFraction > 0 }
}
