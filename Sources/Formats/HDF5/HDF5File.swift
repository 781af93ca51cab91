internal import CHDF5
internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// An HDF5 file that is read: groups, and the datasets in them, by path.
struct HDF5File: ~Copyable, Sendable {
  /// What stands at a path.
  enum Kind {
    case group, dataset
  }

  let path: String
  let handle: hid_t

  /// Opens the file at `path` for reading.
  ///
  /// - Throws: `unreadableFile` where it is missing, damaged, or not HDF5.
  init(_ path: String) throws(SpikingError) {
    // HDF5 has words of its own for a missing file; all formats say it alike.
    try InputFile.check(path)
    handle = try HDF5Library.call { () throws(SpikingError) in
      spiking_hdf5_silence()
      guard H5Fis_hdf5(path) != 0 else {
        throw SpikingError(
          .unreadableFile, path, found: FileKind.description(ofFile: path),
          expected: "HDF5, as .nwb files are")
      }
      let handle = spiking_hdf5_open(path)
      guard handle >= 0 else {
        throw SpikingError(.unreadableFile, path, "cannot be read: \(HDF5Library.reason)")
      }
      return handle
    }
    self.path = path
  }

  deinit {
    let handle = handle
    HDF5Library.call { _ = H5Fclose(handle) }
  }

  /// What stands at `object`; nil where nothing does, or a link that leads nowhere.
  func kind(of object: String) -> Kind? {
    HDF5Library.call {
      let identifier = H5Oopen(handle, object, spiking_hdf5_default())
      guard identifier >= 0 else { return nil }
      defer { H5Oclose(identifier) }
      return switch H5Iget_type(identifier) {
      case H5I_GROUP: .group
      case H5I_DATASET: .dataset
      default: nil
      }
    }
  }

  /// Whether a group or a dataset stands at `object`.
  func exists(_ object: String) -> Bool { kind(of: object) != nil }

  /// The names in a group, in the order of their characters; soft links, which lead to what stands
  /// elsewhere in the file, are left out.
  ///
  /// - Throws: `invalidData` where there is no such group.
  func children(of group: String) throws(SpikingError) -> [String] {
    try HDF5Library.call { () throws(SpikingError) in
      let identifier = H5Gopen2(handle, group, spiking_hdf5_default())
      guard identifier >= 0 else { throw failure(group, "there is no such group") }
      defer { H5Gclose(identifier) }
      var description = H5G_info_t()
      guard H5Gget_info(identifier, &description) >= 0 else {
        throw failure(group, HDF5Library.reason)
      }
      return (0..<description.nlinks).map { Self.name($0, in: identifier) }
        .filter { spiking_hdf5_is_soft_link(identifier, $0) == 0 }
    }
  }

  private static func name(_ index: hsize_t, in group: hid_t) -> String {
    let size = H5Lget_name_by_idx(
      group, ".", H5_INDEX_NAME, H5_ITER_INC, index, nil, 0, spiking_hdf5_default())
    // One character more: the zero at the end.
    return String(unsafeUninitializedCapacity: max(size, 0) + 1) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        max(
          H5Lget_name_by_idx(
            group, ".", H5_INDEX_NAME, H5_ITER_INC, index, characters.baseAddress,
            characters.count, spiking_hdf5_default()), 0)
      }
    }
  }

  /// What is wrong with the object at a path of this file.
  func failure(_ object: String, _ message: String) -> SpikingError {
    SpikingError(.invalidData, "\(path): \(object)", message)
  }

  /// What is wrong with the object at a path of this file, in the usual form.
  func failure(_ object: String, found: some Any, expected: String) -> SpikingError {
    SpikingError(.invalidData, "\(path): \(object)", found: found, expected: expected)
  }
}
