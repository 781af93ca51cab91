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
    func isReplaced(_ name: String) -> Bool {
      guard let index = Int(name.dropLast(4)) else { return false }
      return 0..<count ~= index && name == "\(index).npy"
    }
    if let other = names.filter({ $0.hasSuffix(".npy") && !isReplaced($0) }).min() {
      throw SpikingError(
        .unwritableFile, path, found: "another network, \(other)",
        expected: "a folder with no networks but those that are replaced")
    }
  }

  func save(_ network: Connectivity, index: Int) throws(SpikingError) {
    try ConnectivityFile("\(path)/\(index).npy").save(network)
  }
}
