internal import Foundation
internal import SpikingFiles
public import SpikingFramework

/// A folder of networks as it is written: `0.npy`, `1.npy`, …, and in its folder `delays` the delays of their
/// synapses, where they have any.
public struct NetworkFolder: Sendable {
  private let path: String
  private let withDelays: Bool

  /// Makes the folder where it is missing.
  ///
  /// - Parameters:
  ///   - count: the number of networks to come.
  ///   - withDelays: whether delays are written for those, too, whose synapses have none.
  /// - Throws: `unwritableFile`, also where the folder holds networks, or delays, that the `count` new ones
  ///   would not replace: it would be read as one set of networks.
  public init(_ path: String, count: Int, withDelays: Bool = false) throws(SpikingError) {
    try OutputFolder.create(path)
    self.path = path
    self.withDelays = withDelays
    for (folder, kind) in [(path, "network"), ("\(path)/delays", "network's delays")] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let replaced = Set((0..<count).map { "\($0).npy" })
      if let other = names.filter({ $0.hasSuffix(".npy") && !replaced.contains($0) }).min() {
        throw SpikingError(
          .unwritableFile, folder, found: "another \(kind), \(other)",
          expected: "a folder with no networks but those that are replaced")
      }
    }
  }

  /// Writes network number `index`, in place of one that was there. Delays that it does not have are taken
  /// away.
  ///
  /// - Throws: `unwritableFile`.
  public func save(_ network: Connectivity, index: Int) throws(SpikingError) {
    try ConnectivityFile("\(path)/\(index).npy").save(weightsOf: network)
    let delays = "\(path)/delays/\(index).npy"
    if withDelays || network.hasDelays {
      try OutputFolder.create("\(path)/delays")
      try DelayFile(delays).save(delaysOf: network)
    } else if FileManager.default.fileExists(atPath: delays) {
      do {
        try FileManager.default.removeItem(atPath: delays)
      } catch {
        throw SpikingError(
          .unwritableFile, delays, "cannot be taken away: \(systemReason(error))")
      }
    }
  }
}
