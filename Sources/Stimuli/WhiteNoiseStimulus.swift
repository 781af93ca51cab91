public import SpikingFramework
internal import SpikingNumerics

/// Noise that is independent between neurons and bins: mean + stdPerBin · ξ with ξ ~ N(0, 1), drawn
/// afresh for each target and bin.
///
/// The standard deviation is that of one bin, whatever its width: for a noise whose integral over
/// time is to keep its variance when dt changes, divide it by √dt.
public struct WhiteNoiseStimulus: Stimulus, Hashable {
  /// The standard deviation of the drive in one bin.
  public var stdPerBin: Double
  /// The mean of the drive.
  public var mean: Double

  /// Noise around a mean.
  public init(stdPerBin: Double, mean: Double = 0) {
    self.stdPerBin = stdPerBin
    self.mean = mean
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("stdPerBin", &stdPerBin, in: .nonnegative)
    visit("mean", &mean, in: .real)
  }

  public func strength(at time: Double) -> Double { mean }

  public func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)
  {
    for index in targets.indices {
      var stream = moment.random.stream(targets.neurons.lowerBound + index, at: moment.bin)
      drive[index] += mean + stdPerBin * standardNormal(&stream)
    }
  }
}

/// A number of N(0, 1) by the polar method (Marsaglia and Bray 1964), with the same bits on every
/// machine.
private func standardNormal(_ stream: inout RandomStream) -> Double {
  while true {
    let x = 2 * stream.uniform() - 1
    let y = 2 * stream.uniform() - 1
    let square = x * x + y * y
    if square < 1, square > 0 {
      return x * (-2 * Elementary.logarithm(square) / square).squareRoot()
    }
  }
}
