/// The type of the values of a dataset or an attribute.
enum HDF5Type {
  /// Double.
  case real
  /// Int64.
  case integer
  /// UInt64.
  case count
  /// UTF-8 of any length, which stands in a heap: its bytes, the heap, and its number there.
  case text
  /// A byte that is FALSE or TRUE, as h5py has truth values.
  case flag
  /// Where a group or a dataset stands.
  case reference

  /// The bytes of a value.
  var byteCount: Int {
    switch self {
    case .real, .integer, .count, .reference: 8
    case .text: 16
    case .flag: 1
    }
  }

  /// The type in the file's format: the datatype message. Source: HDF5 File Format Specification 3.0, IV.A.2.d.
  var message: [UInt8] {
    switch self {
    case .real:
      head(class: 1, flags: [0x20, 63, 0])
        + [0, 0, 64, 0, 52, 11, 0, 52] + [0xff, 0x03, 0, 0]
    case .integer: head(class: 0, flags: [0x08, 0, 0]) + [0, 0, 64, 0]
    case .count: head(class: 0, flags: [0, 0, 0]) + [0, 0, 64, 0]
    case .text:
      head(class: 9, flags: [1, 1, 0]) + head(class: 0, flags: [0, 0, 0], byteCount: 1) + [
        0, 0, 8, 0,
      ]
    case .flag:
      head(class: 8, flags: [2, 0, 0]) + head(class: 0, flags: [0x08, 0, 0], byteCount: 1)
        + [0, 0, 8, 0] + Array("FALSE\0\0\0TRUE\0\0\0\0".utf8) + [0, 1]
    case .reference: head(class: 7, flags: [0, 0, 0])
    }
  }

  private func head(class number: UInt8, flags: [UInt8], byteCount: Int? = nil) -> [UInt8] {
    var bytes = [0x10 | number] + flags
    bytes.append(littleEndian: UInt32(byteCount ?? self.byteCount))
    return bytes
  }
}

/// A value that stands with a name at a group or a dataset.
enum HDF5Attribute {
  case text(String)
  case texts([String])
  case real(Double)
  case integer(Int)
  case reference(HDF5Object)
}

/// A group or a dataset that has been written.
struct HDF5Object {
  /// Where its header stands in the file.
  let address: Int
}
