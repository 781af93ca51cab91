internal import SpikingFiles
internal import SpikingFramework

/// A value as files of MATLAB's version 5 hold it: an element of type, length and bytes, within which there are others.
/// Source: MAT-File Format, The MathWorks, chapter "Level 5".
indirect enum MATLABElement {
  case numbers(ArraySlice<Double>, shape: [Int])
  case integers([Int])
  case flags([Bool])
  case text(String)
  /// In a column.
  case cells([MATLABElement])
  case structure([(name: String, value: MATLABElement)])
  /// A square matrix: the rows are its columns.
  case sparse([Double], SparseRows)

  /// The longest name that MATLAB knows.
  static let maximumName = 63
  /// Bytes that the name of a field takes, with its end.
  private static let fieldBytes = 64

  private enum DataType: UInt32 {
    case int8 = 1
    case uint8 = 2
    case int32 = 5
    case uint32 = 6
    case double = 9
    case int64 = 12
    case matrix = 14
    case utf16 = 17
  }

  /// The class of the array, and a flag of logical ones.
  private var flags: UInt32 {
    switch self {
    case .cells: 1
    case .structure: 2
    case .text: 4
    case .sparse: 5
    case .numbers: 6
    case .flags: 9 | 0x0200
    case .integers: 14
    }
  }

  private var shape: [Int] {
    switch self {
    case .numbers(_, let shape): shape
    case .integers(let values): [values.count, 1]
    case .flags(let values): [values.count, 1]
    case .text(let text): [text.isEmpty ? 0 : 1, text.utf16.count]
    case .cells(let values): [values.count, 1]
    case .structure: [1, 1]
    case .sparse(_, let rows): [rows.rowCount, rows.rowCount]
    }
  }

  /// The bytes of a part with its type and length: a multiple of 8.
  private static func part(_ bytes: Int) -> Int { 8 + (bytes + 7) / 8 * 8 }

  /// The bytes of the element after its own type and length.
  func byteCount(name: String) -> Int {
    Self.part(8) + Self.part(4 * shape.count) + Self.part(name.utf8.count) + contentByteCount
  }

  private var contentByteCount: Int {
    switch self {
    case .numbers(let values, _): Self.part(8 * values.count)
    case .integers(let values): Self.part(8 * values.count)
    case .flags(let values): Self.part(values.count)
    case .text(let text): Self.part(2 * text.utf16.count)
    case .cells(let values): values.reduce(0) { $0 + 8 + $1.byteCount(name: "") }
    case .structure(let fields):
      fields.reduce(8 + Self.part(Self.fieldBytes * fields.count)) {
        $0 + 8 + $1.value.byteCount(name: "")
      }
    case .sparse(let values, let rows):
      Self.part(4 * values.count) + Self.part(4 * rows.offsets.count) + Self.part(8 * values.count)
    }
  }

  /// Writes the element.
  ///
  /// - Throws: `unwritableFile`, also for more bytes than a length can say.
  func write(_ name: String, to file: inout OutputFile) throws(SpikingError) {
    let bytes = byteCount(name: name)
    // MATLAB reads no more in one variable of this version.
    guard bytes < 1 << 31 else {
      throw SpikingError(
        .unwritableFile, "\(file.path): \(name)", found: "\(bytes) bytes",
        expected: "fewer than 2147483648, the most of a variable of this format")
    }
    try Self.write([DataType.matrix.rawValue, UInt32(bytes)], to: &file)
    var room: UInt32 = 0
    if case .sparse(let values, _) = self { room = UInt32(values.count) }
    try Self.write(.uint32, [flags, room], to: &file)
    try Self.write(.int32, shape.map { Int32($0) }[...], to: &file)
    try Self.write(.int8, Array(name.utf8)[...], to: &file)
    try writeContent(to: &file)
  }

  private func writeContent(to file: inout OutputFile) throws(SpikingError) {
    switch self {
    case .numbers(let values, _): try Self.write(.double, values, to: &file)
    case .integers(let values): try Self.write(.int64, values[...], to: &file)
    case .flags(let values):
      try Self.write(.uint8, values.map { $0 ? UInt8(1) : 0 }[...], to: &file)
    case .text(let text): try Self.write(.utf16, Array(text.utf16)[...], to: &file)
    case .cells(let values): for value in values { try value.write("", to: &file) }
    case .structure(let fields):
      // A part of at most 4 bytes stands in its own type and length.
      try Self.write([4 << 16 | DataType.int32.rawValue, UInt32(Self.fieldBytes)], to: &file)
      var names: [UInt8] = []
      for (index, field) in fields.enumerated() {
        names += field.name.utf8.prefix(Self.maximumName)
        names += repeatElement(0, count: Self.fieldBytes * (index + 1) - names.count)
      }
      try Self.write(.int8, names[...], to: &file)
      for field in fields { try field.value.write("", to: &file) }
    case .sparse(let values, let rows):
      let sources = (0..<values.count).map { Int32(rows.target($0)) }
      try Self.write(.int32, sources[...], to: &file)
      try Self.write(.int32, rows.offsets.map { Int32($0) }[...], to: &file)
      try Self.write(.double, values[...], to: &file)
    }
  }

  private static func write<Value: BitwiseCopyable>(
    _ type: DataType, _ values: ArraySlice<Value>, to file: inout OutputFile
  ) throws(SpikingError) {
    let count = values.count * MemoryLayout<Value>.size
    try write([type.rawValue, UInt32(count)], to: &file)
    try write(values, to: &file)
    try write([UInt8](repeating: 0, count: part(count) - 8 - count)[...], to: &file)
  }

  private static func write<Value: BitwiseCopyable>(
    _ values: ArraySlice<Value>, to file: inout OutputFile
  ) throws(SpikingError) {
    try file.write(values.span.bytes)
  }
}
