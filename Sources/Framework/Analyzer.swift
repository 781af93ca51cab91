/// A question asked of data: spikes in, a result out.
///
/// An analyzer is a value that holds the settings of the analysis (bin widths, windows, neurons),
/// so that it can be named, stored and run again on other data.
public protocol Analyzer<Input, Output>: Sendable {
  /// What is analysed: usually a `SpikeTrains`.
  associatedtype Input
  /// What is found.
  associatedtype Output: Sendable

  /// The result for `input`.
  ///
  /// - Throws: a `SpikingError` where the settings do not fit the data.
  func analyze(_ input: Input) throws -> Output
}
