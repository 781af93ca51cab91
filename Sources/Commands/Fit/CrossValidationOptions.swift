internal import ArgumentParser
internal import Spiking

/// How strong penalties should be, by the likelihood of bins that were left out.
struct CrossValidationOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Multiply the strengths of penalties by the factor that predicts best, by so many folds.",
      valueName: "K"), transform: NumberText.whole)
  var crossValidate: Int?
  @Option(
    help: ArgumentHelp(
      "The factors, descending. [default: \(usualFactors.map { brief($0) }.joined(separator: ","))]",
      valueName: "F,F,…"))
  var factors: String?
  @OptionGroup var division: FoldOptions
  @Flag(
    help:
      "Multiply the strengths of the penalties of each term by the factor under which the spikes are most likely."
  )
  var evidence = false

  /// Whether strengths are to be found.
  var isAsked: Bool { evidence || crossValidate != nil }

  private static let usualFactors = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003]

  func validate() throws {
    if evidence, crossValidate != nil {
      throw ValidationError("--evidence: found beside --cross-validate, expected one of the two")
    }
    if let crossValidate { try require(crossValidate, "cross-validate", in: 2...1000) }
    if crossValidate == nil, factors != nil || division.foldsBy != nil {
      throw ValidationError(
        "--\(factors != nil ? "factors" : "folds-by"): found without --cross-validate, expected both"
      )
    }
    _ = try numbers()
  }

  private func numbers() throws -> [Double] {
    guard let factors else { return Self.usualFactors }
    let numbers = factors.split(separator: ",").compactMap { try? NumberText.real(String($0)) }
    guard numbers.count == factors.split(separator: ",", omittingEmptySubsequences: false).count,
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 > $1 }),
      numbers.allSatisfy({ $0 >= 0 && $0.isFinite }), !numbers.isEmpty
    else {
      throw ValidationError(
        "--factors: found \(factors), expected descending numbers of at least 0, such as 1,0.1,0.01"
      )
    }
    return numbers
  }

  /// The fit under the strengths that are asked for: given ones, those that predict best, or those of the most evidence.
  func fit<InverseLink, EmissionModel>(
    _ fitter: CoupledFitter<InverseLink, EmissionModel>, _ spikes: BinnedSpikes,
    segments: [Range<Int>], hasTrials: Bool, execution: Execution
  ) async throws -> FoundFit {
    if evidence {
      return .evidence(
        try await fitter.maximizeEvidence(spikes, segments: segments, execution: execution))
    }
    guard let crossValidate else {
      return .given(try await fitter.fit(spikes, segments: segments, execution: execution))
    }
    do {
      return .validated(
        try await fitter.crossValidate(
          spikes, factors: numbers(), folds: crossValidate,
          division: division.rule(hasTrials: hasTrials), segments: segments,
          execution: execution))
    } catch let error as SpikingError where error.subject == "folds" {
      throw error.within("--cross-validate")
    }
  }
}
