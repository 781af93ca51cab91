internal import Foundation
internal import Spiking

/// What `spiking check` writes: a row for each neuron, rescaled intervals, and a figure.
struct CheckResults {
  private let rows: [Row]
  private let rescaled: [RescaledIntervals]
  private let bootstrap: RescalingBootstrap?
  private let seed: UInt64

  init(_ neurons: [CheckedNeuron], references: CheckReferences?, seed: UInt64) {
    rescaled = neurons.enumerated().map { index, neuron in
      references.map { neuron.rescaled.compared(with: $0.statistics[index]) } ?? neuron.rescaled
    }
    rows = zip(neurons, rescaled).map { Row($0, $1) }
    bootstrap = references?.bootstrap
    self.seed = seed
  }

  /// One neuron.
  private struct Row: Encodable {
    let neuron: Int
    let spikes: Int
    let bins: Int
    let logLikelihood: Double?
    let nullLogLikelihood: Double?
    let bitsPerSpike: Double?
    let pseudoR2Mcfadden: Double?
    let pseudoR2Cohen: Double?
    let deviance: Double?
    let intervals: Int
    let ksDistance: Double?
    let ksBand95: Double?
    let ksPValue: Double?
    /// How many of the autocorrelations at lags 1 to 20 leave their 95 % band: 1 is expected.
    let correlatedLags: Int

    init(_ checked: CheckedNeuron, _ rescaled: RescaledIntervals) {
      let goodness = checked.goodness
      neuron = rescaled.neuron
      spikes = checked.spikes
      bins = checked.bins
      logLikelihood = defined(checked.logLikelihood)
      nullLogLikelihood = defined(checked.nullLogLikelihood)
      bitsPerSpike = defined(goodness.bitsPerSpike)
      pseudoR2Mcfadden = defined(goodness.mcFaddenPseudoRSquared)
      pseudoR2Cohen = defined(goodness.cohenPseudoRSquared)
      deviance = defined(goodness.deviance)
      intervals = rescaled.count
      ksDistance = defined(rescaled.distance)
      ksBand95 = defined(rescaled.band95)
      ksPValue = defined(rescaled.pValue)
      let band = rescaled.autocorrelationBand ?? .infinity
      correlatedLags = rescaled.autocorrelation.count { abs($0) > band }
    }

    enum Key: String, CodingKey {
      case neuron, spikes, bins, logLikelihood, nullLogLikelihood, bitsPerSpike
      case pseudoR2Mcfadden = "pseudo_r2_mcfadden"
      case pseudoR2Cohen = "pseudo_r2_cohen"
      case deviance, intervals, ksDistance
      case ksBand95 = "ks_band_95"
      case ksPValue, correlatedLags
    }

    func encode(to encoder: any Encoder) throws {
      // What is undefined is null, not missing.
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(neuron, forKey: .neuron)
      try container.encode(spikes, forKey: .spikes)
      try container.encode(bins, forKey: .bins)
      try container.encode(logLikelihood, forKey: .logLikelihood)
      try container.encode(nullLogLikelihood, forKey: .nullLogLikelihood)
      try container.encode(bitsPerSpike, forKey: .bitsPerSpike)
      try container.encode(pseudoR2Mcfadden, forKey: .pseudoR2Mcfadden)
      try container.encode(pseudoR2Cohen, forKey: .pseudoR2Cohen)
      try container.encode(deviance, forKey: .deviance)
      try container.encode(intervals, forKey: .intervals)
      try container.encode(ksDistance, forKey: .ksDistance)
      try container.encode(ksBand95, forKey: .ksBand95)
      try container.encode(ksPValue, forKey: .ksPValue)
      try container.encode(correlatedLags, forKey: .correlatedLags)
    }
  }

  private struct Document: Encodable {
    let neurons: [Row]
    /// How many simulated fits the bands and p-values of time rescaling come from; 0 where they are those of
    /// known coefficients.
    let bootstrapSamples: Int
    let seed: UInt64
    let version = spikingVersion
  }

  /// What may be written, the description first.
  static let files = ["check.json", "check.npz"] + OutputSet.files(ofFigures: ["time-rescaling"])

  /// Writes everything into a folder, in place of what an earlier check has written. Where the figure cannot
  /// be drawn all else is there before the error.
  func write(to folder: String, withFigures: Bool) throws {
    let set = try OutputSet(folder, description: "check.json")
    try set.write { folder in
      try NumPyArchive.write(
        [
          "neuron": NumPyArray(
            rescaled.flatMap { Array(repeating: UInt32($0.neuron), count: $0.count) }),
          "interval": NumPyArray(rescaled.flatMap(\.intervals)),
          "version": NumPyArray(scalar: spikingVersion),
        ], to: "\(folder)/check.npz")
      try JSONFile.write(
        Document(neurons: rows, bootstrapSamples: bootstrap?.samples ?? 0, seed: seed),
        to: "\(folder)/check.json")
    }
    let figure = TimeRescalingFigure(rescaled)
    let drawn = try set.draw(withFigures ? [figure] : [])
    try set.finish(replacing: OutputSet.files(ofFigures: [figure.name]))
    if let failure = drawn.failure { throw failure }
  }

  func report(to folder: String) {
    print("neuron  spikes  bits/spike  pseudo-R²  KS distance  95 % band")
    func cell(_ value: Double?, _ width: Int) -> String {
      let text = value.map { fixed($0, 3) } ?? "-"
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    for row in rows.prefix(FitTable.maximumNeurons) {
      let start = String(format: "%6d  %6d", row.neuron, row.spikes)
      print(
        "\(start)  \(cell(row.bitsPerSpike, 10))  \(cell(row.pseudoR2Mcfadden, 9))  "
          + "\(cell(row.ksDistance, 11))  \(cell(row.ksBand95, 9))")
    }
    if rows.count > FitTable.maximumNeurons {
      print("… and \(rows.count - FitTable.maximumNeurons) more neurons")
    }
    let better = rows.count { ($0.bitsPerSpike ?? 0) > 0 }
    let within = rows.count { ($0.ksDistance ?? 1) <= ($0.ksBand95 ?? 0) }
    print(
      "\(better) of \(rows.count) neurons better than a constant rate, \(within) within the band of time "
        + "rescaling, seed \(seed), in \(folder)")
  }
}
