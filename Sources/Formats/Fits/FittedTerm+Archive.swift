internal import SpikingFitting
internal import SpikingFramework

extension FittedTerm {
  /// The terms of a fit that `arrays` wrote, in the order of their columns.
  ///
  /// - Parameter design: what they are part of, which knows their penalties.
  /// - Throws: `invalidData` naming file and array.
  static func list(
    in archive: borrowing NumPyArchive, _ design: Design?
  ) throws(SpikingError) -> [FittedTerm] {
    guard archive.names.contains("terms") else { return [] }
    let names = try archive.array("terms").strings()
    guard Set(names).count == names.count else {
      throw try archive.array("terms").error(
        "data", found: "a name twice", expected: "one of each name")
    }
    var terms: [FittedTerm] = []
    for name in names {
      let array = try archive.array("term_\(name)_axes")
      guard array.shape.count == 2, array.shape[1] == 3, 1...maximumAxes ~= array.shape[0] else {
        throw array.error(
          "shape", found: array.shape, expected: "[axes, 3], 1 to \(maximumAxes) axes")
      }
      let values = try array.integers()
      let axes = stride(from: 0, to: values.count, by: 3).map {
        TermAxis(count: values[$0], isCyclic: values[$0 + 1] != 0, isOrdered: values[$0 + 2] != 0)
      }
      // What is not there has no weights to be read: their number is compared with those of the file.
      guard axes.allSatisfy({ 1...maximumCount ~= $0.count }),
        axes.reduce(1.0, { $0 * Double($1.count) }) <= Double(maximumCount)
      else {
        throw array.error(
          "data", found: "lengths \(axes.map(\.count))",
          expected: "at least 1, and at most \(maximumCount) weights")
      }
      terms.append(
        FittedTerm(
          name: name, axes: axes,
          sumsToOne: try archive.array("term_\(name)_sums_to_one").booleans().first ?? false,
          penalty: design?[name]?.penalty))
    }
    return terms
  }

  private static let maximumAxes = 8
  private static let maximumCount = 1 << 24

  /// The arrays that say how the weights are arranged.
  var arrays: [(name: String, array: NumPyArray)] {
    let numbers = axes.flatMap { axis -> [Int64] in
      [Int64(axis.count), axis.isCyclic ? 1 : 0, axis.isOrdered ? 1 : 0]
    }
    return [
      ("term_\(name)_axes", NumPyArray(numbers, shape: [axes.count, 3])),
      ("term_\(name)_sums_to_one", NumPyArray(scalar: sumsToOne)),
    ]
  }
}
