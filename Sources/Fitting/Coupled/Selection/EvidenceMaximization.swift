internal import Foundation
public import SpikingFramework
internal import SpikingNumerics

/// The strengths of quadratic penalties under which the spikes of each neuron are most likely, weights being integrated out: one
/// factor for each term.
///
/// A penalty ½ λ wᵀ S w on a term is a normal distribution of its weights before anything is known. The likelihood of the spikes
/// under it, with the likelihood of the weights approximated by a normal distribution about their best values (Laplace), has its
/// maximum where
///
///     λ T = γ / (wᵀ S w),    γ = rank S − λ T tr((H + P T)⁻¹ S)
///
/// γ is how many weights of the term the data determine, its effective degrees of freedom. The equation is solved by
/// repetition, each time with a fit from where the last one ended. (MacKay 1992, Neural Comput 4:415; Wood and Fasiolo 2017,
/// Biometrics 73:1071.)
public struct EvidenceMaximization: Equatable, Sendable {
  /// The inputs whose strengths were found, "history", "coupling" or the name of a stimulus or term.
  public let names: [String]
  /// For each neuron that was fitted what the strengths of each input were multiplied by; infinite where its weights are better
  /// left out.
  public let factors: [[Double]]
  /// For each neuron the effective degrees of freedom of each input.
  public let degrees: [[Double]]
  /// The fit under these strengths. Its `penalty` is that of the fitter; each neuron has its `penaltyFactors`.
  public let fit: CoupledFit
}

extension CoupledFitter {
  /// Finds for each neuron the strengths of its penalties by maximising the evidence, and fits with them.
  ///
  /// ```swift
  /// fitter.penalty = Penalty(smooth: 1e-3, order: 2)
  /// let found = try await fitter.maximizeEvidence(spikes)
  /// print(found.names, found.factors[0], found.degrees[0])
  /// ```
  ///
  /// The penalties are those of the fitter, ridges and smoothness; what they cost relative to each other within a term stays as it
  /// is. Couplings have one factor together.
  ///
  /// - Parameters:
  ///   - segments, neurons, execution: as in `fit`.
  /// - Throws: `invalidParameter` where no term has a quadratic penalty, or one has a lasso; else as `fit`.
  /// - Complexity: that of some ten fits, and as many inverses of second derivatives.
  public func maximizeEvidence(
    _ spikes: BinnedSpikes, segments: [Range<Int>]? = nil, neurons: [Int]? = nil,
    execution: Execution = Execution()
  ) async throws -> EvidenceMaximization {
    let wrong =
      penaltyRule.isZero
      ? "none" : penaltyRule.isSparse ? "a lasso" : !signs.isEmpty ? "signs of synapses" : nil
    if let wrong = wrong ?? stableRate.map({ "a bound of own filters at \(brief($0)) Hz" }) {
      throw SpikingError(
        .invalidParameter, "penalty", found: wrong,
        expected: "ridges or smoothness, whose strengths are to be found, alone")
    }
    let (neurons, threads) = try Self.schedule(neurons, of: spikes, execution)
    let problem = try CoupledProblem(
      self, spikes, segments: segments, neurons: neurons, threads: threads)
    let report = ProgressCount(of: neurons.count, execution.progress)
    let found = try await concurrentMap(neurons, threads: threads) { neuron in
      defer { report.add() }
      return try EvidenceSearch(problem, neuron: neuron).maximum()
    }
    return EvidenceMaximization(
      names: found.first?.inputs.map { problem.name(of: $0) } ?? [],
      factors: found.map(\.factors), degrees: found.map(\.degrees),
      fit: problem.result(found.map(\.fit)))
  }
}

extension CoupledProblem {
  /// What an input is called in results.
  fileprivate func name(of input: FitColumns.Group.Input) -> String {
    switch input {
    case .history: "history"
    case .coupling: "coupling"
    case .stimulus(let number): stimulusNames[number]
    case .term(let name): name
    }
  }
}

/// The search of the strengths of one neuron.
private struct EvidenceSearch<InverseLink: Nonlinearity, EmissionModel: Emission> {
  /// The inputs that share a factor, with their columns.
  private struct Part {
    let input: FitColumns.Group.Input
    let columns: [Int]
    /// S, by column; without the factor.
    let squares: QuadraticPenalty
    let rank: Double
  }

  struct Result {
    let inputs: [FitColumns.Group.Input]
    let factors: [Double]
    let degrees: [Double]
    let fit: NeuronFit
  }

  private let problem: CoupledProblem<InverseLink, EmissionModel>
  private let neuron: Int
  private let parts: [Part]

  private static var maximumRounds: Int { 50 }
  /// A factor of more than this leaves nothing of the weights.
  private static var largest: Double { 1e8 }

  init(_ problem: CoupledProblem<InverseLink, EmissionModel>, neuron: Int) {
    self.problem = problem
    self.neuron = neuron
    let columns = problem.columns(of: neuron)
    var inputs: [(input: FitColumns.Group.Input, columns: [Int])] = []
    for group in columns.groups {
      let input = group.input.sharingFactor
      if inputs.last?.input == input {
        inputs[inputs.count - 1].columns += Array(group.columns)
      } else {
        inputs.append((input, Array(group.columns)))
      }
    }
    let squares = problem.penalties.quadratic(of: columns)
    parts = inputs.compactMap { input, own in
      let part = squares.selecting(own)
      guard own.contains(where: { squares.diagonal[$0] > 0 }) else { return nil }
      var matrix = SymmetricMatrix(order: own.count)
      part.add(to: &matrix, of: own)
      return Part(
        input: input, columns: own, squares: part,
        rank: Double(own.count - matrix.dependentColumns().count))
    }
  }

  func maximum() throws -> Result {
    var factors = [Double](repeating: 1, count: parts.count)
    var degrees = factors
    var fit = try problem.fit(neuron, penalties: rule(factors))
    let bins = Double(problem.bins.count)
    for _ in 0..<Self.maximumRounds {
      try Task.checkCancellation()
      if fit.spikeCount == 0 { break }
      guard let known = problem.inverse(of: fit) else { break }
      var change = 0.0
      for (index, part) in parts.enumerated() {
        let trace = part.squares.trace(known.inverse, rows: known.rows)
        degrees[index] = max(part.rank - factors[index] * bins * trace, 0)
        let cost = 2 * part.squares.value(fit.coefficients)
        let next = min(degrees[index] / max(bins * cost, 1e-300), Self.largest)
        if factors[index] < Self.largest || next < Self.largest {
          change = max(change, abs(log(max(next, 1e-12) / factors[index])))
        }
        factors[index] = max(next, 1e-12)
      }
      fit = try problem.fit(neuron, penalties: rule(factors), from: fit.coefficients)
      if change < 1e-3 { break }
    }
    return Result(
      inputs: parts.map(\.input), factors: factors.map { $0 < Self.largest ? $0 : .infinity },
      degrees: degrees, fit: fit)
  }

  private func rule(_ factors: [Double]) -> PenaltyRule {
    var rule = problem.penalties
    for (part, factor) in zip(parts, factors) { rule.scale(part.input, by: factor) }
    return rule
  }
}
