internal import Foundation
public import SpikingFramework

/// An array of numbers, truth values or strings as NumPy stores it, of any number of dimensions.
///
/// Elements are kept as bytes, little-endian and in C order (the last index runs fastest); the
/// conversions copy them out as Swift arrays. An array that was read knows its file, so that every
/// error names it.
public struct NumPyArray: Sendable {
  /// The length of each dimension; empty for a scalar, which has one element.
  public let shape: [Int]
  /// What the elements are.
  public let elementType: ElementType
  /// Where the array was read: the file, and its name in an archive. Empty when made in memory.
  public let source: String
  /// The elements, little-endian, in C order. All platforms of Swift are little-endian.
  let data: Data

  init(shape: [Int], elementType: ElementType, source: String, data: Data) {
    self.shape = shape
    self.elementType = elementType
    self.source = source
    self.data = data
  }

  /// An array of `values` in C order, by default of one dimension.
  ///
  /// - Precondition: `shape` has as many elements as there are values.
  public init<Element: NumPyElement>(_ values: [Element], shape: [Int]? = nil) {
    let shape = shape ?? [values.count]
    precondition(shape.reduce(1, *) == values.count, "the shape does not fit the values")
    self.init(
      shape: shape, elementType: Element.elementType, source: "",
      data: values.withUnsafeBytes { Data($0) })
  }

  /// An array without dimensions: one value.
  public init<Element: NumPyElement>(scalar value: Element) {
    self.init([value], shape: [])
  }

  /// An array without dimensions: one string.
  public init(scalar string: String) { self.init([string], shape: []) }

  /// An array of strings.
  public init(_ strings: [String]) { self.init(strings, shape: [strings.count]) }

  private init(_ strings: [String], shape: [Int]) {
    let scalars = strings.map { $0.unicodeScalars.map(\.value) }
    // As NumPy, which has no strings of length 0.
    let length = max(scalars.map(\.count).max() ?? 0, 1)
    let padded = scalars.flatMap { $0 + Array(repeating: 0, count: length - $0.count) }
    self.init(
      shape: shape, elementType: .unicode(length: length), source: "",
      data: padded.withUnsafeBytes { Data($0) })
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The error of a field of this array: `shape`, `data`, ….
  ///
  /// - Returns: `invalidData` that names the file, the field, and what was found and expected.
  public func error(_ field: String, found: some Any, expected: String) -> SpikingError {
    let error = SpikingError(.invalidData, field, found: found, expected: expected)
    return source.isEmpty ? error : error.within(source)
  }

  /// The error of element number `index` in C order; its field is like `data[3, 4]`.
  func error(element index: Int, found: some Any, expected: String) -> SpikingError {
    error("data\(Self.position(index, shape))", found: found, expected: expected)
  }

  /// The index of an element in each dimension: "[3, 4]"; empty for a scalar.
  private static func position(_ index: Int, _ shape: [Int]) -> String {
    if shape.isEmpty { return "" }
    var (rest, position) = (index, [Int]())
    for length in shape.reversed() {
      position.insert(rest % length, at: 0)
      rest /= length
    }
    return "\(position)"
  }
}

extension NumPyArray: Equatable {
  /// Whether both have the same shape, type and elements, bit by bit, wherever they were read.
  public static func == (left: NumPyArray, right: NumPyArray) -> Bool {
    left.shape == right.shape && left.elementType == right.elementType && left.data == right.data
  }
}

extension NumPyArray: CustomStringConvertible {
  /// "float32 (50, 50)".
  public var description: String { "\(elementType) \(NumPyHeader.text(shape))" }
}
