internal import Foundation
public import SpikingFramework

extension NumPyArray {
  /// The elements as 32-bit real numbers, rounded where they need more digits.
  ///
  /// - Throws: `invalidData` for strings.
  public func floats() throws(SpikingError) -> [Float] { try reals(as: Float.self) }

  /// The elements as 64-bit real numbers, rounded where whole numbers need more than 53 bits.
  ///
  /// - Throws: `invalidData` for strings.
  public func doubles() throws(SpikingError) -> [Double] { try reals(as: Double.self) }

  private func reals<Target: BinaryFloatingPoint & BitwiseCopyable>(
    as type: Target.Type
  ) throws(SpikingError) -> [Target] {
    switch elementType {
    case .bool: map(UInt8.self) { $0 == 0 ? 0 : 1 }
    case .uint8: map(UInt8.self) { Target($0) }
    case .uint16: map(UInt16.self) { Target($0) }
    case .uint32: map(UInt32.self) { Target($0) }
    case .uint64: map(UInt64.self) { Target($0) }
    case .int8: map(Int8.self) { Target($0) }
    case .int16: map(Int16.self) { Target($0) }
    case .int32: map(Int32.self) { Target($0) }
    case .int64: map(Int64.self) { Target($0) }
    case .float16: map(Float16.self) { Target($0) }
    case .float32: map(Float.self) { Target($0) }
    case .float64: map(Double.self) { Target($0) }
    case .unicode, .bytes: throw wrongType("numbers")
    }
  }

  /// The elements as whole numbers, exactly; truth values as 0 and 1.
  ///
  /// - Throws: `invalidData` naming the first element that is not whole or beyond 64 bits.
  public func integers() throws(SpikingError) -> [Int] {
    try integers(as: Int.self)
  }

  /// The elements as whole numbers of another width, exactly.
  func integers<Target: FixedWidthInteger & BitwiseCopyable>(
    as type: Target.Type
  ) throws(SpikingError) -> [Target] {
    switch elementType {
    case .bool: map(UInt8.self) { $0 == 0 ? 0 : 1 }
    case .uint8: try exactly(UInt8.self) { Target(exactly: $0) }
    case .uint16: try exactly(UInt16.self) { Target(exactly: $0) }
    case .uint32: try exactly(UInt32.self) { Target(exactly: $0) }
    case .uint64: try exactly(UInt64.self) { Target(exactly: $0) }
    case .int8: try exactly(Int8.self) { Target(exactly: $0) }
    case .int16: try exactly(Int16.self) { Target(exactly: $0) }
    case .int32: try exactly(Int32.self) { Target(exactly: $0) }
    case .int64: try exactly(Int64.self) { Target(exactly: $0) }
    case .float16: try exactly(Float16.self) { Target(exactly: $0) }
    case .float32: try exactly(Float.self) { Target(exactly: $0) }
    case .float64: try exactly(Double.self) { Target(exactly: $0) }
    case .unicode, .bytes: throw wrongType("whole numbers")
    }
  }

  /// The elements as truth values; of numbers, 0 and 1 alone are.
  ///
  /// - Throws: `invalidData` naming the first element that is neither.
  public func booleans() throws(SpikingError) -> [Bool] {
    if elementType == .bool { return map(UInt8.self) { $0 != 0 } }
    let numbers = try integers()
    if let index = numbers.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw error(element: index, found: numbers[index], expected: "true or false, or 0 or 1")
    }
    return numbers.map { $0 == 1 }
  }

  /// The elements of an array of strings.
  ///
  /// - Throws: `invalidData` for numbers, and for strings that are not Unicode or, of bytes, not ASCII.
  public func strings() throws(SpikingError) -> [String] {
    if case .bytes(let length) = elementType { return try asciiStrings(length) }
    guard case .unicode(let length) = elementType else { throw wrongType("strings, '<U…'") }
    let scalars = words(UInt32.self)
    var strings: [String] = []
    strings.reserveCapacity(count)
    for index in 0..<count {
      // Shorter strings are padded with zeros.
      var string = String.UnicodeScalarView()
      let padded = scalars[(index * length)..<((index + 1) * length)]
      let end = padded.lastIndex { $0 != 0 }.map { $0 + 1 } ?? padded.startIndex
      for value in padded[..<end] {
        guard let scalar = Unicode.Scalar(value) else {
          throw error(element: index, found: value, expected: "Unicode scalars")
        }
        string.append(scalar)
      }
      strings.append(String(string))
    }
    return strings
  }
}

extension NumPyArray {
  private func asciiStrings(_ length: Int) throws(SpikingError) -> [String] {
    let bytes = words(UInt8.self)
    if let index = bytes.firstIndex(where: { $0 > 127 }) {
      throw error(element: index / length, found: bytes[index], expected: "bytes of ASCII")
    }
    return (0..<count).map { index in
      let padded = bytes[(index * length)..<((index + 1) * length)]
      let end = padded.lastIndex { $0 != 0 }.map { $0 + 1 } ?? padded.startIndex
      return String(decoding: padded[..<end], as: UTF8.self)
    }
  }

  /// All values of type `Value`, however they make up the elements.
  private func words<Value: BitwiseCopyable>(_ type: Value.Type) -> [Value] {
    map(type, count: data.count / MemoryLayout<Value>.size) { $0 }
  }

  private func map<Value: BitwiseCopyable, Target: BitwiseCopyable>(
    _ type: Value.Type, count: Int? = nil, _ transform: (Value) -> Target
  ) -> [Target] {
    let count = count ?? self.count
    return data.withUnsafeBytes { bytes in
      [Target](unsafeUninitializedCapacity: count) { target, initialized in
        for index in 0..<count {
          target.initializeElement(
            at: index,
            to: transform(
              bytes.loadUnaligned(
                fromByteOffset: index * MemoryLayout<Value>.size, as: Value.self)))
        }
        initialized = count
      }
    }
  }

  /// As `map`, where a nil is an error that names its element.
  private func exactly<
    Value: BitwiseCopyable, Target: FixedWidthInteger & BitwiseCopyable
  >(
    _ type: Value.Type, _ transform: (Value) -> Target?
  ) throws(SpikingError) -> [Target] {
    var wrong: Int?
    let targets: [Target] = data.withUnsafeBytes { bytes in
      [Target](unsafeUninitializedCapacity: count) { target, initialized in
        for index in 0..<count {
          let value = bytes.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Value>.size, as: Value.self)
          guard let whole = transform(value) else {
            wrong = index
            break
          }
          target.initializeElement(at: index, to: whole)
          initialized = index + 1
        }
      }
    }
    if let wrong {
      throw error(
        element: wrong, found: map(type) { $0 }[wrong],
        expected: "a whole number from \(Target.min) to \(Target.max)")
    }
    return targets
  }

  private func wrongType(_ expected: String) -> SpikingError {
    error("descr", found: "'\(elementType.descriptor)'", expected: expected)
  }
}
