extension Connectivity {
  /// The most neurons that one network or recording can have. A file that claims more is taken for
  /// damaged before memory is set aside for it.
  public static let maximumNeuronCount = 100_000_000

  static func validate(
    name: String, matrix: [Float], neuronCount: Int
  ) throws(SpikingError) {
    let subject = subject(name)
    guard neuronCount > 0 else {
      throw SpikingError(.invalidData, subject, found: "no neurons", expected: "at least one")
    }
    guard matrix.count == neuronCount * neuronCount else {
      throw SpikingError(
        .invalidData, subject, found: "\(matrix.count) weights",
        expected: "\(neuronCount) × \(neuronCount)")
    }
    if let index = matrix.firstIndex(where: { !$0.isFinite }) {
      throw notFinite(
        subject, source: index / neuronCount, target: index % neuronCount, matrix[index])
    }
  }

  static func validate(name: String, rows: SparseRows) throws(SpikingError) {
    let subject = subject(name)
    guard rows.rowCount > 0 else {
      throw SpikingError(.invalidData, subject, found: "no neurons", expected: "at least one")
    }
    guard rows.offsets[rows.rowCount] == rows.weights.count else {
      throw SpikingError(.invalidData, subject, "the last row has no end")
    }
    for source in 0..<rows.rowCount {
      var previous = -1
      for index in rows.offsets[source]..<rows.offsets[source + 1] {
        let target = rows.target(index)
        guard target > previous, target < rows.rowCount else {
          throw SpikingError(
            .invalidData, "\(subject), row \(source)", found: "target \(target)",
            expected: "targets ascending below \(rows.rowCount)")
        }
        let weight = rows.weights[index]
        guard weight.isFinite, weight != 0 else {
          throw notFinite(subject, source: source, target: target, weight)
        }
        previous = target
      }
    }
  }

  static func subject(_ name: String) -> String {
    name.isEmpty ? "network" : "network \(name)"
  }

  private static func notFinite(
    _ subject: String, source: Int, target: Int, _ weight: Float
  ) -> SpikingError {
    SpikingError(
      .invalidData, "\(subject), W[\(source), \(target)]", found: weight,
      expected: "a finite weight other than zero")
  }
}
