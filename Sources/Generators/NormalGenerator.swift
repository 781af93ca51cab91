public import SpikingFramework
internal import SpikingNumerics

/// Random networks with normally distributed weights under Dale's law.
///
/// The first `excitatoryFraction` of the neurons excite, the others inhibit. Each ordered pair i ≠
/// j is connected with probability 1 − `sparsity`; the weight is N(`mean`, `std`²) under the
/// condition that it has the sign of neuron i, divided by √neurons where `glorot` is set.
///
/// For mean 0 and half the neurons excitatory this is the distribution of Spikeometric 1.0.3, which
/// draws the weights of both halves from one matrix, so that row i and row i + N/2 exclude each
/// other, and needs an even number of neurons and a sparsity of at least ½. Here rows are
/// independent.
public struct NormalGenerator: RowGenerator, Hashable {
  /// The number of neurons.
  public var neurons: Int
  /// The mean of the normal distribution, before the condition on the sign.
  public var mean: Double
  /// Its standard deviation.
  public var std: Double
  /// The fraction of pairs that are not connected.
  public var sparsity: Double
  /// Whether weights are divided by √neurons.
  public var glorot: Bool
  /// The fraction of the neurons that excite; they come first.
  public var excitatoryFraction: Double

  /// A generator; by default half the pairs are connected and half the neurons excite.
  public init(
    neurons: Int, mean: Double = 0, std: Double = 1, sparsity: Double = 0.5, glorot: Bool = false,
    excitatoryFraction: Double = 0.5
  ) {
    self.neurons = neurons
    self.mean = mean
    self.std = std
    self.sparsity = sparsity
    self.glorot = glorot
    self.excitatoryFraction = excitatoryFraction
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("mean", &mean, in: .real)
    visit("std", &std, in: .positive)
    visit("sparsity", &sparsity, in: .fraction)
    visit("glorot", &glorot)
    visit("excitatoryFraction", &excitatoryFraction, in: .fraction)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let (mean, std) = (mean, std)
    let scale = glorot ? 1 / Double(neurons).squareRoot() : 1
    let signs = DaleSigns(neurons: neurons, excitatoryFraction: excitatoryFraction)
    return try randomRows(
      neurons: neurons, probability: 1 - sparsity, random: random, threads: threads
    ) { source, stream in
      let sign = signs.sign(of: source)
      return scale * sign
        * stream.normal(mean: sign * mean, standardDeviation: std, above: 0)
    }
  }
}
