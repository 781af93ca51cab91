internal import Foundation
internal import Spiking

/// A folder of networks as it is written: `0.npy`, `1.npy`, ….
struct NetworkFolder {
  private let path: String

  /// Makes the folder where it is missing.
  ///
  /// - Throws: `unwritableFile`, also where the folder holds networks that the `count` new ones
  ///   would not replace: it would be read as one set of networks.
  init(_ path: String, count: Int) throws(SpikingError) {
    try OutputFolder.create(path)
    self.path = path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let own = Set((0..<count).map { "\($0).npy" })
    if let other = names.filter({ $0.hasSuffix(".npy") && !own.contains($0) }).min() {
      throw SpikingError(
        .unwritableFile, path, found: "another network, \(other)",
        expected: "a folder with no networks but those that are replaced")
    }
  }

  func save(_ network: Connectivity, index: Int) throws(SpikingError) {
    try ConnectivityFile("\(path)/\(index).npy").save(network)
  }
}
