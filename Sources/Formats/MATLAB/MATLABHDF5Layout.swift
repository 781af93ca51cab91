internal import SpikingFramework

/// As version 7.3 has them: dimensions in reverse order, structures as groups, and elements of cell and structure arrays by
/// references. The class of each is its attribute `MATLAB_class`. Source: files of MATLAB, which documents no more of it
/// than that it is HDF5.
struct MATLABHDF5Layout: MATLABLayout {
  func variables(of file: borrowing HDF5File) throws(SpikingError) -> [String] {
    // "#refs#" has the elements, and "#subsystem#" what MATLAB knows of objects.
    try file.children(of: "/").map(\.name).filter { !$0.hasPrefix("#") }
  }

  func value(
    at place: String, of file: borrowing HDF5File
  ) throws(SpikingError) -> MATLABValue? {
    let name = try file.text("MATLAB_class", of: place)
    switch try file.kind(of: place) {
    case .group: return try group(place, of: file)
    case .dataset: return try dataset(place, class: name, of: file)
    default: return nil
    }
  }

  private func group(
    _ place: String, of file: borrowing HDF5File
  ) throws(SpikingError) -> MATLABValue {
    if let rows = try file.number("MATLAB_sparse", of: place) {
      let ends = try file.shape(of: place + "/jc").first ?? 0
      return MATLABValue(.sparse, [Int(saturating: rows), max(0, ends - 1)])
    }
    let fields = try file.children(of: place).map(\.name)
    guard let first = fields.first, let shape = try elementShape(place, first, of: file) else {
      return MATLABValue(.structure, [1, 1], fields: fields)
    }
    return MATLABValue(.structure, shape, fields: fields)
  }

  /// The shape of a structure array, by one of its fields; nil where the field is that of one structure.
  private func elementShape(
    _ place: String, _ field: String, of file: borrowing HDF5File
  ) throws(SpikingError) -> [Int]? {
    let path = "\(place)/\(field)"
    // Fields of arrays have no class: they are lists of references.
    guard try file.kind(of: path) == .dataset, try file.text("MATLAB_class", of: path) == nil else {
      return nil
    }
    let description = try file.describe(path)
    return description.kind == .references ? description.shape.reversed() : nil
  }

  private func dataset(
    _ place: String, class name: String?, of file: borrowing HDF5File
  ) throws(SpikingError) -> MATLABValue {
    let description = try file.describe(place)
    var shape = Array(description.shape.reversed())
    if shape.count == 1, shape[0] <= 32, try file.number("MATLAB_empty", of: place) == 1 {
      // Instead of its elements, of which there are none, it has its dimensions.
      shape = try file.integers(place).values
      guard shape.contains(0), shape.allSatisfy({ $0 >= 0 }) else {
        throw file.failure(place, found: "shape \(shape)", expected: "one without elements")
      }
    }
    switch name {
    case "cell": return MATLABValue(.cells, shape)
    case "struct": return MATLABValue(.structure, shape)
    case "char": return MATLABValue(.text, shape)
    case "logical": return MATLABValue(.truthValues, shape)
    case "function_handle": return MATLABValue(.other, shape)
    default:
      if description.kind.isNumeric { return MATLABValue(.numbers, shape) }
      // Pairs, which HDF5 knows as no kind of number.
      let isComplex = name == "double" || name == "single" || name?.contains("int") == true
      return MATLABValue(isComplex ? .complex : .other, shape)
    }
  }

  func elements(
    at place: String, _ value: MATLABValue, field: String?, of file: borrowing HDF5File
  ) throws(SpikingError) -> [String] {
    if value.count == 0 { return [] }
    let path = field.map { "\(place)/\($0)" } ?? place
    if let field, try elementShape(place, field, of: file) == nil { return [path] }
    let description = try file.describe(path)
    guard description.kind == .references else {
      throw file.failure(path, found: "another type", expected: "references to elements")
    }
    let addresses = try file.codes(path)
    guard addresses.count == value.count else {
      throw file.failure(path, found: "\(addresses.count) elements", expected: "\(value.count)")
    }
    return addresses.map { "&\(UInt64(bitPattern: Int64($0)))" }
  }
}
