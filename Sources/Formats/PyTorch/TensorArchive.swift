internal import Foundation
internal import SpikingFiles
internal import SpikingFramework

/// A file of PyTorch with one tensor, `torch.save(tensor, path)`: an archive of a pickle that describes it, and of its elements.
struct TensorArchive: ~Copyable {
  /// The numbers of rows and columns of the matrix.
  let shape: [Int]
  private let tensor: Tensor
  private let path: String
  private var elements: ZipEntry
  /// Kept open for the elements.
  private let archive: ZipArchive
  private var row = 0

  /// 4 MB of 32-bit numbers.
  private static let blockLength = 1 << 20

  /// Opens the file of a matrix.
  ///
  /// - Throws: `unreadableFile`, or `invalidData` naming what is no part of a tensor, or does not fit the file.
  init(_ path: String) throws(SpikingError) {
    guard try InputFile(path).read(4).elementsEqual(Array("PK".utf8) + [3, 4]) else {
      throw SpikingError(
        .invalidData, path, found: FileKind.description(ofFile: path),
        expected: "a tensor of PyTorch, torch.save(tensor, path), of version 1.6 or later")
    }
    let archive = try ZipArchive(path)
    let names = archive.names
    guard let pickle = names.firstIndex(where: { $0 == "data.pkl" || $0.hasSuffix("/data.pkl") })
    else {
      throw SpikingError(
        .invalidData, path, found: "an archive without data.pkl",
        expected: "a tensor of PyTorch, torch.save(tensor, path)")
    }
    let folder = String(names[pickle].dropLast("data.pkl".count))
    let tensor = try Self.tensor(archive, pickle)
    try Self.checkByteOrder(archive, names.firstIndex(of: "\(folder)byteorder"))
    guard let index = names.firstIndex(of: "\(folder)data/\(tensor.storage.key)") else {
      throw SpikingError(
        .invalidData, path, found: "no entry \(folder)data/\(tensor.storage.key)",
        expected: "the elements of the tensor")
    }
    let elements = try archive.entry(index, subject: "\(path): \(names[index])")
    try SpikingError.within(path, Self.check(tensor, byteCount: elements.byteCount))
    self.shape = tensor.shape
    self.tensor = tensor
    self.path = path
    self.elements = elements
    self.archive = archive
  }

  private static func tensor(
    _ archive: borrowing ZipArchive, _ index: Int
  ) throws(SpikingError) -> Tensor {
    var entry = try archive.entry(index, subject: "\(archive.path): data.pkl")
    guard entry.byteCount <= TensorPickle.maximumLength else {
      throw SpikingError(
        .invalidData, "\(archive.path): data.pkl", found: "\(entry.byteCount) bytes",
        expected: "a tensor alone, which takes at most \(TensorPickle.maximumLength)")
    }
    let bytes = try entry.read(.max)
    return try SpikingError.within(archive.path, TensorPickle.tensor(bytes))
  }

  private static func checkByteOrder(
    _ archive: borrowing ZipArchive, _ index: Int?
  ) throws(SpikingError) {
    guard let index else { return }
    let subject = "\(archive.path): byteorder"
    var entry = try archive.entry(index, subject: subject)
    let order = String(decoding: try entry.read(16), as: UTF8.self)
    guard order == "little" else {
      throw SpikingError(.invalidData, subject, found: order, expected: "little")
    }
  }

  /// Checks that the elements are a matrix within their entry.
  private static func check(_ tensor: Tensor, byteCount: Int) throws(SpikingError) {
    let (shape, strides) = (tensor.shape, tensor.strides)
    guard shape.count == 2, shape.allSatisfy({ $0 > 0 }) else {
      throw SpikingError(
        .invalidData, "shape of W[i, j]", found: NumPyHeader.text(shape), expected: "(N, N), N ≥ 1")
    }
    let stored = byteCount / tensor.elementType.byteCount
    // As many elements as are stored: rows that share theirs would make much of little.
    guard let count = ArraySize.elements(of: shape), count <= stored else {
      throw SpikingError(
        .invalidData, "shape", found: NumPyHeader.text(shape),
        expected: "at most the \(stored) elements that are stored")
    }
    var last = tensor.offset
    var fits = strides.count == 2 && tensor.offset >= 0
    for (length, stride) in zip(shape, strides) where fits {
      let (step, tooLong) = (length - 1).multipliedReportingOverflow(by: stride)
      let (sum, tooFar) = last.addingReportingOverflow(step)
      fits = stride >= 0 && !tooLong && !tooFar
      last = sum
    }
    guard fits, last < stored else {
      throw SpikingError(
        .invalidData, "strides", found: "\(NumPyHeader.text(strides)) from \(tensor.offset)",
        expected: "elements among the \(stored) that are stored")
    }
  }

  /// The next rows, and the number of the first of them; nil at the end.
  ///
  /// - Throws: `invalidData` where the archive is damaged.
  mutating func next() throws(SpikingError) -> (first: Int, rows: NumPyArray)? {
    guard row < shape[0] else { return nil }
    let isInOrder = tensor.offset == 0 && tensor.strides == [shape[1], 1]
    let length = isInOrder ? min(max(1, Self.blockLength / shape[1]), shape[0] - row) : shape[0]
    let count = length * shape[1] * tensor.elementType.byteCount
    let bytes = isInOrder ? try elements.read(count) : gathered(try elements.read(.max))
    defer { row += length }
    let rows = tensor.elementType.array(bytes, shape: [length, shape[1]], source: path)
    return (row, rows)
  }

  /// All elements in order of rows.
  private func gathered(_ storage: Data) -> Data {
    let size = tensor.elementType.byteCount
    var result = Data(count: shape[0] * shape[1] * size)
    result.withUnsafeMutableBytes { (result: UnsafeMutableRawBufferPointer) in
      storage.withUnsafeBytes { (storage: UnsafeRawBufferPointer) in
        var target = 0
        for row in 0..<shape[0] {
          for column in 0..<shape[1] {
            let source = tensor.offset + row * tensor.strides[0] + column * tensor.strides[1]
            for byte in 0..<size { result[target + byte] = storage[source * size + byte] }
            target += size
          }
        }
      }
    }
    return result
  }
}
