internal import Foundation

/// How a long computation is carried out: on how many threads, and who is told how far it is. Its results do not
/// depend on it.
///
/// ```swift
/// let spikes = try await simulator.run(networks, steps: 100_000, seed: 0, execution: .init(threads: 2))
/// ```
public struct Execution: Sendable {
  /// How many threads run at the same time; nil for as many as there are cores.
  public var threads: Int?
  /// Is told the fraction done, now and then.
  public var progress: (@Sendable (Double) -> Void)?

  /// By default on all cores, in silence.
  public init(threads: Int? = nil, progress: (@Sendable (Double) -> Void)? = nil) {
    self.threads = threads
    self.progress = progress
  }

  /// The number of threads.
  ///
  /// - Throws: `invalidParameter` where it is less than 1.
  package func threadCount() throws(SpikingError) -> Int {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard threads >= 1 else {
      throw SpikingError(.invalidParameter, "threads", found: threads, expected: "at least 1")
    }
    return threads
  }
}
