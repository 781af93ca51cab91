internal import CFileLibraries
internal import SpikingFramework

/// A C library that reads files in a process of its own.
enum ReaderLibrary: Sendable {
  case hdf5, matio

  var name: String {
    switch self {
    case .hdf5: "HDF5"
    case .matio: "matio"
    }
  }

  /// Whether the package was built with it.
  var isBuilt: Bool { spiking_reader_has(code) != 0 }

  var code: spiking_reader_library {
    switch self {
    case .hdf5: SPIKING_READER_HDF5
    case .matio: SPIKING_READER_MATIO
    }
  }

  /// The trait of the package, and the files that need it, for errors.
  var trait: String {
    switch self {
    case .hdf5: "HDF5, which .nwb files and those of MATLAB 7.3 need"
    case .matio: "matio, which .mat files need (the trait MATLAB)"
    }
  }

  /// What its files are, for errors.
  var files: String {
    switch self {
    case .hdf5: "HDF5, as .nwb files are"
    case .matio: "a file of MATLAB (.mat)"
    }
  }

  /// Memory beyond four times the file, in bytes. matio keeps 40 kB for each value in a compressed variable.
  var memory: UInt64 {
    switch self {
    case .hdf5: 256 << 20
    case .matio: 1 << 30
    }
  }
}
