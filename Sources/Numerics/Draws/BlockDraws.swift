internal import CKernels
public import SpikingFramework

/// Vectorised draws for a block of neurons: finds the few that can have spiked.
///
/// Every neuron has one uniform 32-bit word for each bin, and fires where the word lies below the
/// probability that it does. A word that lies above a bound of the probability settles that the
/// neuron is silent, which it does for almost all of them, 64 at a time; only for the others is the
/// probability itself asked for. The result is exact: where 32 bits leave a spike undecided, which
/// happens once in 2³² draws, the neuron's own stream decides.
public enum BlockDraws {
  /// The neurons of a block that can have spiked.
  ///
  /// - Parameters:
  ///   - neurons: the block; it begins at a multiple of 64.
  ///   - bounds: upper bounds of the probabilities to spike, to within a millionth; a NaN leaves the
  ///     neuron among those that can.
  ///   - bin: the bin.
  ///   - random: the network's randomness.
  ///   - body: is shown each neuron's position in the block, and its word, in ascending order.
  public static func candidates(
    _ neurons: Range<Int>, bounds: Span<Float>, bin: Int, random: RandomSource,
    _ body: (_ index: Int, _ word: UInt32) -> Void
  ) {
    precondition(bounds.count == neurons.count)
    precondition(neurons.lowerBound % 64 == 0, "blocks begin at a multiple of 64 neurons")
    let key = random.philoxKey
    let time = UInt64(bitPattern: Int64(bin))
    // Small enough for the stack.
    let tile = 128
    bounds.withUnsafeBufferPointer { bounds in
      guard let first = bounds.baseAddress else { return }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * tile) { scratch in
        guard let positions = scratch.baseAddress else { return }
        let words = positions + tile
        for start in stride(from: 0, to: bounds.count, by: tile) {
          let draw = SpikingDraw(
            key: (key[0], key[1]),
            time: (UInt32(truncatingIfNeeded: time), UInt32(truncatingIfNeeded: time >> 32)),
            first: UInt32(neurons.lowerBound + start))
          let found = spiking_candidates(
            Int64(min(tile, bounds.count - start)), first + start, draw, positions, words)
          for candidate in 0..<Int(found) {
            body(start + Int(positions[candidate]), words[candidate])
          }
        }
      }
    }
  }

  /// Whether a neuron whose word is `word` fires with the given probability: u < p for a uniform u
  /// whose first 32 bits are the word. True also for a NaN.
  public static func fires(
    _ word: UInt32, probability: Double, neuron: Int, bin: Int, random: RandomSource
  ) -> Bool {
    let remainder = probability * 0x1p32 - Double(word)
    if remainder >= 1 || probability.isNaN { return true }
    if remainder <= 0 { return false }
    var stream = random.stream(neuron, at: bin)
    return stream.uniform() < remainder
  }
}
