internal import CFileLibraries
internal import Foundation
internal import SpikingFramework

extension HDF5File {
  /// The numbers of a dataset, the last dimension running fastest.
  struct Numbers<Element: Sendable>: Sendable {
    let values: [Element]
    let shape: [Int]
  }

  /// The lengths of the dimensions of a dataset, of which nothing is read.
  ///
  /// - Throws: `invalidData` where there is no such dataset, and where its shape is of no array.
  func shape(of dataset: String) throws(SpikingError) -> [Int] { try describe(dataset).shape }

  /// A dataset of whole or real numbers of any type, stored in one piece or in compressed ones.
  ///
  /// - Throws: `invalidData` where there is none, or none that can be read.
  func reals(_ dataset: String) throws(SpikingError) -> Numbers<Double> {
    let description = try describe(dataset)
    guard description.kind == .integers || description.kind == .reals else {
      throw failure(dataset, found: "another type", expected: "numbers")
    }
    return try read(dataset, SPIKING_READER_REALS, description)
  }

  /// A dataset of whole numbers of any type, truth values among them; those beyond 64 bits become the nearest ones.
  ///
  /// - Throws: `invalidData` where there is none, or none that can be read.
  func integers(_ dataset: String) throws(SpikingError) -> Numbers<Int> {
    let description = try describe(dataset)
    guard description.kind == .integers || description.kind == .namedIntegers else {
      throw failure(dataset, found: "another type", expected: "whole numbers")
    }
    return try read(dataset, SPIKING_READER_INTEGERS, description)
  }

  /// The units of UTF-16 of a text of MATLAB, or the addresses that references lead to.
  ///
  /// - Throws: `invalidData` where there are none, or none that can be read.
  func codes(_ dataset: String) throws(SpikingError) -> [Int] {
    try read(dataset, SPIKING_READER_INTEGERS, describe(dataset)).values
  }

  /// A list of numbers.
  ///
  /// - Throws: `invalidData`, as `reals(_:)`, and for another number of dimensions than one.
  func realColumn(_ dataset: String) throws(SpikingError) -> [Double] {
    try requireColumn(dataset)
    return try reals(dataset).values
  }

  /// A list of whole numbers.
  ///
  /// - Throws: `invalidData`, as `integers(_:)`, and for another number of dimensions than one.
  func integerColumn(_ dataset: String) throws(SpikingError) -> [Int] {
    try requireColumn(dataset)
    return try integers(dataset).values
  }

  private func requireColumn(_ dataset: String) throws(SpikingError) {
    let shape = try shape(of: dataset)
    guard shape.count == 1 else {
      throw failure(dataset, found: "shape \(shape)", expected: "one dimension")
    }
  }

  /// What the values of a dataset are.
  ///
  /// - Throws: as `shape(of:)`.
  func valueKind(of dataset: String) throws(SpikingError) -> ValueKind {
    try describe(dataset).kind
  }

  /// The texts of a dataset of one dimension, or the one of a dataset without.
  ///
  /// - Throws: `invalidData` where there is none, or none of texts, each of at most 65 536 bytes and all of 64 MB.
  func texts(_ dataset: String) throws(SpikingError) -> [String] {
    let description = try describe(dataset)
    guard description.kind == .texts, description.shape.count <= 1 else {
      throw failure(
        dataset,
        found: description.kind == .texts ? "shape \(description.shape)" : "another type",
        expected: "a list of texts")
    }
    try checkSize(dataset, description)
    if description.shape.contains(0) { return [] }
    var rest = try ask(SPIKING_READER_TEXTS, dataset)?.bytes[...] ?? []
    var texts: [String] = []
    while rest.count >= 4 {
      let length = rest.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
      let text = rest.dropFirst(4).prefix(Int(length))
      texts.append(String(decoding: text, as: UTF8.self))
      rest = rest.dropFirst(4 + text.count)
    }
    guard texts.count == description.count else {
      throw failure(
        dataset, found: "\(texts.count) texts", expected: "\(description.count)")
    }
    return texts
  }

  /// What the file says of a dataset.
  struct Description {
    let kind: ValueKind
    let shape: [Int]
    /// The number of values where each dimension is taken to have one at least.
    let count: Int
    /// How many values of their type the bytes in the file are.
    let stored: Double
    let storedBytes: UInt64
  }

  /// - Throws: `invalidData` where there is no such dataset, and where its shape is of no array.
  func describe(_ dataset: String) throws(SpikingError) -> Description {
    guard let reply = try ask(SPIKING_READER_DATASET, dataset) else {
      throw failure(dataset, "there is no such dataset")
    }
    let lengths = reply.bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
    }
    var count = 1
    for length in lengths {
      let (product, isTooLarge) = count.multipliedReportingOverflow(
        by: Int(clamping: max(length, 1)))
      guard !isTooLarge, length <= Int.max else {
        throw failure(
          dataset, found: "shape \(lengths)", expected: "fewer numbers than can be counted")
      }
      count = product
    }
    let answer = reply.answer
    let kind: ValueKind =
      switch answer.kind {
      case Int32(SPIKING_READER_NUMBERS_INTEGER.rawValue): .integers
      case Int32(SPIKING_READER_NUMBERS_REAL.rawValue): .reals
      case Int32(SPIKING_READER_NAMED_NUMBERS.rawValue): .namedIntegers
      case Int32(SPIKING_READER_TEXT_VALUES.rawValue): .texts
      case Int32(SPIKING_READER_REFERENCES.rawValue): .references
      case Int32(SPIKING_READER_CHARACTERS.rawValue): .characters
      case Int32(SPIKING_READER_CELLS.rawValue): .cells
      case Int32(SPIKING_READER_STRUCTURE.rawValue): .structure
      case Int32(SPIKING_READER_SPARSE.rawValue): .sparse
      case Int32(SPIKING_READER_COMPLEX.rawValue): .complex
      default: .other
      }
    return Description(
      kind: kind, shape: lengths.map { Int($0) }, count: count,
      stored: Double(answer.stored) / Double(max(answer.size, 1)), storedBytes: answer.stored)
  }

  /// What was never written, and zeros that are compressed, take no room in the file, but would in
  /// memory: the values that are read follow what is there, not what is claimed.
  private func read<Element: BitwiseCopyable & Sendable>(
    _ dataset: String, _ question: spiking_reader_question, _ description: Description
  ) throws(SpikingError) -> Numbers<Element> {
    try checkSize(dataset, description)
    let isEmpty = description.shape.contains(0)
    return Numbers(
      values: try values(question, dataset, count: isEmpty ? 0 : description.count),
      shape: description.shape)
  }

  private func checkSize(
    _ dataset: String, _ description: Description
  ) throws(SpikingError) {
    let limit = max(Double(limits.values), NWBFile.Limits.expansion * description.stored)
    guard Double(description.count) <= limit else {
      throw failure(
        dataset,
        found:
          "shape \(description.shape), of which the file has \(description.storedBytes) bytes",
        expected: "at most \(Int(limit)) numbers of these, or a higher limit (--largest-dataset)")
    }
    let most = ProcessInfo.processInfo.physicalMemory / 8
    guard description.count <= most else {
      throw failure(
        dataset, found: "shape \(description.shape)",
        expected: "at most \(most) numbers, which memory can hold")
    }
  }
}
