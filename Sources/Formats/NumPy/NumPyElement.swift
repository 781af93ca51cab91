extension NumPyArray {
  /// What the elements of an array are.
  public enum ElementType: Hashable, Sendable {
    /// Truth values of one byte.
    case bool
    /// Unsigned whole numbers.
    case uint8, uint16, uint32, uint64
    /// Whole numbers.
    case int8, int16, int32, int64
    /// Real numbers.
    case float16, float32, float64
    /// Strings of up to `length` Unicode scalars.
    case unicode(length: Int)
    /// Strings of up to `length` bytes of ASCII.
    case bytes(length: Int)

    /// The types of fixed size.
    static let numbers: [ElementType] = [
      .bool, .uint8, .uint16, .uint32, .uint64, .int8, .int16, .int32, .int64, .float16, .float32,
      .float64,
    ]

    /// NumPy's letter and the number behind it: bytes of a number, scalars of a string.
    var code: (letter: Character, size: Int) {
      switch self {
      case .bool: ("b", 1)
      case .uint8: ("u", 1)
      case .uint16: ("u", 2)
      case .uint32: ("u", 4)
      case .uint64: ("u", 8)
      case .int8: ("i", 1)
      case .int16: ("i", 2)
      case .int32: ("i", 4)
      case .int64: ("i", 8)
      case .float16: ("f", 2)
      case .float32: ("f", 4)
      case .float64: ("f", 8)
      case .unicode(let length): ("U", length)
      case .bytes(let length): ("S", length)
      }
    }

    /// The bytes of one element.
    public var byteCount: Int {
      if case .unicode(let length) = self { length * 4 } else { code.size }
    }

    /// The bytes that change places between the byte orders.
    var wordByteCount: Int {
      switch self {
      case .unicode: 4
      case .bytes: 1
      default: code.size
      }
    }

    /// Whether the elements are strings.
    package var isText: Bool {
      switch self {
      case .unicode, .bytes: true
      default: false
      }
    }

    /// NumPy's description of the type in little endian: "<f4".
    public var descriptor: String {
      "\(wordByteCount == 1 ? "|" : "<")\(code.letter)\(code.size)"
    }

    /// The type with NumPy's description `descriptor`, in either byte order; nil where there is
    /// none.
    init?(descriptor: String) {
      let code = descriptor.drop { "<>|=".contains($0) }
      guard descriptor.count - code.count < 2 else { return nil }
      if let number = Self.numbers.first(where: { "\($0.code.letter)\($0.code.size)" == code }) {
        self = number
      } else if code.first == "U", let length = Int32(code.dropFirst()), length > 0 {
        self = .unicode(length: Int(length))
      } else if code.first == "S", let length = Int32(code.dropFirst()), length > 0 {
        self = .bytes(length: Int(length))
      } else {
        return nil
      }
    }
  }
}

/// A Swift type whose values are the elements of NumPy arrays.
public protocol NumPyElement: BitwiseCopyable {
  /// NumPy's name for it.
  static var elementType: NumPyArray.ElementType { get }
}

extension Bool: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .bool }
}
extension UInt8: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .uint8 }
}
extension UInt16: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .uint16 }
}
extension UInt32: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .uint32 }
}
extension UInt64: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .uint64 }
}
extension Int8: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .int8 }
}
extension Int16: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .int16 }
}
extension Int32: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .int32 }
}
extension Int64: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .int64 }
}
extension Int: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .int64 }
}
extension Float: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .float32 }
}
extension Double: NumPyElement {
  public static var elementType: NumPyArray.ElementType { .float64 }
}
