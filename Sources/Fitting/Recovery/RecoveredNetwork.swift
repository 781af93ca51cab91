public import SpikingFramework
internal import SpikingNumerics

/// The synapses of a network beside what a fit found of them.
///
/// All matrices are [N, N], row by row, from the presynaptic neuron to every postsynaptic one.
public struct RecoveredNetwork: Hashable, Sendable {
  /// What the network is called.
  public let name: String
  /// N, the number of neurons.
  public let neuronCount: Int
  /// How many bins were evaluated.
  public let binsUsed: Int
  /// How many spikes all neurons had in them.
  public let spikeCount: Int
  /// The true weights, as they act: synapticScale · W.
  public let trueWeights: [Double]
  /// Their estimates. NaN on the diagonal, which is not compared, and where the data cannot tell: the
  /// neuron is silent or was never seen to fire after the other.
  public let estimates: [Double]
  /// The standard errors of the estimates, NaN where those are; nil where the fit had none.
  public let standardErrors: [Double]?
  /// The likelihood-ratio test that there is no synapse, which also tells where the neuron was never seen to
  /// fire after the other; 1 where the data cannot tell, NaN on the diagonal. Nil where the fit had no
  /// standard errors.
  public let pValues: [Double]?
  /// What the data could not tell. Of the history filters lags at which neurons never fire, such as an
  /// absolute refractory period's, are left out: no recording could tell more of them.
  public let warnings: [FitWarning]

  /// The weights of a network, those that act multiplied by `scale`, and a fit with one coupling
  /// function.
  public init(_ network: Connectivity, scale: Double, fit: CoupledFit) {
    let count = network.neuronCount
    name = network.name
    neuronCount = count
    binsUsed = fit.binsUsed
    spikeCount = fit.neurons.reduce(0) { $0 + $1.spikeCount }
    trueWeights = network.matrix().map { scale * Double($0) }
    var estimates = [Double](repeating: .nan, count: count * count)
    var standardErrors = estimates
    var pValues = estimates
    for neuron in fit.neurons {
      let isSilent = neuron.spikeCount == 0
      let held = Set(neuron.warnings.flatMap(\.columns))
      for (number, group) in neuron.columns.groups.enumerated() {
        guard case .coupling(let source) = group.input, source != neuron.neuron,
          let column = group.columns.first
        else { continue }
        let place = source * count + neuron.neuron
        let isKnown = !isSilent && !held.contains(column)
        estimates[place] = isKnown ? neuron.coefficients[column] : .nan
        standardErrors[place] = isKnown ? neuron.standardErrors?[column] ?? .nan : .nan
        pValues[place] = neuron.pValues?[number] ?? 1
      }
    }
    let hasErrors = fit.neurons.contains { $0.standardErrors != nil }
    self.estimates = estimates
    self.standardErrors = hasErrors ? standardErrors : nil
    self.pValues = hasErrors ? pValues : nil
    warnings = fit.neurons.flatMap { neuron in
      let history = neuron.columns.columns(of: .history) ?? 0..<0
      return neuron.warnings.filter {
        !($0.problem.isSeparation && $0.columns.allSatisfy(history.contains))
      }
    }
  }

  /// The places in the matrices of the ordered pairs i ≠ j.
  public var pairs: [Int] {
    trueWeights.indices.filter { $0 / neuronCount != $0 % neuronCount }
  }

  /// How clearly each pair is coupled, |estimate| / standard error, or |estimate| where there are no
  /// standard errors; where there is no estimate, the number of standard errors that would have the
  /// probability of its test, 0 where the data cannot tell. In the order of `pairs`.
  ///
  /// The standard error of a pair goes with the root of the product of both rates, so that the same
  /// estimate is strong evidence in one pair and noise in another. In units of its standard error it is
  /// distributed alike in all pairs that are not coupled.
  public var evidence: [Double] {
    pairs.map { pair in
      let value = estimates[pair].magnitude / (standardErrors?[pair] ?? 1)
      if value.isFinite { return value }
      guard let pValue = pValues?[pair], pValue < 1 else { return 0 }
      return -SpecialFunctions.normalQuantile(max(pValue, 1e-300) / 2)
    }
  }

  /// Whether there is a synapse, in the order of `pairs`.
  public var isConnected: [Bool] { pairs.map { trueWeights[$0] != 0 } }
}

extension RecoveredNetwork: CustomStringConvertible {
  /// "network 3: 50 neurons, 2398 of 2450 pairs estimated from 411870 spikes in 100000 bins".
  public var description: String {
    let pairs = pairs
    let place = name.isEmpty ? "network" : "network \(name.escaped)"
    return "\(place): \(counted(neuronCount, "neuron")), "
      + "\(pairs.count { estimates[$0].isFinite }) of \(counted(pairs.count, "pair")) estimated from "
      + "\(counted(spikeCount, "spike")) in \(counted(binsUsed, "bin"))"
  }
}

extension RecoveredNetwork: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    name = try fields.decode(String.self, forKey: .name)
    neuronCount = try fields.decode(Int.self, forKey: .neuronCount)
    binsUsed = try fields.decode(Int.self, forKey: .binsUsed)
    spikeCount = try fields.decode(Int.self, forKey: .spikeCount)
    trueWeights = try fields.decode([Double].self, forKey: .trueWeights)
    estimates = try fields.decode([Double].self, forKey: .estimates)
    standardErrors = try fields.decodeIfPresent([Double].self, forKey: .standardErrors)
    pValues = try fields.decodeIfPresent([Double].self, forKey: .pValues)
    warnings = try fields.decode([FitWarning].self, forKey: .warnings)
    let count = Double(neuronCount) * Double(neuronCount)
    try SpikingError.require(
      [trueWeights, estimates, standardErrors, pValues].allSatisfy {
        $0.map { Double($0.count) == count } ?? true
      }, "network \(name)", found: "matrices of \(trueWeights.count) and more values",
      expected: "those of \(neuronCount) × \(neuronCount) pairs")
  }
}
