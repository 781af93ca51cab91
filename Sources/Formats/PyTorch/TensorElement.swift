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
    case .float16, .bfloat16: 2
    default: numPyType.byteCount
    }
  }

  /// The type of NumPy whose elements `elements(_:)` makes.
  private var numPyType: NumPyArray.ElementType {
    switch self {
    case .float32, .float16, .bfloat16: .float32
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
    let data =
      switch self {
      case .float16: Self.floats(bytes, Self.float)
      case .bfloat16: Self.floats(bytes) { Float(bitPattern: UInt32($0) << 16) }
      default: bytes
      }
    return NumPyArray(shape: shape, elementType: numPyType, source: source, data: data)
  }

  private static func floats(_ bytes: Data, _ value: (UInt16) -> Float) -> Data {
    let floats = bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 2).map {
        value(bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self))
      }
    }
    return floats.withUnsafeBytes { Data($0) }
  }

  /// The number of binary16 (IEEE 754) with these bits: 1 of sign, 5 of exponent, 10 of fraction.
  private static func float(_ bits: UInt16) -> Float {
    let (exponent, fraction) = (UInt32(bits >> 10) & 31, UInt32(bits) & 1023)
    let magnitude: Float =
      switch exponent {
      case 0: Float(fraction) * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Float(bitPattern: (exponent + 112) << 23 | fraction << 13)
      }
    return bits >> 15 == 0 ? magnitude : -magnitude
  }
}
