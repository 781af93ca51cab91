public import SpikingRecordings

/// What a file of a recording does not say itself, and what reading it may take.
public struct ReadingSettings: Hashable, Sendable {
  /// The width of a bin of dense counts (`.npy`), in ms.
  public var dt: Double
  /// The unit in which the file counts time; nil for what the file says, or its format prescribes.
  public var timeUnit: TimeUnit?
  /// Which variable of a file of several the spikes are; nil where it is the only one.
  public var variable: String?
  /// What reading HDF5 may take.
  public var limits: NWBFile.Limits

  /// Settings, of which those not given suit most files.
  public init(
    dt: Double = 1, timeUnit: TimeUnit? = nil, variable: String? = nil,
    limits: NWBFile.Limits = NWBFile.Limits()
  ) {
    self.dt = dt
    self.timeUnit = timeUnit
    self.variable = variable
    self.limits = limits
  }
}
