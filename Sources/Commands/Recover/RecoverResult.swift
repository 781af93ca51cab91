internal import Foundation
internal import Spiking

/// What recordings of one length told of all networks.
struct RecoveryResult: Encodable {
  /// Measures of a network by their names; null where one is undefined.
  typealias Values = [String: Double?]

  /// The measures of one network.
  struct Network: Encodable {
    let name: String
    let rateHz: Double
    let warnings: Int
    let measures: Values
  }

  /// The number of bins.
  let bins: Int
  /// The length in ms.
  let duration: Double
  let networks: [Network]
  let means: Values
  /// Between networks, with n − 1; null for fewer than two.
  let standardDeviations: Values

  private enum CodingKeys: String, CodingKey {
    case bins
    case duration = "durationMs"
    case networks, means, standardDeviations
  }

  /// The measures, by the names that they have in files, and in tables where they are shown there.
  private static let measures:
    [(name: String, title: String?, value: @Sendable (RecoveryMeasures) -> Double?)] = [
      ("correlation", "correlation", { $0.correlation }),
      ("area", "AUC", { $0.area }),
      ("area_limit", "limit", { $0.areaLimit }),
      ("coverage", "coverage", { $0.coverage }),
      ("root_mean_square_error", "RMSE", { $0.rootMeanSquareError }),
      ("found_fraction", "found", { $0.foundFraction }),
      ("false_discovery_fraction", "false", { $0.falseDiscoveryFraction }),
      ("false_discoveries", nil, { $0.falseDiscoveries.map(Double.init) }),
      ("pairs", nil, { Double($0.pairCount) }),
      ("estimates", nil, { Double($0.estimateCount) }),
    ]

  init(length: Int, dt: Double, networks found: [RecoveredNetwork]) throws(SpikingError) {
    bins = length
    duration = Double(length) * dt
    var networks: [Network] = []
    for network in found {
      let measures = try RecoveryMeasures(network)
      let neuronTime = Double(network.neuronCount) * Double(network.binsUsed) * dt
      networks.append(
        Network(
          name: network.name, rateHz: Double(network.spikeCount) / neuronTime * 1000,
          warnings: network.warnings.count,
          measures: Dictionary(
            uniqueKeysWithValues: Self.measures.map { ($0.name, $0.value(measures)) })))
    }
    self.networks = networks
    var (means, deviations): (Values, Values) = ([:], [:])
    for (name, _, _) in Self.measures {
      let values = networks.compactMap { $0.measures[name] ?? nil }
      let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      means.updateValue(mean, forKey: name)
      let squares = values.reduce(0) { $0 + ($1 - (mean ?? 0)) * ($1 - (mean ?? 0)) }
      let deviation = values.count < 2 ? nil : (squares / Double(values.count - 1)).squareRoot()
      deviations.updateValue(deviation, forKey: name)
    }
    self.means = means
    standardDeviations = deviations
  }

  /// The mean of a measure over all networks.
  func mean(_ name: String) -> Double? { means[name] ?? nil }

  /// The means of all lengths, a line for each; what no length has is left out.
  static func table(_ results: [RecoveryResult]) -> [String] {
    let columns = measures.filter { measure in
      measure.title != nil && results.contains { $0.mean(measure.name) != nil }
    }
    let head = (["bins"] + columns.map { $0.title ?? "" }).map { padded($0) }
    let rows = results.map { result in
      [padded(String(result.bins))]
        + columns.map { measure in
          padded(
            result.mean(measure.name)?
              .formatted(.number.precision(.fractionLength(4)).grouping(.never)) ?? "–")
        }
    }
    return ([head] + rows).map { $0.joined(separator: " ") }
  }

  private static func padded(_ text: String) -> String {
    String(repeating: " ", count: max(0, 11 - text.count)) + text
  }
}

/// `weights.npz`.
enum RecoveryWeights {
  /// Writes the matrices of all networks, [networks, N, N], NaN beyond the neurons of smaller ones.
  static func write(_ networks: [RecoveredNetwork], to path: String) throws(SpikingError) {
    let count = networks.map(\.neuronCount).max() ?? 0
    func array(_ matrices: [[Double]]) -> NumPyArray {
      var values = [Double](repeating: .nan, count: networks.count * count * count)
      for (index, network) in networks.enumerated() {
        for (place, value) in matrices[index].enumerated() {
          let (source, target) = place.quotientAndRemainder(dividingBy: network.neuronCount)
          values[(index * count + source) * count + target] = value
        }
      }
      return NumPyArray(values, shape: [networks.count, count, count])
    }
    var arrays = [
      ("true", array(networks.map(\.trueWeights))), ("estimate", array(networks.map(\.estimates))),
    ]
    let errors = networks.compactMap(\.standardErrors)
    let pValues = networks.compactMap(\.pValues)
    if errors.count == networks.count, pValues.count == networks.count {
      arrays += [("standard_error", array(errors)), ("p_value", array(pValues))]
    }
    try NumPyArchive.write(arrays + [("version", NumPyArray(scalar: spikingVersion))], to: path)
  }
}
