public import SpikingFiles
public import SpikingFramework

extension Connectivity {
  /// The network of a file of any `NetworkFormat`. It is named after the file: "networks/7.npy" is "7".
  ///
  /// - Parameters:
  ///   - location: the file.
  ///   - array: which array of an `.npz` it is; may be nil where the archive is a sparse matrix of SciPy's, or only one
  ///     of its arrays is a square matrix.
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the entry `W[i, j]` or the
  ///   shape that is wrong: not square, empty, or not finite.
  /// - Complexity: O(bytes); memory for the synapses of a `.npy` or `.pt` in C order and of sparse rows, for the file and
  ///   for the network otherwise.
  public init(contentsOf location: some FileLocation, array: String? = nil) throws(SpikingError) {
    self = try ConnectivityFile(location.locationPath).load(array: array)
  }

  /// Writes the network in the format that the extension names (`NetworkFormat`): `.npy` is a float32 matrix
  /// [neurons, neurons] in C order, `.npz` SciPy's sparse rows.
  ///
  /// - Throws: `unwritableFile`, also for another extension, and for a network with delays in a format that does not
  ///   hold them.
  /// - Complexity: as `NamedNetwork.write(to:asMatrix:)`.
  public func write(to location: some FileLocation) throws(SpikingError) {
    let path = location.locationPath
    guard !hasDelays || NetworkFormat(path: path)?.holdsDelays != false else {
      throw SpikingError(
        .unwritableFile, path, found: "a network with delays",
        expected: "one without, .npz, or a folder of networks, which holds their delays, too")
    }
    _ = try ConnectivityFile(path).save(NamedNetwork(self))
  }

  /// The same network with the delays of a `.npy` file: whole numbers [N, N], where D[i, j] is the delay in bins
  /// of the synapse from neuron i to neuron j. Where there is no synapse, what stands there does not count.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the shape or the entry D[i, j] of a synapse that
  ///   is no whole number from 1 to 65 535.
  /// - Complexity: O(neurons²), memory for the synapses and some rows.
  public func withDelays(
    contentsOf location: some FileLocation
  ) throws(SpikingError) -> Connectivity {
    try DelayFile(location.locationPath).load(for: self)
  }

  /// Writes the delays of the network as a uint16 `.npy` file, 0 where there is no synapse.
  ///
  /// - Throws: `unwritableFile`.
  /// - Complexity: O(neurons²), memory for one row.
  public func writeDelays(to location: some FileLocation) throws(SpikingError) {
    try DelayFile(location.locationPath).save(delaysOf: self)
  }
}

extension [Connectivity] {
  /// The networks of a file, or of a folder in natural order of their names (2 before 10): its `.npy` and `.pt` files, or
  /// else its `.npz`, `.graphml` or `.csv` files.
  ///
  /// - Throws: as `ConnectivityFile.list(_:)` and `Connectivity(contentsOf:)`.
  public init(contentsOf location: some FileLocation) throws(SpikingError) {
    self = []
    for file in try ConnectivityFile.list(location.locationPath) { append(try file.load()) }
  }

  /// The same networks with the delays of a file, or those of a folder, whose files have the names of the
  /// networks: "7.npy" for the network "7".
  ///
  /// - Throws: `unreadableFile`, also where a network has no file, and as of one network.
  public func withDelays(
    contentsOf location: some FileLocation
  ) throws(SpikingError) -> [Connectivity] {
    try DelayFile.load(location.locationPath, for: self)
  }

  /// Writes the networks as files named by position, `0.npy`, `1.npy`, …, into a folder
  /// that is made where it is missing; delays, where there are any and the format does not hold them, into its folder
  /// `delays`. They appear together or not at all. Files there that are no networks stay as they are, but for
  /// `generator.json`, which would speak of others.
  ///
  /// - Throws: `unwritableFile`, also where the folder holds other networks than those that are replaced.
  public func write(
    to location: some FileLocation, format: NetworkFormat = .npy
  ) throws(SpikingError) {
    let folder = location.locationPath
    let files = try NetworkFolder(folder, count: count, format: format)
    let set = try OutputSet(folder, description: NetworkFolder.description)
    try set.write { place throws(SpikingError) in
      for (index, network) in enumerated() {
        try files.save(network, index: index, to: place)
      }
    }
    try set.finish(replacing: files.former)
  }
}
