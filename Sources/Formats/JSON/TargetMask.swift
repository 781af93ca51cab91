internal import SpikingFramework

/// The boolean array [N] or [networks, N] that marks the neurons a stimulus acts on.
struct TargetMask: Hashable, Sendable {
  let targets: StimulusTargets
  /// The file.
  private let source: String
  private let shape: [Int]

  /// - Throws: `invalidData` where the array is of another shape or not boolean.
  init(_ array: NumPyArray) throws(SpikingError) {
    source = array.source
    shape = array.shape
    guard 1...2 ~= shape.count, !shape.contains(0) else {
      throw array.error(
        "shape", found: NumPyHeader.text(shape), expected: "(N,) or (networks, N), N ≥ 1")
    }
    let marks = try array.booleans()
    switch shape.count {
    case 1: targets = .mask(marks)
    default:
      let neuronCount = shape[1]
      targets = .masks(
        (0..<shape[0]).map { Array(marks[$0 * neuronCount..<($0 + 1) * neuronCount]) })
    }
  }

  /// Says what the targets say themselves, and the file.
  ///
  /// - Throws: `invalidData` where a network has another number of neurons.
  func check(neuronCounts: [Int]) throws(SpikingError) {
    guard let index = neuronCounts.firstIndex(where: { $0 != shape.last }) else { return }
    throw SpikingError(
      .invalidData, "\(source): shape", found: NumPyHeader.text(shape),
      expected: "\(neuronCounts[index]) neurons, as network \(index) has")
  }
}
