public import SpikingFramework

/// A signal of several channels seen through a filter for each, as a neuron sees a sound through its
/// spectrotemporal receptive field: the drive of bin t is Σ_c Σ_k h_c(k) s_c(t − k), with k = 0 for the present
/// bin and a signal of zero outside its bins. It acts on all targets alike.
///
/// The sum is formed once, O(channels · bins · taps), when the stimulus is made or changed; a run then costs one
/// number a bin. The drive outlasts the signal by the longest filter less one bin.
public struct FilteredStimulus: Stimulus, Hashable {
  /// The signal s_c(t) of each channel.
  public private(set) var signal: [[Double]]
  /// The taps h_c(k) of each channel's filter.
  public private(set) var filters: [[Double]]
  /// What the drive is multiplied by.
  public var scale: Double
  /// The width of the signal's bins in ms: that of the run's bins.
  public var dt: Double
  /// The drive of each bin before it is scaled.
  public private(set) var drive: [Double]

  /// A signal, [channels][bins], and a filter for each channel, [channels][taps].
  public init(signal: [[Double]], filters: [[Double]], scale: Double = 1, dt: Double = 1) {
    self.signal = signal
    self.filters = filters
    self.scale = scale
    self.dt = dt
    drive = Self.convolve(signal, filters)
  }

  /// A signal of several channels, each seen through a temporal filter: `taps(dt:)[k]` weighs the signal
  /// k bins before.
  ///
  /// - Parameters:
  ///   - channels: the signal, [channels][bins].
  ///   - filters: one for each channel.
  ///   - dt: the width of a bin in ms.
  public init(channels: [[Double]], filters: [any TemporalFilter], dt: Double) {
    self.init(signal: channels, filters: filters.map { $0.taps(dt: dt) }, dt: dt)
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("scale", &scale, in: .real)
    visit("dt", &dt, in: .positive, unit: .milliseconds)
  }

  public var arrays: [NamedArrays] {
    get { [NamedArrays("signal", signal), NamedArrays("filters", filters)] }
    set {
      signal = newValue[0].lists
      filters = newValue[1].lists
      drive = Self.convolve(signal, filters)
    }
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard signal.count == filters.count else {
      throw SpikingError(
        .invalidData, "FilteredStimulus.filters", found: "\(filters.count) filters",
        expected: "\(signal.count), one for each channel of the signal")
    }
    for (name, lists) in [("signal", signal), ("filters", filters)] {
      for (channel, list) in lists.enumerated() {
        try SpikingError.within(
          "FilteredStimulus.\(name) of channel \(channel)", NumericArray(list).checkFinite())
      }
    }
  }

  public func validate(
    targets: StimulusTargets, neuronCounts: [Int], dt: Double
  ) throws(SpikingError) {
    try BinTime.require(self.dt, sameAs: dt, "FilteredStimulus.dt", of: "bins")
  }

  public func strength(at time: Double) -> Double {
    guard let bin = BinTime(time).bin(dt: dt), bin < drive.count else { return 0 }
    return scale * drive[bin]
  }

  public func add(to drive: inout MutableSpan<Double>, of targets: BlockTargets, at moment: Moment)
  {
    guard moment.bin < self.drive.count else { return }
    let value = scale * self.drive[moment.bin]
    for index in targets.indices { drive[index] += value }
  }

  /// Σ_c Σ_k h_c(k) s_c(t − k) for each t, tap by tap: additions of whole arrays, which are fast.
  package static func convolve(_ signal: [[Double]], _ filters: [[Double]]) -> [Double] {
    let lengths = zip(signal, filters).map {
      $0.isEmpty || $1.isEmpty ? 0 : $0.count + $1.count - 1
    }
    var drive = [Double](repeating: 0, count: lengths.max() ?? 0)
    for (channel, filter) in zip(signal, filters) {
      for (lag, tap) in filter.enumerated() where tap != 0 {
        for bin in channel.indices { drive[lag + bin] += tap * channel[bin] }
      }
    }
    return drive
  }
}
