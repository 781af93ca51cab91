internal import ArgumentParser
internal import Spiking

/// Whether fitted networks run away, and fits that do not.
struct StabilityOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      How many trial runs of the fitted network tell how often it runs away when it is simulated; 0: none. [default: 20]
      """, transform: NumberText.whole)
  var stabilityRuns = 20
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Bound own filters such that spikes do not feed themselves at any rate below this.",
      valueName: "HZ"), transform: NumberText.real)
  var stableUpTo: Double?

  func validate() throws {
    try require(stabilityRuns, "stability-runs", in: 0...10_000)
    if let stableUpTo, !(stableUpTo > 0 && stableUpTo.isFinite) {
      throw ValidationError("--stable-up-to: found \(stableUpTo), expected a positive rate in Hz")
    }
  }

  /// The most networks that have a line of their own.
  private static let maximumLines = 3

  /// What there is to say of each network of a fit, those that ran away first.
  func lines(
    _ fit: CoupledFit, limit: MemoryLimit, execution: Execution
  ) async throws -> [String] {
    let count = fit.networkOffsets.count - 1
    var reports: [Report] = []
    for network in 0..<count {
      do {
        try requireMemory(fit, network, limit: limit)
        let model = try fit.model(network: network)
        // Its progress is that of all networks.
        let ofNetwork = Execution(threads: execution.threads) {
          execution.progress?((Double(network) + $0) / Double(count))
        }
        reports.append(
          Report(
            network: network, stability: try fit.stability(network: network),
            runs: try await runs(
              of: model, rates: fit.rates(ofNetwork: network), networks: count,
              execution: ofNetwork)))
      } catch let error as SpikingError {
        return ["stability: not known, \(error)"]
      }
    }
    if count == 1 { return reports.map { "stability: \($0.text(whereSkipped: skipped))" } }
    reports.sort { $0.order > $1.order }
    let lines = reports.prefix(Self.maximumLines).map {
      "stability of network \($0.network): \($0.text(whereSkipped: skipped))"
    }
    let rest = reports.dropFirst(Self.maximumLines)
    if rest.isEmpty { return lines }
    let runs = rest.reduce((away: 0, all: 0)) {
      ($0.away + ($1.runs?.runawayCount ?? 0), $0.all + ($1.runs?.count ?? 0))
    }
    return lines + [
      "… and \(rest.count) more networks, of which \(runs.away) of \(runs.all) trial runs ran away"
    ]
  }

  /// A model has a filter for each pair, whether or not it was fitted, which is looked at besides the fit:
  /// it may take an eighth of the limit.
  private func requireMemory(
    _ fit: CoupledFit, _ network: Int, limit: MemoryLimit
  ) throws(SpikingError) {
    let count = fit.networkOffsets[network + 1] - fit.networkOffsets[network]
    let taps = Double(count) * Double(count) * Double(max(fit.reachOfSpikes, 1))
    try MemoryLimit(bytes: limit.bytes / 8).require(
      16 * taps, "network \(network)", for: "the filters between all of \(count) neurons",
      advice: "smaller networks, or a higher --memory")
  }

  private var skipped: String? {
    stabilityRuns > 0 ? "no trial runs, for which it is too large" : nil
  }

  private func runs(
    of model: CoupledGLM, rates: [Double], networks: Int, execution: Execution
  ) async throws -> TrialRuns? {
    guard stabilityRuns > 0,
      let duration = model.affordableDuration(ofRuns: stabilityRuns * networks, rates: rates)
    else { return nil }
    return try await model.trialRuns(
      stabilityRuns, duration: duration, rates: rates, execution: execution)
  }

  private struct Report {
    let network: Int
    let stability: Stability
    let runs: TrialRuns?

    var order: (Int, Double) { (runs?.runawayCount ?? 0, stability.linearResponse) }

    func text(whereSkipped skipped: String?) -> String {
      let hint =
        (runs?.runawayCount ?? 0) > 0
        ? ": see --stable-up-to" : ""
      return ["\(stability)", runs.map { "\($0)" } ?? skipped].compactMap(\.self)
        .joined(separator: "; ") + hint
    }
  }
}
