public import SpikingFramework

/// The graphs of another generator with weights of a distribution, under Dale's law.
///
///     W_ij = s_i w,  s_i = 1 for the first excitatoryFraction of the neurons, −g for the others
///
/// for each synapse i → j of the graph, with w drawn from the distribution; g is `inhibitoryScale`.
/// The weights that the graph had are replaced; delays stay. For one seed the graph is the same as that of `base`.
///
/// The parameters of `base` keep their names; those of the weights are "weights.excitatoryFraction",
/// "weights.inhibitoryScale" and, for log-normal ones, "weights.mu" and "weights.sigma".
public struct WeightedGenerator<Base: ConnectivityGenerator, Weights: WeightDistribution>:
  RowGenerator
{
  /// What makes the graph.
  public var base: Base
  /// How strengths are distributed.
  public var weights: Weights
  /// The fraction of the neurons that excite; they come first.
  public var excitatoryFraction: Double
  /// g, how much stronger synapses of inhibitory neurons are.
  public var inhibitoryScale: Double

  /// Weights for the graphs of `base`; by default four fifths of the neurons excite.
  public init(
    _ base: Base, weights: Weights, excitatoryFraction: Double = 0.8, inhibitoryScale: Double = 1
  ) {
    self.base = base
    self.weights = weights
    self.excitatoryFraction = excitatoryFraction
    self.inhibitoryScale = inhibitoryScale
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    base.visitParameters(&visit)
    var part = WeightParameters(
      weights: weights, excitatoryFraction: excitatoryFraction, inhibitoryScale: inhibitoryScale)
    visit("weights", &part)
    (weights, excitatoryFraction) = (part.weights, part.excitatoryFraction)
    inhibitoryScale = part.inhibitoryScale
  }

  public func validate() throws(SpikingError) {
    try base.validate()
    try weights.validate()
    try validateDomains()
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    var rows = try base.connectivity(random: random, threads: threads).sparseRows
    let signs = DaleSigns(neurons: rows.rowCount, excitatoryFraction: excitatoryFraction)
    let (weights, inhibitoryScale, random) = (weights, inhibitoryScale, random["weights"])
    rows.replaceWeights(
      with: rows.mapRows(threads: threads) { source, synapses, values in
        var stream = random.stream(source)
        let factor = signs.sign(of: source) > 0 ? 1 : -inhibitoryScale
        for index in 0..<synapses.count {
          // However weak, a synapse of the graph stays one.
          let strength = max(weights.weight(using: &stream), Double(Float.leastNormalMagnitude))
          values[index] = Float(factor * strength)
        }
      })
    return rows
  }
}

/// The part "weights" of the parameters.
private struct WeightParameters<Weights: WeightDistribution>: Parameterized {
  var weights: Weights
  var excitatoryFraction: Double
  var inhibitoryScale: Double

  mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    weights.visitParameters(&visit)
    visit("excitatoryFraction", &excitatoryFraction, in: .fraction)
    visit("inhibitoryScale", &inhibitoryScale, in: .positive)
  }
}

extension WeightedGenerator: Equatable where Base: Equatable, Weights: Equatable {}
extension WeightedGenerator: Hashable where Base: Hashable, Weights: Hashable {}

extension ConnectivityGenerator {
  /// The same graphs with weights of a distribution: the first `excitatoryFraction` of the neurons
  /// excite, the others inhibit, `inhibitoryScale` times as strongly.
  public func weighted<Weights: WeightDistribution>(
    _ weights: Weights, excitatoryFraction: Double = 0.8, inhibitoryScale: Double = 1
  ) -> WeightedGenerator<Self, Weights> {
    WeightedGenerator(
      self, weights: weights, excitatoryFraction: excitatoryFraction,
      inhibitoryScale: inhibitoryScale)
  }
}
