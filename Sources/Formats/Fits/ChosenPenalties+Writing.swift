public import SpikingFiles
public import SpikingFitting
public import SpikingFramework

extension CrossValidation {
  /// Writes the fit under the chosen penalties as `CoupledFit.write` does, and beside it `cv_factors` [F], what strengths were
  /// multiplied by; `cv_log_likelihood` [N, F, K], the held-out likelihood in nats per bin of each neuron that was fitted, by
  /// factor and fold; `cv_chosen` [N], the factor of each neuron; and `cv_neurons` [N], which these are.
  ///
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public func write(to location: some FileLocation) throws(SpikingError) {
    let scores = neurons.flatMap { $0.logLikelihoods.flatMap(\.self) }
    let extra: [(name: String, array: NumPyArray)] = [
      ("cv_factors", NumPyArray(factors)),
      (
        "cv_log_likelihood",
        NumPyArray(scores, shape: [neurons.count, factors.count, folds.count])
      ),
      ("cv_chosen", NumPyArray(chosenFactors)),
      ("cv_neurons", NumPyArray(fit.neurons.map { Int64($0.neuron) })),
    ]
    try NumPyArchive.write(fit.arrays + extra, to: location)
  }
}

extension EvidenceMaximization {
  /// Writes the fit as `CoupledFit.write` does, and beside it `evidence_terms` [terms], the inputs whose strengths were found;
  /// `evidence_factors` and `evidence_degrees` [N, terms], what these were multiplied by and how many weights the data
  /// determine; and `evidence_neurons` [N], the neurons that were fitted.
  ///
  /// - Throws: `unwritableFile`; there is no file then, or the one that was there before.
  public func write(to location: some FileLocation) throws(SpikingError) {
    let shape = [factors.count, names.count]
    let extra: [(name: String, array: NumPyArray)] = [
      ("evidence_terms", NumPyArray(names)),
      ("evidence_factors", NumPyArray(factors.flatMap(\.self), shape: shape)),
      ("evidence_degrees", NumPyArray(degrees.flatMap(\.self), shape: shape)),
      ("evidence_neurons", NumPyArray(fit.neurons.map { Int64($0.neuron) })),
    ]
    try NumPyArchive.write(fit.arrays + extra, to: location)
  }
}
