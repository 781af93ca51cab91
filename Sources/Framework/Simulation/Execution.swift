internal import Foundation

/// How a long computation is carried out: the number of threads, and what receives its progress. Its results do not
/// depend on it.
///
/// ```swift
/// let spikes = try await simulator.run(networks, steps: 100_000, seed: 0, execution: .init(threads: 2))
/// ```
public struct Execution: Sendable {
  /// The number of threads that run at the same time; nil for as many as there are cores.
  public var threads: Int?
  /// Receives the fraction done from time to time.
  public var progress: (@Sendable (Double) -> Void)?

  /// By default on all cores, without progress.
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
