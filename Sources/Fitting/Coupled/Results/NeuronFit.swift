internal import Foundation
internal import SpikingFramework

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
  /// The evidence that the maximum was found.
  public let certificate: FitCertificate
  /// What the data could not tell.
  public let warnings: [FitWarning]
  /// What the strengths of the penalty of the whole fit were multiplied by for this neuron, by the group of its
  /// columns; nil where they are those of the fit.
  public private(set) var penaltyFactors: [Double]?

  package init(
    columns: FitColumns, coefficients: [Double], standardErrors: [Double]? = nil,
    pValues: [Double]? = nil, spikeCount: Int, logLikelihood: Double, nullLogLikelihood: Double,
    freeCount: Int, certificate: FitCertificate, warnings: [FitWarning] = [],
    penaltyFactors: [Double]? = nil
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
    self.penaltyFactors = penaltyFactors
  }

  /// The neuron.
  public var neuron: Int { columns.neuron }
  /// The drive without any input.
  public var baseline: Double { coefficients[0] }
  /// What the model knows of a spike beyond the mean rate, in bits; nil without spikes.
  public var bitsPerSpike: Double? {
    spikeCount > 0 ? (logLikelihood - nullLogLikelihood) / Double(spikeCount) / log(2) : nil
  }

  /// The probability of an input; nil where there is none.
  public func pValue(of input: FitColumns.Group.Input) -> Double? {
    guard let pValues, let group = columns.group(of: input) else { return nil }
    return pValues[group]
  }

  /// The weights of the functions of an input; none where it was not fitted.
  public func weights(of input: FitColumns.Group.Input) -> [Double] {
    columns.columns(of: input).map { Array(coefficients[$0]) } ?? []
  }

  /// The same fit as a part of a whole whose penalty is `factor` times what its own factors multiply.
  func underPenalty(scaledBy factor: Double) -> NeuronFit {
    var fit = self
    fit.penaltyFactors = penaltyFactors.map { $0.map { factor == 0 ? 1 : $0 / factor } }
    if fit.penaltyFactors?.allSatisfy({ $0 == 1 }) ?? false { fit.penaltyFactors = nil }
    return fit
  }

  /// The columns whose coefficients were kept at a value.
  var heldColumns: Set<Int> {
    Set(warnings.filter { $0.problem != .ambiguous }.flatMap(\.columns))
  }
}

extension NeuronFit: CustomStringConvertible {
  /// "neuron 3: 411 spikes, baseline −3.21, log-likelihood −1234.5, 0.123 bits/spike, 51 free coefficients,
  /// gradient 2.1e−09 after 7 steps, stopped by gradient", and a line for each of up to twenty warnings.
  public var description: String {
    let line =
      "neuron \(neuron): \(counted(spikeCount, "spike")), baseline \(brief(baseline, digits: 3)), "
      + "log-likelihood \(brief(logLikelihood, digits: 5))"
      + (bitsPerSpike.map { ", \(brief($0, digits: 3)) bits/spike" } ?? "")
      + ", \(counted(freeCount, "free coefficient")), \(certificate)"
    return ([line] + FitWarning.lines(of: warnings)).joined(separator: "\n")
  }
}

extension NeuronFit: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    columns = try fields.decode(FitColumns.self, forKey: .columns)
    coefficients = try fields.decode([Double].self, forKey: .coefficients)
    standardErrors = try fields.decodeIfPresent([Double].self, forKey: .standardErrors)
    pValues = try fields.decodeIfPresent([Double].self, forKey: .pValues)
    spikeCount = try fields.decode(Int.self, forKey: .spikeCount)
    logLikelihood = try fields.decode(Double.self, forKey: .logLikelihood)
    nullLogLikelihood = try fields.decode(Double.self, forKey: .nullLogLikelihood)
    freeCount = try fields.decode(Int.self, forKey: .freeCount)
    certificate = try fields.decode(FitCertificate.self, forKey: .certificate)
    warnings = try fields.decode([FitWarning].self, forKey: .warnings)
    penaltyFactors = try fields.decodeIfPresent([Double].self, forKey: .penaltyFactors)
    try SpikingError.require(
      coefficients.count == columns.count
        && standardErrors.map { $0.count == columns.count } ?? true
        && [pValues, penaltyFactors].allSatisfy {
          $0.map { $0.count == columns.groups.count } ?? true
        },
      "fit of neuron \(neuron)",
      found: "\(coefficients.count) coefficients",
      expected: "a coefficient and a standard error for each of \(columns.count) columns, and a "
        + "probability and a factor for each of \(columns.groups.count) filters")
  }
}
