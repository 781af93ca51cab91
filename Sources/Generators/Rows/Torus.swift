internal import SpikingFramework

/// A square sheet of neurons whose edges meet: neuron i stands at x = i mod side, y = ⌊i / side⌋.
struct Torus {
  /// The number of neurons along each side.
  let side: Int

  /// The torus of a number of neurons that is a square.
  init(squareOf neurons: Int) {
    side = Int(Double(neurons).squareRoot())
  }

  /// The torus of `neurons` neurons.
  ///
  /// - Throws: `invalidParameter` where their number is not a square.
  init<Generator: Parameterized>(
    neurons: Int, of type: Generator.Type
  ) throws(SpikingError) {
    self.init(squareOf: neurons)
    guard side * side == neurons else {
      throw SpikingError(
        .invalidParameter, "\(type.typeName).neurons", found: neurons,
        expected: "a square, such as \(side * side) or \((side + 1) * (side + 1))")
    }
  }

  /// Δx² + Δy² of two neurons, the shorter way round.
  func squaredDistance(_ one: Int, _ other: Int) -> Int {
    let (x, y) = (abs(one % side - other % side), abs(one / side - other / side))
    let (dx, dy) = (min(x, side - x), min(y, side - y))
    return dx * dx + dy * dy
  }
}
