public import SpikingFramework
internal import SpikingNumerics

/// At most one spike a bin: P(1) = p, where p is the mean. A mean above 1 counts as 1.
///
/// ℓ = x ln p + (1 − x) ln(1 − p).
public struct BernoulliEmission: Emission, Hashable {
  /// The emission; it has no parameters.
  public init() {}

  public func sample(mean: Double, using random: inout RandomStream) -> Int {
    random.bernoulli(mean) ? 1 : 0
  }

  public func expectedCount(mean: Double) -> Double { min(mean, 1) }

  public func variance(mean: Double) -> Double {
    let p = min(mean, 1)
    return p * (1 - p)
  }

  public func logLikelihood(of count: Int, mean: Double) -> Double {
    switch count {
    case 0: Elementary.log1p(-min(mean, 1))
    case 1: Elementary.logarithm(min(mean, 1))
    default: -.infinity
    }
  }

  public func score(of count: Int, mean: Double) -> Double {
    count == 0 ? -1 / (1 - mean) : 1 / mean
  }

  public func scoreSilence(means: Span<Double>, scores: inout MutableSpan<Double>) -> Double {
    for index in means.indices { scores[index] = -min(means[unchecked: index], 1) }
    let sum = Self.logarithms(of: scores)
    for index in means.indices {
      scores[unchecked: index] = -1 / (1 - means[unchecked: index])
    }
    return sum
  }

  /// Σ ln(1 + x).
  private static func logarithms(of values: borrowing MutableSpan<Double>) -> Double {
    // Small enough for the stack.
    let tile = 128
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: tile) { scratch in
      guard let scratch = scratch.baseAddress else { return 0 }
      var sum = 0.0
      for start in stride(from: 0, to: values.count, by: tile) {
        let count = min(tile, values.count - start)
        var logarithms = MutableSpan(_unsafeStart: scratch, count: count)
        Elementary.log1ps(
          of: values.span.extracting(start..<start + count), into: &logarithms)
        for index in 0..<count { sum += scratch[index] }
      }
      return sum
    }
  }

  public func sample(
    _ neurons: Range<Int>, bounds: Span<Float>, mean: (_ index: Int) -> Double, bin: Int,
    random: RandomSource, into spikes: inout BinSpikes
  ) {
    BlockDraws.candidates(neurons, bounds: bounds, bin: bin, random: random) { index, word in
      let neuron = neurons.lowerBound + index
      let mean = mean(index)
      if mean.isNaN {
        spikes.fail(neuron: neuron, mean: mean)
      } else if BlockDraws.fires(word, probability: mean, neuron: neuron, bin: bin, random: random)
      {
        spikes.append(neuron: neuron, count: 1)
      }
    }
  }
}
