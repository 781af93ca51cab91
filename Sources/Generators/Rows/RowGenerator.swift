internal import Foundation
public import SpikingFramework

/// A generator that makes its rows on several threads.
///
/// It owes `rows(random:threads:)`, usually by `SparseRows(neuronCount:capacity:threads:_:)`.
public protocol RowGenerator: ConnectivityGenerator {
  /// The synapses of one network, the same on any number of threads. The parameters are valid.
  ///
  /// - Throws: `invalidParameter` where there are more synapses than can be held.
  func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows
}

extension RowGenerator {
  /// One network, made on all cores.
  public func connectivity(random: RandomSource) throws(SpikingError) -> Connectivity {
    try connectivity(random: random, threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  public func connectivity(
    random: RandomSource, threads: Int
  ) throws(SpikingError) -> Connectivity {
    try validate()
    return try Connectivity(rows: rows(random: random, threads: threads)).inFasterStorage()
  }
}
