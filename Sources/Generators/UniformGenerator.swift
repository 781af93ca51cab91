public import SpikingFramework
internal import SpikingNumerics

/// Random networks with uniformly distributed weights.
///
/// Each ordered pair i ≠ j is connected with probability 1 − `sparsity`, with a weight uniform in
/// [`low`, `high`). A range symmetric about 0 obeys Dale's law: the first `excitatoryFraction` of
/// the neurons have weights in (0, `high`), the others in (`low`, 0). Any other range keeps the
/// signs as drawn.
public struct UniformGenerator: RowGenerator, Hashable {
  /// The number of neurons.
  public var neurons: Int
  /// The lower end of the weights.
  public var low: Double
  /// The upper end of the weights.
  public var high: Double
  /// The fraction of pairs that are not connected.
  public var sparsity: Double
  /// The fraction of the neurons that excite, where the range is symmetric; they come first.
  public var excitatoryFraction: Double

  /// A generator; by default with weights from −1 to 1 on half the pairs.
  public init(
    neurons: Int, low: Double = -1, high: Double = 1, sparsity: Double = 0.5,
    excitatoryFraction: Double = 0.5
  ) {
    self.neurons = neurons
    self.low = low
    self.high = high
    self.sparsity = sparsity
    self.excitatoryFraction = excitatoryFraction
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("low", &low, in: .real)
    visit("high", &high, in: .real)
    visit("sparsity", &sparsity, in: .fraction)
    visit("excitatoryFraction", &excitatoryFraction, in: .fraction)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard low < high else {
      throw SpikingError(
        .invalidParameter, "UniformGenerator.low", found: low, expected: "less than high (\(high))")
    }
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let (low, high) = (low, high)
    let isSymmetric = low == -high
    let signs = DaleSigns(neurons: neurons, excitatoryFraction: excitatoryFraction)
    return try randomRows(
      neurons: neurons, probability: 1 - sparsity, random: random, threads: threads
    ) { source, stream in
      isSymmetric ? signs.sign(of: source) * stream.flat(0, high) : stream.flat(low, high)
    }
  }
}
