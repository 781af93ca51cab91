internal import Spiking

extension InfoCommand {
  /// What a fit consists of.
  func describe(_ fit: CoupledFit, _ path: String) {
    let converged = fit.neurons.count { $0.certificate.hasConverged }
    print(
      "\(path): fit of \(fit.neurons.count) of \(fit.neuronCount) neurons in "
        + "\(fit.networkOffsets.count - 1) networks to \(fit.binsUsed) bins of \(fit.dt) ms, "
        + "log-likelihood \(brief(fit.logLikelihood)), \(converged) converged, "
        + "\(fit.warnings.count) warnings")
    for (kind, part) in [
      (CatalogueKind.nonlinearity, fit.nonlinearity as any Parameterized),
      (.emission, fit.emission),
    ] {
      print("  \(kind.rawValue): \(Catalogue.current.name(of: part, kind))")
      describeValues(part, indent: "    ")
    }
    let bases =
      [("history", fit.history), ("coupling", fit.coupling)]
      + zip(fit.stimulusNames, fit.stimuli).map { ($0, Optional($1)) }
    for (name, basis) in bases {
      guard let basis else { continue }
      print("  \(name): \(basis.count) functions over \(basis.window) bins")
    }
    if let mask = fit.mask {
      print("  \(mask.values.count { !$0 }) of \(mask.values.count) couplings held at 0")
    }
  }
}
