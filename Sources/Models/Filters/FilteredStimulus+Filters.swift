public import SpikingFramework
public import SpikingStimuli

extension FilteredStimulus {
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
}
