internal import Foundation
internal import Spiking

/// A folder of networks as it is written: `0.npy`, `1.npy`, …, and in its folder `delays` the delays of their
/// synapses, where they have any.
struct NetworkFolder {
  private let path: String
  private let withDelays: Bool

  /// Makes the folder where it is missing.
  ///
  /// - Throws: `unwritableFile`, also where the folder holds networks that the `count` new ones
  ///   would not replace: it would be read as one set of networks.
  init(_ path: String, count: Int, withDelays: Bool = false) throws(SpikingError) {
    try OutputFolder.create(path)
    if withDelays { try OutputFolder.create("\(path)/delays") }
    self.path = path
    self.withDelays = withDelays
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
    try ConnectivityFile("\(path)/\(index).npy").save(weightsOf: network)
    if withDelays { try DelayFile("\(path)/delays/\(index).npy").save(delaysOf: network) }
  }

  /// Checks that the disk has room for the files, float32 [N, N] each. Those that they replace are not
  /// counted: a new file stands beside the old one until it is complete.
  ///
  /// - Throws: `unwritableFile`, before there is a folder.
  static func requireSpace(
    at path: String, networks: Int, neurons: Int
  ) throws(SpikingError) {
    // The folder, or where it will be.
    var place = URL(filePath: path)
    while !FileManager.default.fileExists(atPath: place.path), place.pathComponents.count > 1 {
      place.deleteLastPathComponent()
    }
    let needed = Double(networks) * Double(neurons) * Double(neurons) * 4
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: place.path)
    // What is no disk has no size; that it cannot be written shows later.
    guard let size = attributes?[.systemSize] as? NSNumber, size.doubleValue > 0,
      let free = attributes?[.systemFreeSize] as? NSNumber, needed > free.doubleValue
    else { return }
    throw SpikingError(
      .unwritableFile, path, found: "\(gigabytes(free.doubleValue)) of free disk space",
      expected: "\(gigabytes(needed)), as a file holds neurons² weights of 4 bytes")
  }

  private static func gigabytes(_ bytes: Double) -> String {
    (bytes / 1e9).formatted(.number.precision(.significantDigits(1...3)).grouping(.never)) + " GB"
  }
}
