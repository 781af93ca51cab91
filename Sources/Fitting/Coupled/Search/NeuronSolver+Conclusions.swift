internal import SpikingFramework
internal import SpikingNumerics

/// What a fit knows of its coefficients.
struct Conclusions {
  var standardErrors: [Double]?
  var pValues: [Double]?
  var warnings: [FitWarning]
}

/// A column without a finite best weight.
private struct SeparatedColumn {
  let column: Int
  /// −1 where the likelihood grows as the weight falls, 1 where it does as it rises.
  let direction: Double
  /// The finite end of its interval; infinite while it is not known.
  var bound: Double

  init(column: Int, direction: Double) {
    self.column = column
    self.direction = direction
    bound = -direction * .infinity
  }
}

extension NeuronSolver {
  /// How well coefficients are known, and which the data do not tell.
  func conclusions(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ solution: FitSolution,
    held: HeldColumns,
    active: [Int]
  ) throws -> Conclusions {
    var separated = held.separations.map {
      SeparatedColumn(column: $0.column, direction: $0.direction)
    }
    let suspects = suspects(solution, held: held, active: active)
    var inference: Inference?
    if settings.hasStandardErrors || !suspects.isEmpty {
      let all = Inference(objective, solution.coefficients, active: active, squares: squares)
      let runaways = runaways(objective, solution, all, among: suspects)
      let known = runaways.isEmpty ? all : all.keeping(runaways)
      separated += runaways.map {
        SeparatedColumn(column: $0, direction: solution.coefficients[$0] < 0 ? -1 : 1)
      }
      inference = known
      if settings.hasStandardErrors {
        addBounds(&separated, objective, solution, held: held, all: all, known: known)
      }
    }
    separated.sort { $0.column < $1.column }
    var warnings = held.columns.map { FitWarning($0, of: $1, in: columns) }
    for (problem, direction) in [(FitWarning.Problem.separatedAbove, 1.0), (.separatedBelow, -1)] {
      let own = separated.filter { $0.direction == direction }
      if own.isEmpty { continue }
      warnings.append(
        FitWarning(
          problem, of: own.map(\.column),
          bounds: settings.hasStandardErrors ? own.map(\.bound) : [], in: columns))
    }
    if !solution.certificate.hasConverged {
      warnings.append(FitWarning(.notConverged, in: columns))
    }
    var pValues: [Double]?
    if let inference, settings.hasStandardErrors, squares.isZero {
      pValues = try self.pValues(objective, solution, inference, held: held, active: active)
    }
    return Conclusions(
      standardErrors: settings.hasStandardErrors ? inference?.standardErrors : nil,
      pValues: pValues, warnings: warnings.sorted { $0.problem.order < $1.problem.order })
  }

  // MARK: Separation that only several columns together make

  /// Columns that change odds by more than e¹⁰.
  private func suspects(
    _ solution: FitSolution, held: HeldColumns, active: [Int]
  ) -> [Int] {
    if settings.isConstrained { return [] }
    let squares = squares
    return active.filter {
      squares.diagonal[$0] == 0
        && abs(solution.coefficients[$0]) * held.ranges[$0] > HeldColumns.exponent / 2
    }
  }

  /// Those suspects whose weights may as well be thrice what they are, with the others along: of some
  /// columns that together separate bins the search finds large weights, where the likelihood hardly
  /// changes, and Wald's approximation means nothing. (Hauck and Donner 1977, J Am Stat Assoc 72:851.)
  private func runaways(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ solution: FitSolution,
    _ inference: Inference,
    among suspects: [Int]
  ) -> [Int] {
    var gradient = solution.coefficients
    return suspects.filter { column in
      let weight = solution.coefficients[column]
      guard inference.standardErrors[column] > abs(weight) / 2 else { return false }
      // Where nothing is left to inform, as under a threshold, all drives grow together.
      let direction =
        inference.direction(of: column) ?? solution.coefficients.map { $0 / weight }
      let point = zip(solution.coefficients, direction).map { $0 + 2 * weight * $1 }
      return objective.logLikelihood(point, gradient: &gradient)
        > solution.logLikelihood - ProfileInterval.drop
    }
  }

  /// Finds the ends of intervals: of columns that separate bins by themselves, and of at most two a neuron
  /// that only together do.
  private func addBounds(
    _ separated: inout [SeparatedColumn],
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ solution: FitSolution,
    held: HeldColumns,
    all: Inference, known: Inference
  ) {
    let bounds = SeparationBounds(objective, held, at: solution.coefficients)
    var searched = 0
    for index in separated.indices {
      let column = separated[index].column
      if let separation = held.separations.first(where: { $0.column == column }) {
        separated[index].bound = bounds.bound(of: separation)
      } else if searched < 2, let direction = all.direction(of: column) {
        searched += 1
        separated[index].bound = bound(
          of: separated[index], along: direction, objective, solution, held: held, known)
      }
    }
  }

