internal import Foundation
internal import SpikingFramework

/// How much memory a fit takes at most, its file included: known from neurons, functions, windows and bins
/// before any of it is made.
struct FitMemory {
  /// What a part of it is for, and what makes that less.
  private struct Part {
    let purpose: String
    let bytes: Double
    let advice: String
  }

  private var parts: [Part] = []

  private static let bytesOfNumber = 8.0

  /// - Parameters:
  ///   - groups: neurons that may act on each other.
  ///   - neurons: which neurons are fitted; all by default, none for predictions.
  ///   - threads: how many at the same time.
  init(
    _ fitter: CoupledFitter<some Nonlinearity, some Emission>, _ groups: [FitSpikes],
    binCount: Int, history: BasisMatrix?, coupling: BasisMatrix?, stimuli: [BasisMatrix],
    neurons: [Int]?, threads: Int?
  ) {
    let neuronCount = groups.last?.range.upperBound ?? 0
    let threads = Double(
      min(threads ?? ProcessInfo.processInfo.activeProcessorCount, neuronCount))
    let (bins, window) = (
      Double(binCount), Double(max(history?.window ?? 0, coupling?.window ?? 0, 1))
    )
    let own = Double(history?.count ?? 0)
    let others = Double(coupling?.count ?? 0)
    let driven = Double(
      stimuli.reduce(0) { $0 + $1.count } + fitter.terms.reduce(0) { $0 + $1.columns.count })
    let rows = Double(groups.map(\.rowCount).max() ?? 0)
    add("\(binCount) bins", "wider bins", bins * (1 + 6 * threads) + min(driven * bins, 0x1p26))
    add(
      "windows of \(Int(window)) bins", "shorter windows",
      threads
        * (GramMatrix.workspace(
          rows: rows, window: window, columns: 1 + rows * (own + others) + driven)
          + (driven + 3) * rows * (window + 8) + 10 * (window + 8)))
    if neurons?.isEmpty == true { return }

    func square(_ order: Double) -> Double { order * order }
    let isCoupled = coupling != nil
    let fewer = isCoupled ? "no coupling, or fewer functions" : "fewer functions"
    let shared = groups.map { square(1 + Double($0.rowCount) * (own + others) + driven) }
    add(
      "products of filters", fewer,
      shared.reduce(0, +) + 2 * (shared.max() ?? 0)
        + 5 * threads * square(1 + own + rows * others + driven))

    let all = Double(neuronCount)
    let copies = fitter.hasStandardErrors ? 3.0 : 1
    let allowed = fitter.mask.map { Double($0.values.count { $0 }) } ?? .infinity
    let fitted = Double(neurons?.count ?? neuronCount)
    let synapses =
      isCoupled
      ? min(
        groups.reduce(0) { $0 + square(Double($1.range.count)) }, allowed,
        fitted * Double(groups.map(\.range.count).max() ?? 0)) : 0
    // In a file every pair of neurons of the recording has a place.
    let filed = isCoupled ? 3 * square(all) * (others * copies + 1) : 0
    add(
      "weights of \(neuronCount) \(isCoupled ? "coupled " : "")neurons", fewer,
      synapses * (4 + copies * others) + 4 * copies * all * (1 + own + driven) + filed + 60 * all)
    if !isCoupled || (fitter.couplingPenalty ?? fitter.penalty).ridge > 0 { return }
    // Of weights that are 0 in all bins each has a line in the file, with a long name.
    let silent = groups.reduce(0.0) {
      $0 + Double($1.range.count - $1.rowCount) * Double($1.rowCount)
    }
    add(
      "warnings of silent neurons", "no coupling, or a recording without silent neurons",
      90 * others * min(silent, synapses))
  }

  private mutating func add(_ purpose: String, _ advice: String, _ numbers: Double) {
    parts.append(Part(purpose: purpose, bytes: Self.bytesOfNumber * numbers, advice: advice))
  }

  /// How many bytes.
  var bytes: Double { parts.reduce(0) { $0 + $1.bytes } }

  /// - Throws: `exceedsMemory`, which says what most of it is for and what would take less.
  func require(within limit: MemoryLimit) throws(SpikingError) {
    guard let largest = parts.max(by: { $0.bytes < $1.bytes }) else { return }
    try limit.require(
      bytes, "fit", for: "a fit, most of it for \(largest.purpose)",
      advice: "\(largest.advice), or a higher limit")
  }
}
