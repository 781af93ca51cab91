internal import Spiking

/// The pictures of `spiking recover`.
struct RecoveryFigures {
  /// What was found from the longest recordings.
  let networks: [RecoveredNetwork]
  let results: [RecoveryResult]

  /// The names of all that there may be.
  static let names = ["recovery-weights", "recovery-characteristic", "recovery-lengths"]

  /// Those that these results have.
  func figures() throws(SpikingError) -> [any Figure] {
    var figures: [any Figure] = []
    // All networks together would hide each other.
    if let network = networks.first {
      let pairs = network.pairs
      figures.append(
        try WeightComparisonFigure(
          trueWeights: pairs.map { network.trueWeights[$0] },
          estimatedWeights: pairs.map { network.estimates[$0] },
          standardErrors: network.standardErrors.map { errors in
            pairs.map { errors[$0].isFinite ? errors[$0] : nil }
          } ?? [],
          name: Self.names[0], title: "Estimated and true weights of network \(network.name)"))
    }
    let name = networks.first?.standardErrors == nil ? "|estimate|" : "|estimate| / standard error"
    let characteristic = try ReceiverOperatingCharacteristic(
      evidence: networks.flatMap(\.evidence), truth: networks.flatMap(\.isConnected))
    figures.append(
      ReceiverOperatingFigure(
        [.init(name, characteristic)], name: Self.names[1],
        title: "Synapses and pairs without one"))
    if results.count > 1 {
      let measures = [
        ("correlation of weights", "correlation"), ("AUC of synapses", "area"),
        ("its limit", "area_limit"), ("95 % intervals that hold", "coverage"),
        ("synapses found", "found_fraction"),
      ]
      figures.append(
        try RecoveryFigure(
          lengths: results.map(\.duration),
          measures: measures.compactMap { title, name in
            let values = results.map { $0.mean(name) }
            return values.allSatisfy { $0 == nil } ? nil : .init(title, values)
          }, name: Self.names[2]))
    }
    return figures
  }
}
