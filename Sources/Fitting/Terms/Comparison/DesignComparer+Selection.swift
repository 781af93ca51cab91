internal import SpikingAnalysis
internal import SpikingFramework
internal import SpikingModels
internal import SpikingNonlinearities

extension DesignComparer {
  /// Chooses for each neuron the terms of a design that it needs, one after the other, as `TermSelection` says.
  ///
  /// - Parameters:
  ///   - design: all terms.
  ///   - kept: the names of those that every neuron has, such as its history; known parts of the drive are kept, too.
  ///   - level: the probability below which a term is added.
  /// - Throws: `unknownName` for a kept term that there is not; `invalidParameter` for so few folds that no probability is
  ///   below the level, or a level that is none; else as `compare`.
  /// - Complexity: that of `folds` fits for each neuron, each of its steps, and each term that is not in its model yet.
  public func select(
    from design: Design, keeping kept: [String] = [], level: Double = 0.05,
    in recording: BinnedRecording
  ) async throws -> TermSelection {
    guard level > 0, level < 1 else {
      throw SpikingError(
        .invalidParameter, "level", found: level, expected: "a probability between 0 and 1")
    }
    let least = SignedRankTest(Array(repeating: 1, count: max(folds, 0))).pValue
    guard least <= level || folds < 2 else {
      throw SpikingError(
        .invalidParameter, "folds", found: folds,
        expected: "more: with so few no gain has a probability of at most \(brief(level))")
    }
    if let unknown = kept.first(where: { design[$0] == nil }) {
      throw SpikingError(
        .unknownName, "kept terms", found: unknown.debugDescription,
        expected: "one of \(design.parts.map(\.name).joined(separator: ", "))")
    }
    let resolved = try design.resolved(in: recording)
    let inputs = try DesignInputs(resolved, in: recording)
    let whole = try FoldedProblem(
      self, [ComparedDesign(resolved)], [fitter(ComparedDesign(resolved), inputs, of: recording)],
      in: recording, notices: inputs.notices)
    let alwaysKept = resolved.parts.filter {
      kept.contains($0.name) || $0.term is Baseline || $0.term is Offset
    }.map(\.name)
    let candidates = resolved.parts.map(\.name).filter { !alwaysKept.contains($0) }
    let report = ProgressCount(
      of: whole.neurons.count * folds * (1 + candidates.count * (candidates.count + 1) / 2),
      execution.progress)
    var searches: [ForwardSearch] = []
    /// The folds of some neurons under some of the terms.
    func heldOut(_ names: Set<String>, _ indices: [Int]) async throws -> [[HeldOutFold]] {
      let own = resolved.keeping(names)
      let problem = try FoldedProblem(
        self, [own], [fitter(own, inputs.keeping(names, of: resolved), of: recording)],
        in: recording,
        bins: whole.bins)
      return try await problem.heldOut(of: indices, report)
    }
    for folds in try await heldOut(Set(alwaysKept), Array(whole.neurons.indices)) {
      searches.append(ForwardSearch(Set(alwaysKept), candidates: candidates, folds))
    }
    while true {
      // Neurons that have the same terms are tried together.
      let open = searches.indices.filter { !searches[$0].isFinished }
      if open.isEmpty { break }
      let groups = Dictionary(grouping: open) { searches[$0].names }
      for (names, indices) in groups {
        for term in candidates where !names.contains(term) {
          let found = try await heldOut(names.union([term]), indices)
          for (index, folds) in zip(indices, found) { searches[index].tried[term] = folds }
        }
      }
      for index in open { searches[index].step(level: level) }
    }
    execution.progress?(1)
    return TermSelection(
      design: resolved, kept: alwaysKept, level: level, folds: whole.folds.map(\.ranges),
      division: division, binsUsed: whole.bins.count,
      neurons: zip(whole.neurons, searches).map { $1.result(neuron: $0) }, notices: whole.notices)
  }

  private func fitter(
    _ design: ComparedDesign, _ inputs: DesignInputs, of recording: BinnedRecording
  ) throws(SpikingError) -> CoupledFitter<InverseLink, EmissionModel> {
    try fitter(design, inputs, neuronCount: recording.spikes.neuronCount)
  }
}

extension Design {
  /// The design of some of its terms.
  fileprivate func keeping(_ names: Set<String>) -> ComparedDesign {
    ComparedDesign(
      Design(parts.filter { names.contains($0.name) }),
      omitsOwnSpikes: parts.contains { $0.term is History && !names.contains($0.name) })
  }
}

/// The state of the search of one neuron.
private struct ForwardSearch {
  /// The terms of its model.
  private(set) var names: Set<String>
  private let candidates: [String]
  private(set) var isFinished: Bool
  /// What the folds are with each further term.
  var tried: [String: [HeldOutFold]] = [:]
  private var current: [HeldOutFold]
  private var steps: [SelectedTerms.Step] = []

  init(_ names: Set<String>, candidates: [String], _ folds: [HeldOutFold]) {
    self.names = names
    self.candidates = candidates
    current = folds
    isFinished = candidates.isEmpty
  }

  /// Adds the best of the terms that were tried, or ends.
  mutating func step(level: Double) {
    var best: (name: String, folds: [HeldOutFold], sum: Double)?
    for name in candidates {
      guard let folds = tried[name] else { continue }
      let sum = folds.reduce(0) { $0 + $1.logLikelihood }
      if best.map({ sum > $0.sum }) ?? true { best = (name, folds, sum) }
    }
    tried = [:]
    guard let best else {
      isFinished = true
      return
    }
    let gains = zip(best.folds, current).map { $0.logLikelihood - $1.logLikelihood }
    let pValue = SignedRankTest(gains).pValue
    // Of gains in most folds the sum may still be a loss.
    let isAdded = pValue <= level && gains.reduce(0, +) > 0
    steps.append(
      SelectedTerms.Step(term: best.name, gains: gains, pValue: pValue, isAdded: isAdded))
    if isAdded {
      names.insert(best.name)
      current = best.folds
    }
    isFinished = !isAdded || candidates.allSatisfy(names.contains)
  }

  func result(neuron: Int) -> SelectedTerms {
    SelectedTerms(
      neuron: neuron, spikeCount: current.reduce(0) { $0 + $1.spikeCount }, steps: steps,
      gains: current.map { $0.logLikelihood - $0.nullLogLikelihood })
  }
}
