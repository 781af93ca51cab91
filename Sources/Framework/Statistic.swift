/// An analysis of spikes that goes by a name: what `spiking analyze --statistics NAME` runs.
///
/// Its settings are parameters. What it finds has values for each neuron, arrays, or both.
///
/// ```swift
/// struct BurstFraction: Statistic {
///   var longestInterval = 10.0
///
///   func results(for spikes: SpikeTrains) -> StatisticResults {
///     var results = StatisticResults()
///     results.columns["burst_fraction"] = spikes.map(fraction)
///     return results
///   }
/// }
/// ```
public protocol Statistic: Parameterized, Sendable {
  /// What there is to say of the spikes.
  ///
  /// - Throws: a `SpikingError` where the settings do not fit the data.
  func results(for spikes: SpikeTrains) throws -> StatisticResults
  /// The same on several threads, with progress, where there is much to do; by default on one.
  ///
  /// - Throws: the same; `CancellationError` where the task was cancelled.
  func results(for spikes: SpikeTrains, execution: Execution) async throws -> StatisticResults
}

extension Statistic {
  public func results(
    for spikes: SpikeTrains, execution: Execution
  ) async throws -> StatisticResults {
    try Task.checkCancellation()
    return try results(for: spikes)
  }
}

/// What a statistic found.
public struct StatisticResults: Sendable {
  /// By name, in snake case with the unit at the end, a value for each neuron; null in a file where it is not
  /// finite.
  public var columns: [String: [Double]] = [:]
  /// Arrays by name.
  public var arrays: [String: NumericArray] = [:]
  /// Lists of whole numbers by name.
  public var counts: [String: [Int]] = [:]
  /// Results that a figure can be drawn of.
  public var drawn: [any Sendable] = []

  /// Nothing yet.
  public init() {}
}
