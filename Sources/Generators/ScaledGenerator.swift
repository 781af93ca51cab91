public import SpikingFramework
internal import SpikingNumerics

/// The networks of another generator, their weights scaled to a spectral radius.
///
///     W ← W ρ / max |λ(W)|
///
/// with the eigenvalues λ of the network itself, not of its distribution. Up to
/// `largestExactNeuronCount` neurons they are computed (LAPACK) and the radius of the result is ρ to
/// single precision; beyond that it is the estimate `Connectivity.spectralRadius()`, whose error is
/// some 2%.
///
/// The parameters of `base` keep their names.
public struct ScaledGenerator<Base: ConnectivityGenerator>: RowGenerator {
  /// What makes the networks.
  public var base: Base
  /// ρ, the spectral radius that each network gets.
  public var spectralRadius: Double

  /// The most neurons for which eigenvalues are computed: it takes seconds at this number, and eight
  /// times as long at twice as many.
  public static var largestExactNeuronCount: Int { 1500 }

  /// The networks of `base` with the spectral radius ρ.
  public init(_ base: Base, spectralRadius: Double) {
    self.base = base
    self.spectralRadius = spectralRadius
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    base.visitParameters(&visit)
    visit("spectralRadius", &spectralRadius, in: .positive)
  }

  public func validate() throws(SpikingError) {
    try base.validate()
    try validateDomains()
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let network = try base.connectivity(random: random, threads: threads)
    // In single precision: the last digits of LAPACK's numbers depend on the machine.
    let factor = Float(spectralRadius / (try Self.radius(of: network)))
    var rows = network.sparseRows
    rows.replaceWeights(with: rows.weights.map { $0 * factor })
    return rows
  }

  private static func radius(of network: Connectivity) throws(SpikingError) -> Double {
    guard network.hasCycle else {
      throw SpikingError(
        .invalidParameter, "\(typeName).spectralRadius",
        found: "a network without cycles, whose spectral radius is 0",
        expected: "a network in which activity can go round")
    }
    let count = network.neuronCount
    guard count <= largestExactNeuronCount else { return network.spectralRadius() }
    return try Eigenvalues.spectralRadius(of: network.matrix().map(Double.init), order: count)
  }
}

extension ScaledGenerator: Equatable where Base: Equatable {}
extension ScaledGenerator: Hashable where Base: Hashable {}

extension ConnectivityGenerator {
  /// The same networks, their weights scaled to a spectral radius.
  public func scaled(toSpectralRadius spectralRadius: Double) -> ScaledGenerator<Self> {
    ScaledGenerator(self, spectralRadius: spectralRadius)
  }
}

extension Connectivity {
  /// Whether any neuron reaches itself. Neurons that no other one reaches are taken away until none is
  /// left, or cycles are (Kahn 1962).
  ///
  /// - Complexity: O(neurons + synapses).
  fileprivate var hasCycle: Bool {
    var inputs = [Int](repeating: 0, count: neuronCount)
    forEachSynapse { _, target, _ in inputs[target] += 1 }
    var free = inputs.indices.filter { inputs[$0] == 0 }
    var removed = 0
    while let source = free.popLast() {
      removed += 1
      forEachSynapse(from: source) { target, _ in
        inputs[target] -= 1
        if inputs[target] == 0 { free.append(target) }
      }
    }
    return removed < neuronCount
  }
}
