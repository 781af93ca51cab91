public import SpikingFramework

/// Values sampled in time: a stimulus, a position, a membrane potential.
public struct TimeSeries: Hashable, Sendable {
  /// When the samples were taken, in ms.
  public enum Times: Hashable, Sendable {
    /// The first at `start`, each `step` after the one before.
    case regular(start: Double, step: Double)
    /// Each at a time of its own, ascending.
    case stamps([Double])
  }

  /// The values, samples × channels: those of one sample stand side by side.
  public let values: [Double]
  /// The number of values of a sample, at least 1.
  public let channelCount: Int
  /// When the samples were taken, in ms.
  public let times: Times
  /// The unit of the values; empty where it is not known.
  public let unit: String
  /// What a full turn is where the values are angles, which are averaged around the circle; nil for others.
  /// 2π for a unit of "rad", "radian" or "radians", where nothing else is set.
  public var turn: Double?

  /// A time series; values that are not numbers (NaN) stand for gaps.
  ///
  /// - Throws: `invalidData` where the values are not whole samples, where there is not one time for
  ///   each, and where times are not finite and ascending or a step is not positive.
  public init(
    values: [Double], channelCount: Int = 1, times: Times, unit: String = ""
  ) throws(SpikingError) {
    guard channelCount > 0, values.count.isMultiple(of: channelCount) else {
      throw SpikingError(
        .invalidData, "data", found: "\(values.count) values in \(channelCount) channels",
        expected: "at least one channel, and as many values for each")
    }
    switch times {
    case .regular(let start, let step):
      guard start.isFinite, step.isFinite, step > 0 else {
        throw SpikingError(
          .invalidData, "starting_time", found: "\(inMilliseconds(start)), steps of \(step) ms",
          expected: "finite numbers, steps > 0")
      }
    case .stamps(let stamps):
      guard stamps.count == values.count / channelCount else {
        throw SpikingError(
          .invalidData, "timestamps", found: "\(stamps.count) times",
          expected: "one for each of \(values.count / channelCount) samples")
      }
      var previous = -Double.greatestFiniteMagnitude
      for (index, time) in stamps.enumerated() {
        guard time >= previous, time.isFinite else {
          throw SpikingError(
            .invalidData, "timestamps[\(index)]", found: inMilliseconds(time),
            expected: "finite times in ascending order")
        }
        previous = time
      }
    }
    self.values = values
    self.channelCount = channelCount
    self.times = times
    self.unit = unit
    turn = Self.turn(unit: unit, isDirection: false)
  }

  /// A full turn in a unit of angles. Degrees also measure temperatures and visual fields: they need a series
  /// that says it is a direction.
  package static func turn(unit: String, isDirection: Bool) -> Double? {
    switch unit.lowercased() {
    case "rad", "radian", "radians": 2 * .pi
    case "deg", "degree", "degrees", "°": isDirection ? 360 : nil
    default: nil
    }
  }

  /// The number of samples.
  public var sampleCount: Int { values.count / channelCount }

  /// When a sample was taken, in ms.
  public func time(ofSample sample: Int) -> Double {
    precondition(0..<sampleCount ~= sample, "there is no such sample")
    return switch times {
    case .regular(let start, let step): start + Double(sample) * step
    case .stamps(let stamps): stamps[sample]
    }
  }
}

extension TimeSeries: CustomStringConvertible {
  /// "6000 samples of 2 channels, V".
  public var description: String {
    "\(counted(values.count / channelCount, "sample")) of \(counted(channelCount, "channel"))"
      + (unit.isEmpty ? "" : ", \(unit.escaped)")
  }
}
