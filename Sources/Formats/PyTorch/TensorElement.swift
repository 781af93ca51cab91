internal import Foundation

/// What the elements of a tensor are.
enum TensorElement: String, CaseIterable {
  case float32 = "Float"
  case float64 = "Double"
  case float16 = "Half"
  case bfloat16 = "BFloat16"
  case int64 = "Long"
  case int32 = "Int"
  case int16 = "Short"
  case int8 = "Char"
  case uint8 = "Byte"
  case bool = "Bool"
  // These have no storage of their own.
  case uint16, uint32, uint64

  /// The type of the storage of this name: "torch.FloatStorage".
  init?(storage name: String) {
    guard name.hasPrefix("torch."), name.hasSuffix("Storage") else { return nil }
    self.init(rawValue: String(name.dropFirst(6).dropLast(7)))
    if [.uint16, .uint32, .uint64].contains(self) { return nil }
  }

  /// The type of this name: "torch.uint16".
  init?(type name: String) {
    guard let type = Self.allCases.first(where: { "torch.\($0)" == name }) else { return nil }
    self = type
  }

  /// The bytes of an element.
  var byteCount: Int {
    switch self {
    case .bfloat16: 2
    default: numPyType.byteCount
    }
  }

  /// The type of NumPy whose elements `elements(_:)` makes.
  private var numPyType: NumPyArray.ElementType {
    switch self {
    case .float32, .bfloat16: .float32
    case .float16: .float16
    case .float64: .float64
    case .int64: .int64
    case .int32: .int32
    case .int16: .int16
    case .int8: .int8
    case .uint8: .uint8
    case .bool: .bool
    case .uint16: .uint16
    case .uint32: .uint32
    case .uint64: .uint64
    }
  }

  /// An array of elements as they stand in a storage.
  func array(_ bytes: Data, shape: [Int], source: String) -> NumPyArray {
    NumPyArray(
      shape: shape, elementType: numPyType, source: source,
      data: self == .bfloat16 ? Self.floats(bytes) : bytes)
  }

  /// The numbers of the upper halves of their bits.
  private static func floats(_ bytes: Data) -> Data {
    let floats = bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 2).map {
        let half = bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)
        return Float(bitPattern: UInt32(half) << 16)
      }
    }
    return floats.withUnsafeBytes { Data($0) }
  }
}
