public import SpikingFramework

extension NumPyArray {
  /// The same array.
  ///
  /// - Throws: `invalidData` naming the file, where it has another shape.
  public func requiring(_ shape: [Int]) throws(SpikingError) -> NumPyArray {
    guard self.shape == shape else {
      throw error("shape", found: self.shape, expected: "\(shape)")
    }
    return self
  }
}
