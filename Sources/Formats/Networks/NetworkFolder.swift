internal import Foundation
internal import SpikingFiles
public import SpikingFramework

/// A folder of networks as it is written: `0.npy`, `1.npy`, …, and in its folder `delays` the delays of their
/// synapses, where they have any. Its files are part of an `OutputSet`.
public struct NetworkFolder: Sendable {
  /// The file that says how the networks were made, where something does.
  public static let description = "generator.json"
  /// The networks and delays that are there and are replaced: those of an earlier set, and those that have
  /// the names of the new ones.
  public let former: [String]
  private let withDelays: Bool

  /// - Parameters:
  ///   - path: the folder as it will be; it may be missing.
  ///   - count: the number of networks to come.
  ///   - withDelays: whether delays are written for those, too, whose synapses have none.
  ///   - replacesAll: whether all networks that are there are those of an earlier set.
  /// - Throws: `unwritableFile` where the folder holds networks, or delays, that neither the `count` new ones
  ///   replace nor belong to the set that its `generator.json` describes: it would be read as one set of networks.
  public init(
    _ path: String, count: Int, withDelays: Bool = false, replacesAll: Bool = false
  ) throws(SpikingError) {
    self.withDelays = withDelays
    let replaced = replacesAll ? Int.max : max(count, Self.describedCount(path))
    let unfinished = Set(IncompleteMark.names(in: path))
    var former: [String] = []
    for (folder, kind) in [("", "network"), ("delays/", "network's delays")] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
      for name in names.sorted() where name.hasSuffix(".npy") {
        let index = Int(name.dropLast(4))
        guard let index, index >= 0, "\(index).npy" == name,
          index < replaced || unfinished.contains(folder + name)
        else {
          throw SpikingError(
            .unwritableFile, folder.isEmpty ? path : "\(path)/delays",
            found: "another \(kind), \(name)",
            expected: "a folder with no networks but those that are replaced")
        }
        former.append(folder + name)
      }
    }
    self.former = former
  }

  /// Writes network number `index` of the set.
  ///
  /// - Parameter folder: where the set is written, an existing folder.
  /// - Throws: `unwritableFile`.
  public func save(
    _ network: Connectivity, index: Int, to folder: String
  ) throws(SpikingError) {
    try ConnectivityFile("\(folder)/\(index).npy").save(weightsOf: network)
    guard withDelays || network.hasDelays else { return }
    try OutputFolder.create("\(folder)/delays")
    try DelayFile("\(folder)/delays/\(index).npy").save(delaysOf: network)
  }

  /// How many networks the folder holds by its own account; 0 where it has none.
  private static func describedCount(_ path: String) -> Int {
    guard let record = try? JSONObject(contentsOf: "\(path)/\(description)"),
      case .number(let count, _)? = record["count"], let whole = Int(exactly: count)
    else { return 0 }
    return whole
  }
}
