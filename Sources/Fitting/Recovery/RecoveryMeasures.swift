internal import Foundation
internal import SpikingAnalysis
public import SpikingFramework

/// How well the synapses of a network were found, over all ordered pairs i ≠ j.
public struct RecoveryMeasures: Codable, Hashable, Sendable {
  /// The number of pairs.
  public let pairCount: Int
  /// How many of them have an estimate; the others count in the areas and discoveries as not found, and
  /// nowhere else.
  public let estimateCount: Int
  /// Pearson's correlation of true and estimated weights.
  public let correlation: Double?
  /// √ mean (estimate − truth)².
  public let rootMeanSquareError: Double?
  /// The fraction of the 95 % intervals, estimate ± 1.96 standard errors, that contain the truth; zero
  /// weights count as all others.
  public let coverage: Double?
  /// The area under the receiver operating characteristic of `RecoveredNetwork.evidence`: how often a pair
  /// with a synapse has more evidence than one without.
  public let area: Double?
  /// The area that estimates of these standard errors σ can reach, were they unbiased and normal, and
  /// weights half-normal of the same mean square w² as the true ones: the mean over the synapses of
  /// (2/π) atan √(1 + w²/σ²). Many weights are close to 0, and look like none.
  public let areaLimit: Double?
  /// The fraction of the synapses found at a false discovery rate of 5 %.
  public let foundFraction: Double?
  /// How many pairs without a synapse are among what was found.
  public let falseDiscoveries: Int?
  /// Their fraction of what was found; 0 where nothing was.
  public let falseDiscoveryFraction: Double?

  /// The measures; those that are undefined, for example of a network without synapses or of a fit
  /// without standard errors, are nil.
  ///
  /// - Throws: nothing that can occur for the result of a fit: `invalidData` for a p-value outside 0 … 1.
  /// - Complexity: O(N² log N).
  public init(_ network: RecoveredNetwork) throws(SpikingError) {
    let pairs = network.pairs
    let known = pairs.filter { network.estimates[$0].isFinite }
    pairCount = pairs.count
    estimateCount = known.count
    let truths = known.map { network.trueWeights[$0] }
    let estimates = known.map { network.estimates[$0] }
    correlation = pearsonCorrelation(truths, estimates)
    let squares = zip(truths, estimates).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
    rootMeanSquareError = known.isEmpty ? nil : (squares / Double(known.count)).squareRoot()
    let isConnected = network.isConnected
    area = try ReceiverOperatingCharacteristic(evidence: network.evidence, truth: isConnected).area
    guard let errors = network.standardErrors, let pValues = network.pValues else {
      coverage = nil
      areaLimit = nil
      foundFraction = nil
      falseDiscoveries = nil
      falseDiscoveryFraction = nil
      return
    }
    let deviate = WaldInterval.deviate()
    let hits = known.count { pair in
      abs(network.estimates[pair] - network.trueWeights[pair]) <= deviate * errors[pair]
    }
    coverage = known.isEmpty ? nil : Double(hits) / Double(known.count)
    let synapses = known.filter { network.trueWeights[$0] != 0 }
    let meanSquare = synapses.reduce(0) {
      $0 + network.trueWeights[$1] * network.trueWeights[$1] / Double(synapses.count)
    }
    areaLimit =
      synapses.isEmpty
      ? nil
      : synapses.reduce(0) { sum, pair in
        let strength = meanSquare.squareRoot() / errors[pair]
        return sum + Self.areaLimit(strength: strength) / Double(synapses.count)
      }
    let adjusted = try FalseDiscoveryRate.adjusted(pairs.map { pValues[$0] })
    let found = zip(adjusted, isConnected).filter { $0.0 <= 0.05 }
    let right = found.count { $0.1 }
    let synapseCount = isConnected.count { $0 }
    foundFraction = synapseCount == 0 ? nil : Double(right) / Double(synapseCount)
    falseDiscoveries = found.count - right
    falseDiscoveryFraction =
      found.isEmpty ? 0 : Double(found.count - right) / Double(found.count)
  }

  /// The area under the receiver operating characteristic of |estimate| / standard error, where weights
  /// are half-normal with a root mean square of `strength` standard errors: (2/π) atan √(1 + strength²).
  ///
  /// Estimates in units of their standard errors are normal, of variance 1 + strength² where there is a
  /// synapse and of variance 1 elsewhere; the ratio of two such numbers is Cauchy distributed.
  public static func areaLimit(strength: Double) -> Double {
    2 / Double.pi * atan((1 + strength * strength).squareRoot())
  }
}

extension RecoveryMeasures: CustomStringConvertible {
  /// "2398 of 2450 pairs estimated, correlation 0.931, RMSE 0.052, coverage 0.949, AUC 0.87 (limit 0.88), found 0.62,
  /// false 0.048", without what is undefined.
  public var description: String {
    let values: [(name: String, value: Double?, rest: String)] = [
      ("correlation", correlation, ""), ("RMSE", rootMeanSquareError, ""),
      ("coverage", coverage, ""),
      ("AUC", area, areaLimit.map { " (limit \(brief($0, digits: 3)))" } ?? ""),
      ("found", foundFraction, ""), ("false", falseDiscoveryFraction, ""),
    ]
    return "\(estimateCount) of \(counted(pairCount, "pair")) estimated"
      + values.compactMap { name, value, rest in
        value.map { ", \(name) \(brief($0, digits: 3))\(rest)" }
      }.joined()
  }
}
