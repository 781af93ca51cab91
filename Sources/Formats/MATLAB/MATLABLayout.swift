internal import SpikingFramework

/// How the values of MATLAB lie in a file: as matio gives them, or in HDF5, as version 7.3 has them. Where a value is, its
/// place, is a path of the file.
protocol MATLABLayout: Sendable {
  /// The names of the variables.
  func variables(of file: borrowing HDF5File) throws(SpikingError) -> [String]

  /// What is at a place; nil where nothing is.
  func value(
    at place: String, of file: borrowing HDF5File
  ) throws(SpikingError) -> MATLABValue?

  /// The places of the elements of a cell array, or of a field of all elements of a structure, column by column.
  func elements(
    at place: String, _ value: MATLABValue, field: String?, of file: borrowing HDF5File
  ) throws(SpikingError) -> [String]
}

/// As matio gives them: version 7 and earlier.
struct MatioLayout: MATLABLayout {
  func variables(of file: borrowing HDF5File) throws(SpikingError) -> [String] {
    try file.children(of: "/").map(\.name)
  }

  func value(
    at place: String, of file: borrowing HDF5File
  ) throws(SpikingError) -> MATLABValue? {
    let description = try file.describe(place)
    let shape = description.shape
    switch description.kind {
    case .integers, .reals: return MATLABValue(.numbers, shape)
    case .namedIntegers: return MATLABValue(.truthValues, shape)
    case .characters: return MATLABValue(.text, shape)
    case .cells: return MATLABValue(.cells, shape)
    case .sparse: return MATLABValue(.sparse, shape)
    case .complex: return MATLABValue(.complex, shape)
    case .structure:
      return MATLABValue(.structure, shape, fields: try file.children(of: place).map(\.name))
    default: return MATLABValue(.other, shape)
    }
  }

  func elements(
    at place: String, _ value: MATLABValue, field: String?, of file: borrowing HDF5File
  ) throws(SpikingError) -> [String] {
    // Each is asked for on its own, and takes room in the file, though little where it is compressed.
    let most = try max(1 << 16, Int(clamping: file.describe(place).storedBytes))
    guard value.count <= most else {
      throw file.failure(place, found: value, expected: "at most \(most) elements")
    }
    return (0..<value.count).map { index in
      if let field { "\(place)/\(index)/\(field)" } else { "\(place)/\(index)" }
    }
  }
}
