internal import SpikingCatalogue
public import SpikingFiles
public import SpikingFitting
public import SpikingFramework
internal import SpikingNumerics

/// Fits of coupled models as files: the arrays of a `.npz`.
///
/// `baseline` [N], `history` [N, Bh], `coupling` [pre, post, B], `stimulus` [N, Bs] with the functions of all
/// stimuli one after the other, `history_basis` and `coupling_basis` [window, B], `stimulus_basis_0`, …, each
/// with `…_name`, `…_parameters` and `…_values` where it is not known as a matrix alone,
/// `stimulus_names`, `coupling_fitted` [pre, post] (with a coupling basis: which synapses could be there),
/// `log_likelihood`, `null_log_likelihood`,
/// `spikes`, `free`, `converged`, `iterations`, `evaluations`, `gradient_norm`, `excess`, `stop_reason` [N],
/// `terms` with the names of other terms, of each of which there are `term_NAME` [N, weights], `term_NAME_axes` [axes, 3]
/// (the length of each axis, whether it is cyclic and ordered, the last one fastest) and `term_NAME_sums_to_one`; `design`, in
/// JSON, of a fit of one; `bins_used`, `dt`, `network_offsets`, `penalty` (ridge, lasso, group lasso), `penalty_smooth` (strength, order), `nonlinearity` and `emission` by
/// name, each with the names of its parameters and their values, as in `emission_parameters` and
/// `emission_values`, `version`; with standard errors `baseline_se`, `history_se`, `coupling_se`,
/// `stimulus_se`, and without a ridge `history_p` [N], `coupling_p` [pre, post] and `stimulus_p` [N, stimuli], of
/// other terms `term_NAME_se` and `term_NAME_p` [N].
/// Where strengths were chosen for each neuron, `penalty_factors` [N, inputs] says what they were multiplied by: that of the
/// history, of all couplings, of each stimulus and term.
/// What was not fitted is 0, its standard error and its probability NaN. What the data could not tell has a
/// row for each warning and column in `warning_neuron`, `warning_problem`, `warning_column` and
/// `warning_bound`.
extension CoupledFit {
  /// Writes a `.npz` file.
  ///
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public func write(to location: some FileLocation) throws(SpikingError) {
    try NumPyArchive.write(arrays, to: location)
  }

  /// Why searches stopped, by the numbers of `stop_reason`.
  static let stopReasons: [StopReason] = [.gradient, .noProgress, .maximumIterations]

  var arrays: [(name: String, array: NumPyArray)] {
    let table = FitArrays(self)
    let neurons = table.neurons
    func column<Value: NumPyElement>(
      _ empty: Value, _ value: (NeuronFit) -> Value
    ) -> NumPyArray {
      NumPyArray(neurons.map { $0.map(value) ?? empty })
    }
    var arrays: [(name: String, array: NumPyArray)] = table.coefficients(suffix: "", missing: 0) {
      $0.coefficients
    }
    if self.neurons.contains(where: { $0.standardErrors != nil }) {
      arrays += table.coefficients(suffix: "_se", missing: .nan) { $0.standardErrors }
    }
    if self.neurons.contains(where: { $0.pValues != nil }) { arrays += table.pValues }
    if let factors = table.penaltyFactors { arrays.append(("penalty_factors", factors)) }
    arrays += table.warnings
    arrays += table.bases
    if let couplings = table.fittedCouplings { arrays.append(("coupling_fitted", couplings)) }
    arrays += [
      ("fitted", NumPyArray(neurons.map { $0 != nil })),
      ("log_likelihood", column(.nan) { $0.logLikelihood }),
      ("null_log_likelihood", column(.nan) { $0.nullLogLikelihood }),
      ("spikes", column(0) { Int64($0.spikeCount) }), ("free", column(0) { Int64($0.freeCount) }),
      ("converged", column(false) { $0.certificate.hasConverged }),
      ("iterations", column(0) { Int64($0.certificate.iterations) }),
      ("evaluations", column(0) { Int64($0.certificate.evaluations) }),
      ("gradient_norm", column(.nan) { $0.certificate.gradientNorm }),
      ("excess", column(.nan) { $0.certificate.excess }),
      (
        "stop_reason",
        column(0) { Int64(Self.stopReasons.firstIndex(of: $0.certificate.reason) ?? 1) }
      ),
      ("bins_used", NumPyArray(scalar: Int64(binsUsed))), ("dt", NumPyArray(scalar: dt)),
      ("network_offsets", NumPyArray(networkOffsets.map { Int64($0) })),
      ("stimulus_names", NumPyArray(stimulusNames)),
      ("terms", NumPyArray(terms.map(\.name))),
      (
        "penalty",
        NumPyArray([penalty.ridge, penalty.lasso, penalty.groupLasso])
      ),
      ("version", NumPyArray(scalar: spikingVersion)),
    ]
    arrays += terms.flatMap(\.arrays)
    if penalty.smooth > 0 {
      arrays.append(("penalty_smooth", NumPyArray([penalty.smooth, Double(penalty.order)])))
    }
    if let design { arrays.append(("design", NumPyArray(scalar: DesignFile(design).json))) }
    arrays += part(nonlinearity, .nonlinearity)
    return arrays + part(emission, .emission)
  }

  private func part(
    _ part: any Parameterized, _ kind: CatalogueKind
  ) -> [(name: String, array: NumPyArray)] {
    StoredPart(
      name: Catalogue.standard.name(of: part, kind),
      parameters: part.parameters.map { ($0.name, $0.value) }
    ).arrays(kind.rawValue)
  }
}
