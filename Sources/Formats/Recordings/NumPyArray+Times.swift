internal import SpikingFramework
internal import SpikingRecordings

extension NumPyArray {
  /// The same array, all of whose dimensions but one are 1, as MATLAB's vectors have them.
  ///
  /// - Throws: `invalidData` for another shape.
  func column() throws(SpikingError) -> NumPyArray {
    guard shape.count(where: { $0 != 1 }) <= 1 else {
      throw error("shape", found: NumPyHeader.text(shape), expected: "one dimension")
    }
    return self
  }

  /// The elements as times in ms.
  ///
  /// - Parameter unit: in what they are counted.
  /// - Throws: `invalidData` naming the first that is not finite.
  func times(in unit: TimeUnit) throws(SpikingError) -> [Double] {
    var times = try doubles()
    for index in times.indices {
      let time = times[index] * unit.milliseconds
      guard time.isFinite else {
        throw error(element: index, found: times[index], expected: "a time in \(unit)")
      }
      times[index] = time
    }
    return times
  }
}
