public import Foundation
public import SpikingFiles
public import SpikingFramework

extension NumPyArray {
  /// The array of a `.npy` file: versions 1 to 3, either byte order, C or Fortran
  /// order.
  ///
  /// The file is mapped: its bytes are read as they are used, and take no memory of their own.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming the file and the field that is wrong.
  /// - Complexity: O(1); O(bytes), and memory for them, of big-endian and Fortran-ordered arrays.
  public init(contentsOf location: some FileLocation) throws(SpikingError) {
    let path = location.locationPath
    try self.init(InputFile(path).mapped(), source: path)
  }

  /// The shape and the type of the array of a `.npy` file, of which only the header is read.
  ///
  /// - Throws: as `init(contentsOf:)`.
  package static func description(
    ofFile path: String
  ) throws(SpikingError) -> (shape: [Int], elementType: ElementType) {
    let file = try InputFile(path)
    do {
      let header = try NumPyHeader { (count: Int) throws(SpikingError) in try file.read(count) }
      return (header.shape, header.elementType)
    } catch {
      throw error.within(path)
    }
  }

  /// The array that the bytes of a `.npy` file describe.
  ///
  /// - Parameters:
  ///   - file: the whole file.
  ///   - source: what errors name: the file.
  /// - Throws: `invalidData` naming the field that is wrong: `magic`, `version`, `header`, `descr`,
  ///   `fortran_order`, `shape` or `data`.
  public init(_ file: Data, source: String = "") throws(SpikingError) {
    do {
      try self.init(parsing: file, source: source)
    } catch {
      throw source.isEmpty ? error : error.within(source)
    }
  }

  private init(parsing file: Data, source: String) throws(SpikingError) {
    let header = try NumPyHeader(file)
    try self.init(header, file.dropFirst(header.dataOffset), source: source)
  }

  /// The array of a header and of the elements as they stand in the file.
  init(_ header: NumPyHeader, _ elements: Data, source: String) throws(SpikingError) {
    try header.check(byteCount: elements.count)
    var data = elements
    if header.isBigEndian { data = Self.swappingBytes(data, header.elementType.wordByteCount) }
    if header.isFortranOrder, header.shape.count > 1, !data.isEmpty {
      guard header.elementType.byteCount == header.elementType.wordByteCount else {
        throw SpikingError(
          .invalidData, "fortran_order", found: "True", expected: "False for an array of strings")
      }
      data = Self.reversingAxes(data, header.shape, header.elementType.byteCount)
    }
    self.init(
      shape: header.shape, elementType: header.elementType, source: source, data: data)
  }

  /// Writes a `.npy` file: version 1.0, little-endian, C order.
  ///
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public func write(to location: some FileLocation) throws(SpikingError) {
    var file = try OutputFile(location.locationPath)
    for part in parts { try file.write(part.bytes) }
    try file.finish()
  }

  /// The file in two parts: header and elements.
  var parts: [Data] {
    [NumPyHeader(elementType: elementType, shape: shape).bytes, data]
  }
}

extension NumPyArray {
  /// The same words in the other byte order.
  private static func swappingBytes(_ data: Data, _ wordByteCount: Int) -> Data {
    switch wordByteCount {
    case 2: mapped(data) { (word: UInt16) in word.byteSwapped }
    case 4: mapped(data) { (word: UInt32) in word.byteSwapped }
    case 8: mapped(data) { (word: UInt64) in word.byteSwapped }
    default: data
    }
  }

  private static func mapped<Word: FixedWidthInteger & BitwiseCopyable>(
    _ data: Data, _ transform: (Word) -> Word
  ) -> Data {
    var result = Data(count: data.count)
    result.withUnsafeMutableBytes { result in
      data.withUnsafeBytes { data in
        for offset in stride(from: 0, to: data.count, by: MemoryLayout<Word>.size) {
          result.storeBytes(
            of: transform(data.loadUnaligned(fromByteOffset: offset, as: Word.self)),
            toByteOffset: offset, as: Word.self)
        }
      }
    }
    return result
  }

  /// From Fortran order, in which the first index runs fastest, to C order.
  private static func reversingAxes(_ data: Data, _ shape: [Int], _ byteCount: Int) -> Data {
    switch byteCount {
    case 1: reversingAxes(data, shape, UInt8.self)
    case 2: reversingAxes(data, shape, UInt16.self)
    case 4: reversingAxes(data, shape, UInt32.self)
    default: reversingAxes(data, shape, UInt64.self)
    }
  }

  /// The first and the last index are exchanged in tiles that fit the cache, for every combination
  /// of the indices between.
  private static func reversingAxes<Word: FixedWidthInteger & BitwiseCopyable>(
    _ data: Data, _ shape: [Int], _ type: Word.Type
  ) -> Data {
    let (rows, columns) = (shape[0], shape[shape.count - 1])
    let middle = Array(shape[1..<(shape.count - 1)])
    let middleCount = middle.reduce(1, *)
    let (size, tile) = (MemoryLayout<Word>.size, 32)
    var result = Data(count: data.count)
    result.withUnsafeMutableBytes { result in
      data.withUnsafeBytes { data in
        for target in 0..<middleCount {
          // Where the same indices lie when the first of them runs fastest.
          let source = transposed(target, middle)
          for top in stride(from: 0, to: rows, by: tile) {
            for left in stride(from: 0, to: columns, by: tile) {
              for row in top..<min(top + tile, rows) {
                for column in left..<min(left + tile, columns) {
                  let word = data.loadUnaligned(
                    fromByteOffset: size * (row + rows * (source + middleCount * column)),
                    as: Word.self)
                  result.storeBytes(
                    of: word,
                    toByteOffset: size * (column + columns * (target + middleCount * row)),
                    as: Word.self)
                }
              }
            }
          }
        }
      }
    }
    return result
  }

  /// The number in Fortran order of the element with number `index` in C order.
  private static func transposed(_ index: Int, _ shape: [Int]) -> Int {
    var (rest, weight, position) = (index, shape.reduce(1, *), 0)
    for length in shape.reversed() {
      weight /= length
      position += rest % length * weight
      rest /= length
    }
    return position
  }
}
