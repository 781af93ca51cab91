/// The fit of one neuron.
public struct NeuronFit: Hashable, Sendable {
  /// What the coefficients multiply.
  public let columns: FitColumns
  /// The estimates, a value for each column.
  public let coefficients: [Double]
  /// Their standard errors, where they were asked for; infinite where the data tell nothing.
  public let standardErrors: [Double]?
  /// The probability, were the input without effect, of a likelihood ratio at least as large, by the group of
  /// its columns: χ² with as many degrees of freedom as it has weights. Where standard errors were asked for
  /// and there is no ridge, under which the test would be of another null hypothesis.
  ///
  /// Above 0.1, and where each function of a coupling meets fifty spikes by chance, it is Wald's.
  public let pValues: [Double]?
  /// How many spikes were explained.
  public let spikeCount: Int
  /// ℓ in nats, over the bins that were evaluated.
  public let logLikelihood: Double
  /// ℓ of a constant rate.
  public let nullLogLikelihood: Double
  /// How many coefficients were free.
  public let freeCount: Int
  /// Why to believe it.
  public let certificate: FitCertificate
  /// What the data could not tell.
  public let warnings: [FitWarning]

  package init(
    columns: FitColumns, coefficients: [Double], standardErrors: [Double]? = nil,
    pValues: [Double]? = nil, spikeCount: Int, logLikelihood: Double, nullLogLikelihood: Double,
    freeCount: Int, certificate: FitCertificate, warnings: [FitWarning] = []
  ) {
    self.columns = columns
    self.coefficients = coefficients
    self.standardErrors = standardErrors
    self.pValues = pValues
    self.spikeCount = spikeCount
    self.logLikelihood = logLikelihood
    self.nullLogLikelihood = nullLogLikelihood
    self.freeCount = freeCount
    self.certificate = certificate
    self.warnings = warnings
  }

  /// The neuron.
  public var neuron: Int { columns.neuron }
  /// The drive without any input.
  public var baseline: Double { coefficients[0] }

  /// The probability of an input; nil where there is none.
  public func pValue(of input: FitColumns.Group.Input) -> Double? {
    guard let pValues, let group = columns.group(of: input) else { return nil }
    return pValues[group]
  }

  /// The weights of the functions of an input; none where it was not fitted.
  public func weights(of input: FitColumns.Group.Input) -> [Double] {
    columns.columns(of: input).map { Array(coefficients[$0]) } ?? []
  }

  /// The columns whose coefficients were kept at a value.
  var heldColumns: Set<Int> {
    Set(warnings.filter { $0.problem != .ambiguous }.flatMap(\.columns))
  }
}
