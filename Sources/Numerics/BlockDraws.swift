internal import CKernels
public import SpikingFramework

/// Vectorised draws for a block of neurons: finds the few that can have spiked.
///
/// Every neuron has one 32-bit word for each bin. A neuron whose word lies clearly above its
/// probability is silent, which settles almost all of them 64 at a time; only the others are looked
/// at one by one. The result is exact: where the 32 bits leave a spike undecided, which happens once
/// in 2³² draws, the neuron's own stream decides.
public enum BlockDraws {
  /// The most neurons drawn in one call of a kernel, and so the size of the scratch memory.
  private static let tile = 512

  /// Shows the neurons that fire with probability `probabilities[i]` each; a NaN is shown as well.
  @inlinable
  public static func bernoulli(
    _ probabilities: Span<Double>, neurons: Range<Int>, bin: Int, random: RandomSource,
    _ body: (_ index: Int, _ probability: Double) -> Void
  ) {
    candidates(probabilities, neurons, bin, random, ofCounts: false) { index, word in
      let probability = probabilities[unchecked: index]
      if decide(word, probability, neuron: neurons.lowerBound + index, bin: bin, random: random) {
        body(index, probability)
      }
    }
  }

  /// Shows the neurons whose Poisson count with mean `means[i]` is not zero; a NaN is shown as well.
  @inlinable
  public static func positivePoisson(
    _ means: Span<Double>, neurons: Range<Int>, bin: Int, random: RandomSource,
    _ body: (_ index: Int, _ mean: Double) -> Void
  ) {
    candidates(means, neurons, bin, random, ofCounts: true) { index, word in
      let mean = means[unchecked: index]
      let probability = -Elementary.expm1(-mean)
      if decide(word, probability, neuron: neurons.lowerBound + index, bin: bin, random: random) {
        body(index, mean)
      }
    }
  }

  /// Whether u < p for a uniform u whose first 32 bits are `word`.
  @usableFromInline
  static func decide(
    _ word: UInt32, _ probability: Double, neuron: Int, bin: Int, random: RandomSource
  ) -> Bool {
    let remainder = probability * 0x1p32 - Double(word)
    if remainder >= 1 || probability.isNaN { return true }
    if remainder <= 0 { return false }
    var stream = random.stream(neuron, at: bin)
    return stream.uniform() < remainder
  }

  @usableFromInline
  static func candidates(
    _ values: Span<Double>, _ neurons: Range<Int>, _ bin: Int, _ random: RandomSource,
    ofCounts: Bool, _ body: (_ index: Int, _ word: UInt32) -> Void
  ) {
    precondition(values.count == neurons.count)
    precondition(neurons.lowerBound % 64 == 0, "blocks begin at a multiple of 64 neurons")
    let key = random.philoxKey
    let time = UInt64(bitPattern: Int64(bin))
    values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * tile) { scratch in
        guard let positions = scratch.baseAddress else { return }
        let words = positions + tile
        for start in stride(from: 0, to: values.count, by: tile) {
          let count = Int64(min(tile, values.count - start))
          let draw = SpikingDraw(
            key: (key[0], key[1]),
            time: (UInt32(truncatingIfNeeded: time), UInt32(truncatingIfNeeded: time >> 32)),
            first: UInt32(neurons.lowerBound + start))
          let found =
            ofCounts
            ? spiking_candidates_poisson(count, first + start, draw, positions, words)
            : spiking_candidates_bernoulli(count, first + start, draw, positions, words)
          for candidate in 0..<Int(found) {
            body(start + Int(positions[candidate]), words[candidate])
          }
        }
      }
    }
  }
}
