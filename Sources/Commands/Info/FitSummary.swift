internal import Spiking

/// What a fit consists of.
struct FitSummary: Summary {
  let file: String
  let kind = "fit"
  let neurons: Int
  let fittedNeurons: Int
  let networks: Int
  let bins: Int
  let dtMs: Double
  let logLikelihood: Double?
  let converged: Int
  let warnings: Int
  let nonlinearity: ValuesSummary
  let emission: ValuesSummary
  let bases: [Basis]
  let terms: [Term]
  /// Not there where all couplings were fitted.
  let couplings: Int?
  let couplingsHeldAt0: Int?

  /// A term of a design, as far as there is more to say of it than a basis.
  struct Term: Encodable {
    let name: String
    /// The lengths of the axes of its weights.
    let weights: [Int]
    /// Its fields as they stand in the file of a design, and its penalty; nil where the design is not known.
    let description: String?
  }

  /// The functions that a filter is a sum of; those of a matrix have no name.
  struct Basis: Encodable {
    let filter: String
    let matrix: BasisMatrix

    private enum CodingKeys: CodingKey { case filter, basis, parameters, functions, windowBins }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(filter, forKey: .filter)
      try container.encodeIfPresent(matrix.source?.name, forKey: .basis)
      try container.encodeIfPresent(matrix.source?.parameters, forKey: .parameters)
      try container.encode(matrix.count, forKey: .functions)
      try container.encode(matrix.window, forKey: .windowBins)
    }
  }

  init(_ fit: CoupledFit, file: String) {
    self.file = file
    neurons = fit.neuronCount
    fittedNeurons = fit.neurons.count
    networks = fit.networkOffsets.count - 1
    bins = fit.binsUsed
    dtMs = fit.dt
    logLikelihood = defined(fit.logLikelihood)
    converged = fit.neurons.count { $0.certificate.hasConverged }
    warnings = fit.warnings.count
    nonlinearity = ValuesSummary(fit.nonlinearity, .nonlinearity)
    emission = ValuesSummary(fit.emission, .emission)
    bases =
      ([("history", fit.history), ("coupling", fit.coupling)]
      + zip(fit.stimulusNames, fit.stimuli).map { ($0, Optional($1)) })
      .compactMap { name, basis in basis.map { Basis(filter: name, matrix: $0) } }
    terms = fit.terms.map { term in
      Term(
        name: term.name, weights: term.axes.map(\.count),
        description: fit.design?[term.name].map { DesignFile.text(of: $0) })
    }
    couplings = fit.mask?.values.count
    couplingsHeldAt0 = fit.mask?.values.count { !$0 }
  }

  var lines: [String] {
    var lines = [
      "\(file): fit of \(fittedNeurons) of \(neurons) neurons in \(networks) networks to "
        + "\(bins) bins of \(dtMs) ms, log-likelihood \(significant(logLikelihood ?? .nan)), "
        + "\(converged) converged, \(warnings) warnings"
    ]
    for (kind, part) in [("nonlinearity", nonlinearity), ("emission", emission)] {
      lines += ["  \(kind): \(part.type)"] + part.lines(indent: "    ")
    }
    lines += bases.map { "  \($0.filter): \($0.matrix)" }
    lines += terms.map { term in
      "  \(term.name): \(term.description ?? "term"), "
        + "\(term.weights.map(String.init).joined(separator: " × ")) weights"
    }
    if let couplings, let couplingsHeldAt0 {
      lines.append("  \(couplingsHeldAt0) of \(couplings) couplings held at 0")
    }
    return lines
  }
}
