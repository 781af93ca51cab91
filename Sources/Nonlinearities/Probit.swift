public import SpikingFramework

/// The probit, a saturating function: `maximum · Φ(gain · (drive − threshold))`, where Φ is the
/// normal distribution's cumulative function.
///
/// It inverts the probit link: the rate of a neuron that fires where a drive with normal noise
/// exceeds the threshold. Its slope is `maximum · gain` times the normal density. The rate keeps its
/// digits in the lower tail, down to −37.5 standard deviations, and is 0 below; its logarithm keeps them
/// everywhere. (Bliss 1934;
/// McCullagh and Nelder 1989, §4.3.)
public struct Probit: SaturatingNonlinearity {
  /// The rate that is never exceeded, in spikes per ms.
  public var maximum: Double
  /// The steepness: one over the standard deviation of the noise.
  public var gain: Double
  /// The drive at half the maximum.
  public var threshold: Double

  /// A probit; without arguments Φ itself.
  public init(threshold: Double = 0, gain: Double = 1, maximum: Double = 1) {
    self.threshold = threshold
    self.gain = gain
    self.maximum = maximum
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("threshold", &threshold, in: .real)
    visit("gain", &gain, in: .real)
    visit("maximum", &maximum, in: .nonnegative, unit: .spikesPerMillisecond)
  }

  public func rate(at drive: Double) -> Double {
    maximum * NormalDistribution.cumulative(gain * (drive - threshold))
  }

  public func rateAndSlope(at drive: Double) -> (rate: Double, slope: Double) {
    let slope = maximum * gain * NormalDistribution.density(gain * (drive - threshold))
    return (rate(at: drive), slope)
  }

  public func logLowerTail(at drive: Double) -> LogTail {
    var tail = NormalDistribution.logCumulative(gain * (drive - threshold))
    tail.slope *= gain
    return tail
  }

  public func logUpperTail(at drive: Double) -> LogTail {
    var tail = NormalDistribution.logCumulative(-gain * (drive - threshold))
    tail.slope *= -gain
    return tail
  }

  public func upperBounds(at drives: Span<Double>, into bounds: inout MutableSpan<Float>) {
    precondition(drives.count == bounds.count)
    for index in drives.indices {
      let z = gain * (drives[unchecked: index] - threshold)
      bounds[unchecked: index] = Float(maximum * NormalDistribution.cumulativeBound(z))
    }
  }
}
