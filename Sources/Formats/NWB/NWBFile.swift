public import SpikingFramework

/// A recording in a file of Neurodata Without Borders, version 2 (HDF5): spikes of units, and time
/// series such as stimuli and positions.
///
/// ```swift
/// let file = try NWBFile("receptor.nwb")
/// let spikes = try file.units()
/// let sound = try file.series(named: "sound_pressure")
/// ```
///
/// Nothing but what is asked for is read. NWB counts time in seconds; all times here are in ms. Source:
/// O. Rübel et al., eLife 11:e78362 (2022).
public struct NWBFile: ~Copyable, Sendable {
  let file: HDF5File

  /// Whether this build reads and writes such files: not where the package was built without its trait HDF5.
  public static var isSupported: Bool { ReaderLibrary.hdf5.isBuilt }

  /// Opens the file at `path`.
  ///
  /// - Throws: `unreadableFile` where it is missing, or not HDF5, and where the package was built
  ///   without HDF5.
  public init(_ path: String, limits: Limits = Limits()) throws(SpikingError) {
    file = try HDF5File(path, limits: limits)
  }

  /// The file.
  public var path: String { file.path }
}

extension NWBFile {
  /// Whether this package wrote the file.
  var isOwn: Bool {
    (try? file.texts("/identifier"))?.first?.hasPrefix(NWBWriter.software + "-") ?? false
  }
}
