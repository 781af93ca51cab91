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

  static func validate(
    name: String, offsets: [Int], targets: [UInt32], weights: [Float]
  ) throws(SpikingError) {
    let subject = subject(name)
    let neuronCount = offsets.count - 1
    guard neuronCount > 0 else {
      throw SpikingError(.invalidData, subject, found: "no neurons", expected: "at least one")
    }
    guard offsets[0] == 0, offsets[neuronCount] == targets.count, targets.count == weights.count
    else {
      throw SpikingError(
        .invalidData, subject,
        "\(targets.count) targets, \(weights.count) weights and offsets from \(offsets[0]) to "
          + "\(offsets[neuronCount]) do not agree")
    }
    for source in 0..<neuronCount {
      guard offsets[source] <= offsets[source + 1], offsets[source + 1] <= targets.count else {
        throw SpikingError(.invalidData, subject, "the offset of row \(source + 1) is out of order")
      }
      var previous = -1
      for index in offsets[source]..<offsets[source + 1] {
        let target = Int(targets[index])
        guard target > previous, target < neuronCount else {
          throw SpikingError(
            .invalidData, "\(subject), row \(source)", found: "target \(target)",
            expected: "targets ascending below \(neuronCount)")
        }
        guard weights[index].isFinite, weights[index] != 0 else {
          throw notFinite(subject, source: source, target: target, weights[index])
        }
        previous = target
      }
    }
  }

  private static func subject(_ name: String) -> String {
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
