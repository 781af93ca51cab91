internal import Foundation
internal import SpikingFiles
public import SpikingFramework

/// A folder of networks as it is written: `0.npy`, `1.npy`, …, and in its folder `delays` the delays of their
/// synapses, where they have any and the format of the networks does not hold them. Its files are part of an `OutputSet`.
public struct NetworkFolder: Sendable {
  /// The file that says how the networks were made, where something does.
  public static let description = "generator.json"
  /// The networks and delays that are there and are replaced: those of an earlier set, and those that have
  /// the names of the new ones.
  public let former: [String]
  private let format: NetworkFormat
  private let withDelays: Bool

  /// - Parameters:
  ///   - path: the folder as it will be; it may be missing.
  ///   - count: the number of networks to come.
  ///   - format: how they are written.
  ///   - withDelays: whether delays are written for those, too, whose synapses have none.
  ///   - replacesAll: whether all networks that are there are those of an earlier set.
  /// - Throws: `unwritableFile` where the folder holds networks, or delays, that neither the `count` new ones
  ///   replace nor belong to the set that its `generator.json` describes: it would be read as one set of networks.
  public init(
    _ path: String, count: Int, format: NetworkFormat = .npy, withDelays: Bool = false,
    replacesAll: Bool = false
  ) throws(SpikingError) {
    try self.init(
      path, names: (0..<count).map(String.init), format: format, withDelays: withDelays,
      replacesAll: replacesAll)
  }

  /// A folder of networks of these names.
  ///
  /// - Throws: as `init(_:count:format:withDelays:replacesAll:)`.
  public init(
    _ path: String, names new: [String], format: NetworkFormat = .npy, withDelays: Bool = false,
    replacesAll: Bool = false
  ) throws(SpikingError) {
    let new = Set(new)
    self.format = format
    self.withDelays = withDelays
    let described = replacesAll ? Int.max : Self.describedCount(path)
    let unfinished = Set(IncompleteMark.names(in: path))
    var former: [String] = []
    for (folder, kind) in [("", "network"), ("delays/", "network's delays")] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
      for name in names.sorted() {
        guard let other = NetworkFormat.allCases.first(where: { name.hasSuffix(".\($0)") }),
          folder.isEmpty || other == .npy
        else { continue }
        let stem = String(name.dropLast(other.rawValue.count + 1))
        let isReplaced = other == format || !folder.isEmpty
        let isDescribed =
          Int(stem).map { "\($0)" == stem && 0..<described ~= $0 } ?? false
        if isDescribed || isReplaced && new.contains(stem) || unfinished.contains(folder + name) {
          former.append(folder + name)
        } else if isReplaced || [.npy, .pt].contains(other) {
          // It would be read with the new ones, or instead of them.
          throw SpikingError(
            .unwritableFile, folder.isEmpty ? path : "\(path)/delays",
            found: "another \(kind), \(name)",
            expected: "a folder with no networks but those that are replaced")
        }
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
    _ = try save(NamedNetwork(network), as: "\(index)", to: folder)
  }

  /// Writes a network of the set.
  ///
  /// - Parameters:
  ///   - name: one of the names of the set.
  ///   - folder: where the set is written, an existing folder.
  ///   - asMatrix: whether a table has a row and a column for each neuron.
  /// - Returns: what the files do not hold of the network, in words.
  /// - Throws: `unwritableFile`.
  public func save(
    _ named: NamedNetwork, as name: String, to folder: String, asMatrix: Bool = false
  ) throws(SpikingError) -> [String] {
    // A table that is a matrix has no room for delays, which stand beside it, too.
    let holdsDelays = format.holdsDelays && !(format == .csv && asMatrix)
    let hasDelaysBeside = !holdsDelays && (withDelays || named.network.hasDelays)
    let lost = try ConnectivityFile("\(folder)/\(name).\(format)").save(named, asMatrix: asMatrix)
    guard hasDelaysBeside else { return lost }
    try OutputFolder.create("\(folder)/delays")
    try DelayFile("\(folder)/delays/\(name).npy").save(delaysOf: named.network)
    return lost.filter { $0 != ConnectivityFile.lostDelays }
  }

  /// How many networks the folder holds by its own account; 0 where it has none.
  private static func describedCount(_ path: String) -> Int {
    guard let record = try? JSONObject(contentsOf: "\(path)/\(description)"),
      case .number(let count, _)? = record["count"], let whole = Int(exactly: count)
    else { return 0 }
    return whole
  }
}
