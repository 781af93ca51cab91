internal import SpikingFramework

/// What a time series of a file is, without its data.
public struct TimeSeriesDescription: Hashable, Sendable {
  /// Where it stands in the file: `/stimulus/presentation/sound_pressure`.
  public let path: String
  /// The lengths of its dimensions, samples first.
  public let shape: [Int]
  /// The unit of its values, as the file names it.
  public let unit: String
  /// When its samples were taken, in ms.
  public let times: TimeSeries.Times
  /// What a full turn is where the values are angles: 2π for radians, 360 for degrees; nil for others.
  public let turn: Double?

  /// What a series is whose data are elsewhere.
  public init(
    path: String, shape: [Int], unit: String, times: TimeSeries.Times, turn: Double? = nil
  ) {
    self.path = path
    self.shape = shape
    self.unit = unit
    self.times = times
    self.turn = turn
  }

  /// The number of samples.
  public var sampleCount: Int { shape.first ?? 1 }
  /// The values of a sample: all dimensions but the first, as one.
  public var channelCount: Int {
    // A damaged file may claim more than there can be.
    Int(exactly: shape.dropFirst().reduce(1) { $0 * Double($1) }) ?? .max
  }

  /// When it ends, in ms: one step after the last of regular samples, at the last of others.
  public var stop: Double {
    switch times {
    case .regular(let start, let step): start + Double(sampleCount) * step
    case .stamps(let stamps): stamps.last ?? 0
    }
  }

  /// From its start to its end, in ms; nil without samples.
  package var span: ClosedRange<Double>? {
    let start =
      switch times {
      case .regular(let start, _): start
      case .stamps(let stamps): stamps.first ?? 0
      }
    return sampleCount > 0 && start <= stop && stop.isFinite ? start...stop : nil
  }
}

extension TimeSeriesDescription: CustomStringConvertible {
  /// "/stimulus/presentation/sound_pressure: 6000 samples of 2 channels, V".
  public var description: String {
    "\(path.escaped): \(counted(sampleCount, "sample")) of \(counted(channelCount, "channel"))"
      + (unit.isEmpty ? "" : ", \(unit.escaped)")
  }
}
