internal import Foundation
internal import Spiking

/// What `spiking predict` writes: a description, arrays, and figures.
struct PredictionResults {
  let fit: CoupledFit
  let binCount: Int
  let origin: Double
  /// To what trials are aligned; nil where they are not.
  let alignment: TrialAlignment?
  /// How many parts the drive has.
  private let partCount: Int
  /// Where terms are looked at.
  var grids: [TermGrid] = []
  var neurons: [PredictedNeuron] = []

  init(_ fit: CoupledFit, _ recording: FittedData, _ alignment: TrialAlignment?) {
    self.fit = fit
    self.alignment = alignment
    binCount = recording.spikes.binCount
    origin = recording.binned.origin
    let groups = fit.neurons.first?.columns.groups.count { $0.input.isOwnPart } ?? 0
    partCount =
      groups + (fit.coupling == nil ? 0 : 1) + (recording.offsets.isEmpty ? 0 : 1)
  }

  /// What may be written, the description first.
  static let files = ["predictions.json", "predictions.npz"]

  /// The files of the figures.
  var figureFiles: [String] { OutputSet.files(ofFigures: PredictionFigures(self).names) }

  /// - Throws: `exceedsMemory` where rates and contributions of all bins would take more.
  func requireMemory(within limit: MemoryLimit) throws(SpikingError) {
    let (count, parts) = (Double(fit.neurons.count), Double(partCount))
    let window = Double((alignment?.lags.count ?? 0) * (alignment?.conditions.count ?? 0))
    // As numbers and as bytes of arrays.
    let numbers = 2 * count * (Double(binCount) * (2.5 + parts) + 3 * window)
    try limit.require(
      8 * numbers, "predictions",
      for: "rates and the parts of \(partCount) terms of \(counted(fit.neurons.count, "neuron")) "
        + "in \(counted(binCount, "bin"))", advice: "a shorter recording, or a higher limit")
  }

  /// What its reader may not expect, a line each.
  var notices: [String] {
    var notices: [String] = []
    if let alignment, alignment.missing > 0 {
      notices.append(
        "--psth \(alignment.name): \(alignment.missing) without a time or a condition left out")
    }
    if !grids.isEmpty, !hasBands {
      notices.append(
        fit.neurons.contains { $0.standardErrors != nil }
          ? "curves have no standard errors: these are not the bins of the fit"
          : "curves have no standard errors, as the fit has none (fit --standard-errors)")
    }
    return notices
  }

  private var hasBands: Bool {
    neurons.contains { $0.rates.curves.contains { $0.standardErrors != nil } }
  }

  /// Writes everything into a folder, in place of what an earlier prediction has written. Where figures cannot be drawn all
  /// else is there before the error.
  func write(to folder: String, withFigures: Bool) throws {
    let former = Self.formerFigures(in: folder)
    let set = try OutputSet(folder, description: "predictions.json")
    let arrays = PredictionArrays(self)
    let figures = withFigures ? PredictionFigures(self).figures : []
    try set.write { folder in
      try NumPyArchive.write(arrays.list, to: "\(folder)/predictions.npz")
    }
    let drawn = try set.draw(figures)
    try set.write { folder in
      try JSONFile.write(
        PredictionDescription(self, arrays, figures: drawn.files),
        to: "\(folder)/predictions.json")
    }
    try set.finish(replacing: former)
    if let failure = drawn.failure { throw failure }
  }

  /// The figures that an earlier prediction says it drew.
  private static func formerFigures(in folder: String) -> [String] {
    let url = URL(filePath: "\(folder)/predictions.json")
    guard let data = try? Data(contentsOf: url),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let names = object["figures"] as? [String]
    else { return [] }
    return names.filter { $0.wholeMatch(of: /(tuning|psth)-[A-Za-z0-9-]+\.(png|svg)/) != nil }
  }

  func report(to folder: String) {
    print("neuron  spikes  recorded Hz  predicted Hz")
    for neuron in neurons.prefix(FitTable.maximumNeurons) {
      let (recorded, predicted) = neuron.meanRates(dt: fit.dt)
      print(
        String(
          format: "%6d  %6d  %11.3f  %12.3f", neuron.neuron, neuron.spikes, recorded, predicted)
      )
    }
    if neurons.count > FitTable.maximumNeurons {
      print("… and \(neurons.count - FitTable.maximumNeurons) more neurons")
    }
    let parts = (neurons.first?.rates.parts ?? []).map(\.name)
    print(
      "rates of \(counted(neurons.count, "neuron")), parts of "
        + (parts.isEmpty ? "no terms" : parts.joined(separator: ", ")) + ", in \(folder)")
  }
}

extension PredictedNeuron {
  /// The means over the bins that were evaluated, in Hz.
  func meanRates(dt: Double) -> (recorded: Double, predicted: Double) {
    let bins = Double(rates.prediction.counts.count)
    let sum = rates.evaluated.reduce(0.0) { $0 + rates.rates[$1].reduce(0, +) }
    return (Double(spikes) / bins / dt * 1000, sum / bins)
  }
}

extension FitColumns.Group.Input {
  /// Whether it is a part of the drive for itself, as couplings are not.
  fileprivate var isOwnPart: Bool {
    if case .coupling = self { false } else { true }
  }
}
