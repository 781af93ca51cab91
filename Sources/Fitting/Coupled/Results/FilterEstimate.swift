public import SpikingFramework
internal import SpikingModels
internal import SpikingNonlinearities
internal import SpikingNumerics

/// A fitted filter, and how well it is known.
public struct FilterEstimate: Codable, Hashable, Sendable {
  /// A value for each lag.
  public let taps: [Double]
  /// The standard error of each of them; infinite where a weight was kept at a value, and where
  /// the information does not tell it from others.
  public let standardErrors: [Double]
}

extension CoupledFit {
  /// The filters of one neuron. A tap is a sum of weights that do not vary independently: with
  /// functions b and the covariance C of the weights, its standard error is
  ///
  ///     √(Σ_m Σ_n b_m(k) C_mn b_n(k))
  ///
  /// - Parameters:
  ///   - neuron: the neuron, fitted with standard errors.
  ///   - spikes: the recording that it was fitted to.
  ///   - stimuli: for each stimulus of the fit a value for each bin.
  ///   - offsets: what was known of the drive, for each neuron a value for each bin; empty for nothing.
  ///   - terms: the other terms of the fit in this recording.
  ///   - segments: the bins that it was fitted to; one trial by default.
  /// - Throws: `invalidParameter` where the neuron was not fitted, or without standard errors;
  ///   `invalidData` where the recording is another one.
  /// - Complexity: that of one evaluation of second derivatives.
  public func filters(
    of neuron: Int, fittedTo spikes: BinnedSpikes, stimuli: [[Double]] = [],
    offsets: [[Double]] = [], terms: [BinnedTerm] = [], segments: [Range<Int>]? = nil
  ) throws(SpikingError) -> [FitColumns.Group.Input: FilterEstimate] {
    guard let neuronFit = self[neuron], neuronFit.standardErrors != nil else {
      throw SpikingError(
        .invalidParameter, "neuron", found: "\(neuron), without standard errors",
        expected: "a neuron that was fitted with them")
    }
    func filters(
      _ nonlinearity: some Nonlinearity, _ emission: some Emission
    ) throws(SpikingError) -> [FitColumns.Group.Input: FilterEstimate] {
      try fitter(nonlinearity, emission, stimuli: stimuli, offsets: offsets, terms: terms)
        .problem(of: self, spikes, segments: segments).filters(of: neuronFit)
    }
    return try filters(nonlinearity, emission)
  }
}

extension CoupledProblem {
  /// The filters of a neuron.
  func filters(
    of fit: NeuronFit
  ) -> [FitColumns.Group.Input: FilterEstimate] {
    let inference = inference(fit)
    // What has no standard error has no row.
    let rows = inference.rows.filter { fit.standardErrors?[$0.key].isFinite ?? true }
    var estimates: [FitColumns.Group.Input: FilterEstimate] = [:]
    for group in fit.columns.groups {
      guard let basis = basis(of: group.input) else { continue }
      estimates[group.input] = FilterEstimate(
        taps: basis.filter(fit.coefficients[group.columns]),
        standardErrors: (0..<basis.window).map { lag in
          inference.standardError(
            ofSum: zip(group.columns, basis.values(at: lag)).filter { $0.1 != 0 }
              .map { (rows[$0.0], $0.1) })
        })
    }
    return estimates
  }
}

extension Inference {
  /// The standard error of Σ factor · coefficient, each coefficient by its row of the covariance; infinite
  /// where one of them has none.
  func standardError(ofSum terms: [(row: Int?, factor: Double)]) -> Double {
    guard let covariance else { return .infinity }
    var variance = 0.0
    for term in terms {
      for other in terms {
        guard let row = term.row, let column = other.row else { return .infinity }
        variance += term.factor * covariance[row, column] * other.factor
      }
    }
    return max(variance, 0).squareRoot()
  }
}

extension FilterEstimate: CustomStringConvertible {
  /// "20 taps, −1.2 to 0.41, standard errors 0.011 to 0.32".
  public var description: String {
    counted(taps.count, "tap") + (extent(taps).map { ", \($0)" } ?? "")
      + (extent(standardErrors).map { ", standard errors \($0)" } ?? "")
  }
}
