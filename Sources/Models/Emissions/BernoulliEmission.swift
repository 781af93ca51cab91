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
    let sum = withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * means.count) { scratch in
      scratch.baseAddress.map { Self.logarithms(means, $0) } ?? 0
    }
    for index in means.indices { scores[index] = -1 / (1 - means[unchecked: index]) }
    return sum
  }

  /// Σ ln(1 − p), with memory for twice as many numbers.
  private static func logarithms(
    _ means: Span<Double>, _ scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let count = means.count
    for index in 0..<count { scratch[index] = -min(means[unchecked: index], 1) }
    var logarithms = MutableSpan(_unsafeStart: scratch + count, count: count)
    Elementary.log1ps(
      of: Span(_unsafeStart: UnsafePointer(scratch), count: count), into: &logarithms)
    return Elementary.sum(of: logarithms.span)
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
