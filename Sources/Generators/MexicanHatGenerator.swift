public import SpikingFramework
internal import SpikingNumerics

/// A ring of neurons with a Mexican-hat profile: excitation nearby, inhibition further away.
///
///     W_ij = e^{−d²/2σ₁²} − a e^{−d²/2σ₂²},  d = min(|i − j|, N − |i − j|),  W_ii = 0
///
/// (Das and Fiete, bioRxiv 512053.) Nothing is random: every network is the same.
public struct MexicanHatGenerator: RowGenerator, Hashable {
  /// The number of neurons on the ring.
  public var neurons: Int
  /// The strength of the inhibition relative to the excitation.
  public var a: Double
  /// σ₁, the reach of the excitation in neurons.
  public var sigma1: Double
  /// σ₂, the reach of the inhibition in neurons.
  public var sigma2: Double

  /// A ring; by default with the published profile.
  public init(neurons: Int, a: Double = 1.0015, sigma1: Double = 6.98, sigma2: Double = 7) {
    self.neurons = neurons
    self.a = a
    self.sigma1 = sigma1
    self.sigma2 = sigma2
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("a", &a, in: .real)
    visit("sigma1", &sigma1, in: .positive, unit: .neurons)
    visit("sigma2", &sigma2, in: .positive, unit: .neurons)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let neurons = neurons
    let capacity = try synapseCapacity(
      neurons: neurons, expected: Double(neurons) * Double(neurons - 1))
    let profile = (0..<neurons).map { offset in
      offset == 0 ? 0 : weight(atDistance: Double(min(offset, neurons - offset)))
    }
    return SparseRows(neuronCount: neurons, capacity: capacity, threads: threads) { sources, rows in
      for source in sources {
        for target in 0..<neurons { rows.append(target, unlessZero: profile[abs(source - target)]) }
        rows.endRow()
      }
    }
  }

  private func weight(atDistance d: Double) -> Double {
    Elementary.exponential(-d * d / (2 * sigma1 * sigma1))
      - a * Elementary.exponential(-d * d / (2 * sigma2 * sigma2))
  }
}
