internal import CHDF5
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
  /// - Throws: `invalidData` where there is no such dataset.
  func shape(of dataset: String) throws(SpikingError) -> [Int] {
    try withDataset(dataset) { (identifier) throws(SpikingError) in
      try shape(identifier, dataset)
    }
  }

  /// A dataset of whole or real numbers of any type, stored in one piece or in compressed ones.
  ///
  /// - Throws: `invalidData` where there is none, or none that can be read.
  func reals(_ dataset: String) throws(SpikingError) -> Numbers<Double> {
    try read(
      dataset, as: spiking_hdf5_double(), of: [H5T_INTEGER, H5T_FLOAT], expected: "numbers")
  }

  /// A dataset of whole numbers of any type; those beyond 64 bits become the nearest ones.
  ///
  /// - Throws: `invalidData` where there is none, or none that can be read.
  func integers(_ dataset: String) throws(SpikingError) -> Numbers<Int> {
    try read(
      dataset, as: spiking_hdf5_integer(), of: [H5T_INTEGER], expected: "whole numbers")
  }

  /// A list of numbers.
  ///
  /// - Throws: `invalidData`, as `reals(_:)`, and for another number of dimensions than one.
  func realColumn(_ dataset: String) throws(SpikingError) -> [Double] {
    let numbers = try reals(dataset)
    try requireColumn(numbers.shape, dataset)
    return numbers.values
  }

  /// A list of whole numbers.
  ///
  /// - Throws: `invalidData`, as `integers(_:)`, and for another number of dimensions than one.
  func integerColumn(_ dataset: String) throws(SpikingError) -> [Int] {
    let numbers = try integers(dataset)
    try requireColumn(numbers.shape, dataset)
    return numbers.values
  }

  private func requireColumn(_ shape: [Int], _ dataset: String) throws(SpikingError) {
    guard shape.count == 1 else {
      throw failure(dataset, found: "shape \(shape)", expected: "one dimension")
    }
  }

  private func read<Element: AdditiveArithmetic & BitwiseCopyable & Sendable>(
    _ dataset: String, as memoryType: @autoclosure () -> hid_t, of classes: [H5T_class_t],
    expected: String
  ) throws(SpikingError) -> Numbers<Element> {
    try withDataset(dataset) { (identifier) throws(SpikingError) in
      let type = H5Dget_type(identifier)
      defer { H5Tclose(type) }
      guard classes.contains(H5Tget_class(type)) else {
        throw failure(dataset, found: "another type", expected: expected)
      }
      let shape = try shape(identifier, dataset)
      // What was never written takes no room in the file, but would in memory.
      let limit = ProcessInfo.processInfo.physicalMemory / 8
      let count = shape.reduce(1) { $0 * Double($1) }
      guard count <= Double(limit) else {
        throw failure(
          dataset, found: "shape \(shape)",
          expected: "at most \(limit) numbers, which memory can hold")
      }
      var values = [Element](repeating: .zero, count: Int(count))
      // HDF5 refuses to read nothing. 0: all of the dataset, and all of the memory.
      let status = values.withUnsafeMutableBytes { bytes in
        bytes.isEmpty
          ? 0
          : H5Dread(
            identifier, memoryType(), 0, 0, spiking_hdf5_default(), bytes.baseAddress)
      }
      guard status >= 0 else {
        throw failure(dataset, "cannot be read: \(HDF5Library.reason)")
      }
      return Numbers(values: values, shape: shape)
    }
  }

  private func withDataset<Result: Sendable>(
    _ dataset: String, _ body: (hid_t) throws(SpikingError) -> Result
  ) throws(SpikingError) -> Result {
    try HDF5Library.call { () throws(SpikingError) in
      let identifier = H5Dopen2(handle, dataset, spiking_hdf5_default())
      guard identifier >= 0 else { throw failure(dataset, "there is no such dataset") }
      defer { H5Dclose(identifier) }
      return try body(identifier)
    }
  }

  private func shape(_ identifier: hid_t, _ dataset: String) throws(SpikingError) -> [Int] {
    let space = H5Dget_space(identifier)
    defer { H5Sclose(space) }
    // A dataset without a space holds nothing.
    if H5Sget_simple_extent_type(space) == H5S_NULL { return [0] }
    var lengths = [hsize_t](repeating: 0, count: Int(max(H5Sget_simple_extent_ndims(space), 0)))
    guard H5Sget_simple_extent_dims(space, &lengths, nil) >= 0 else {
      throw failure(dataset, "cannot be read: \(HDF5Library.reason)")
    }
    return lengths.map { Int(clamping: $0) }
  }
}