  /// The end of the interval of a column that others help to separate bins, between 0 and where the search
  /// left it, by profile; infinite where even a weight of 0 is as likely.
  private func bound(
    of separated: SeparatedColumn, along direction: [Double],
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ solution: FitSolution,
    held: HeldColumns,
    _ known: Inference
  ) -> Double {
    let weight = solution.coefficients[separated.column]
    let profile = ProfileLikelihood(objective, known, ranges: held.ranges)
    func isLikely(_ value: Double) -> Bool {
      let point = zip(solution.coefficients, direction).map { $0 + (value - weight) * $1 }
      let result = profile?.maximum(near: point)
      if let result, result.logLikelihood > solution.logLikelihood - ProfileInterval.drop {
        return true
      }
      if result?.isMaximum == true { return false }
      return search(objective, from: point, free: known.independent)
        > solution.logLikelihood - ProfileInterval.drop
    }
    if isLikely(0) { return separated.bound }
    var unlikely = 0.0
    var likely = separated.direction * min(abs(weight), 40 / held.ranges[separated.column])
    for _ in 0..<8 {
      let middle = (likely + unlikely) / 2
      if isLikely(middle) { likely = middle } else { unlikely = middle }
    }
    return (likely + unlikely) / 2
  }

  // MARK: Whether inputs act

  /// The likelihood-ratio test of each group, χ² with as many degrees of freedom as it has weights of which
  /// the data say something. (Wilks 1938, Ann Math Stat 9:60.)
  ///
  /// A probability of more than 0.1 is no discovery, so that there a cheaper value will do: Wald's
  /// approximation where functions of another neuron's spikes meet many spikes, from which the ratio's
  /// then differs by a fifth at most, and a lower bound where six evaluations did not reach the maximum.
  /// For few spikes Wald's test is wrong by orders of magnitude: of n coincidences where E are expected it
  /// makes ln(n/E) √n standard errors.
  private func pValues(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, _ solution: FitSolution,
    _ inference: Inference,
    held: HeldColumns, active: [Int]
  ) throws -> [Double] {
    let untold = Set(held.columns.values.flatMap(\.self) + centers.references)
    let profile = ProfileLikelihood(objective, inference, ranges: held.ranges)
    return try columns.groups.map { group in
      let told = group.columns.count { !untold.contains($0) }
      if told == 0 { return 1 }
      if hasManyCoincidences(group, held),
        let pValue = inference.waldPValue(of: group, at: solution.coefficients),
        pValue > Self.clearlyNothing
      {
        return pValue
      }
      try Task.checkCancellation()
      func pValue(_ without: Double) -> Double {
        SpecialFunctions.chiSquaredTail(
          max(2 * (solution.logLikelihood - without), 0), degrees: Double(told))
      }
      var start = solution.coefficients
      for separation in held.separations where group.columns.contains(separation.column) {
        start[0] += start[separation.column] * separation.edge
      }
      if let result = profile.map({
        $0.maximum(near: $0.restricted(start, zero: group.columns), keeping: group.columns)
      }) {
        let value = pValue(result.logLikelihood)
        if result.isMaximum || value > Self.clearlyNothing { return value }
      }
      for column in group.columns { start[column] = 0 }
      return pValue(
        search(objective, from: start, free: active.filter { !group.columns.contains($0) }))
    }
  }

  private static var clearlyNothing: Double { 0.1 }

  /// Whether every function of a coupling is expected to meet fifty spikes of the neuron by chance.
  private func hasManyCoincidences(_ group: FitColumns.Group, _ held: HeldColumns) -> Bool {
    guard case .coupling = group.input else { return false }
    let rate = Double(data.spikeCount(of: columns.neuron)) / binCount
    return group.columns.allSatisfy {
      held.ranges[$0] > 0 && rate * gram[0, $0] >= 50 * held.ranges[$0]
    }
  }

  /// ℓ at its maximum over some coefficients, by a search to 10⁻⁴ nats.
  private func search(
    _ objective: NeuronObjective<InverseLink, EmissionModel>, from start: [Double], free: [Int]
  ) -> Double {
    let penalised = PenalisedObjective(
      objective, binCount: binCount, squares: squares, active: free, coefficients: start)
    var minimizer = settings.minimizer
    minimizer.tolerance = max(minimizer.tolerance, (2e-4 / binCount).squareRoot())
    return WhitenedSearch(minimizer: minimizer).minimize(
      penalised, secondDerivatives: startingSecondDerivatives(free)
    ).logLikelihood
  }
}

extension FitWarning.Problem {
  /// The more important first.
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
