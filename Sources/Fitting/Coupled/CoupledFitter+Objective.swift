public import SpikingFramework

/// What the fit of one neuron minimises, as a function of its coefficients:
///
///     −ℓ/T + ½ ridge ‖w‖² + ½ smooth ‖Δ^order w‖² + lasso ‖w‖₁ + groupLasso Σ_groups √size ‖w_group‖
///
/// with ℓ over T bins. It shows how good coefficients are that come from somewhere else, and whether those
/// of a fit are a minimum.
public struct CoupledObjective<InverseLink: Nonlinearity, EmissionModel: Emission>: Sendable {
  /// What the coefficients multiply.
  public let columns: FitColumns
  /// T, the number of bins that are evaluated.
  public let binCount: Int
  private let problem: CoupledProblem<InverseLink, EmissionModel>

  init(_ problem: CoupledProblem<InverseLink, EmissionModel>, neuron: Int) {
    self.problem = problem
    columns = problem.columns(of: neuron)
    binCount = problem.bins.count
  }

  /// The objective at a point.
  public struct Evaluation: Hashable, Sendable {
    /// The value; infinite where the spikes cannot occur.
    public let value: Double
    /// Its derivatives, one for each coefficient. A norm whose weights are 0 has none and adds nothing;
    /// where the value is infinite all are 0.
    public let gradient: [Double]
    /// ℓ in nats.
    public let logLikelihood: Double
  }

  /// The value and the derivatives at some coefficients, in the order of `columns`.
  ///
  /// - Precondition: there is a coefficient for each column.
  /// - Complexity: O(bins + spikes · window).
  public func callAsFunction(_ coefficients: [Double]) -> Evaluation {
    precondition(coefficients.count == columns.count, "a coefficient for each column")
    let (objective, centers) = problem.objective(of: columns)
    let smooth = PenalisedObjective(
      objective, binCount: Double(binCount), squares: problem.penalties.quadratic(of: columns),
      active: Array(columns.indices), coefficients: coefficients)
    var gradient = coefficients
    var value = smooth.value(at: centers.centered(coefficients), gradient: &gradient)
    guard smooth.logLikelihood.isFinite else {
      return Evaluation(
        value: .infinity, gradient: gradient.map { _ in 0 }, logLikelihood: -.infinity)
    }
    gradient = centers.uncentered(gradient: gradient)
    for group in problem.penalties.groups(of: Array(columns.indices), in: columns) {
      value += group.penalty(coefficients)
      group.addSlopes(at: coefficients, to: &gradient)
    }
    return Evaluation(value: value, gradient: gradient, logLikelihood: smooth.logLikelihood)
  }
}

extension CoupledFitter {
  /// What the fit of a neuron minimises.
  ///
  /// - Throws: as `fit`.
  public func objective(
    of neuron: Int, in spikes: BinnedSpikes, segments: [Range<Int>]? = nil
  ) throws(SpikingError) -> CoupledObjective<InverseLink, EmissionModel> {
    try Self.check(neuron: neuron, of: spikes)
    return CoupledObjective(
      try CoupledProblem(self, spikes, segments: segments, isFitted: false), neuron: neuron)
  }
}
