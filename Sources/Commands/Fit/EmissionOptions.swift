internal import ArgumentParser
internal import Spiking

/// How spikes follow from drives in a fit: registered types, and their parameters.
struct EmissionOptions: ParsableArguments {
  @Option(
    name: [.customLong("observation"), .customLong("emission")],
    help: ArgumentHelp(
      "The distribution of counts: \(Catalogue.current.list(.emission)). [default: poisson]",
      valueName: "NAME"),
    completion: .names { $0.names(.emission) })
  var emission: String?
  @Option(
    help: ArgumentHelp(
      """
      What turns drives into rates: \(Catalogue.current.list(.nonlinearity)). \
      [default: exponential; sigmoid for bernoulli]
      """, valueName: "NAME"), completion: .names { $0.names(.nonlinearity) })
  var nonlinearity: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The shape of negative binomial counts, whose variance is μ + μ²/shape; fit: the most likely one of all neurons together.",
      valueName: "K|fit"), transform: Shape.init)
  var shape: Shape?
  @OptionGroup var parameters: ParameterOptions

  /// A shape that is given, or to be found.
  enum Shape {
    case given(Double)
    case fitted

    init(_ text: String) throws {
      if text == "fit" {
        self = .fitted
      } else if let number = try? NumberText.real(text) {
        self = .given(number)
      } else {
        throw ValidationError("expected a number, or fit")
      }
    }

    /// As the option has it.
    var text: String {
      switch self {
      case .given(let shape): "\(shape)"
      case .fitted: "fit"
      }
    }

    /// Where a search of it begins, or it is.
    var start: Double {
      switch self {
      case .given(let shape): shape
      case .fitted: 1
      }
    }
  }

  /// Whether the shape is to be found.
  var fitsShape: Bool {
    if case .fitted = shape { return true }
    return false
  }

  /// The nonlinearity and the emission.
  ///
  /// The probability of a bin under a Bernoulli emission is the saturating nonlinearity itself, however wide the
  /// bin: its maximum is 1/dt unless it is set.
  ///
  /// - Parameter design: what says them where the options do not.
  /// - Throws: `unknownName`; `invalidParameter` about a pair whose probabilities or rates do not fit.
  func parts(
    dt: Double, of design: DesignFile? = nil
  ) throws(SpikingError) -> (any Nonlinearity, any Emission) {
    let emission = try choice(
      emission ?? design?.observation ?? "poisson", "--observation", "emission",
      Catalogue.current.emission)
    // Where silence is impossible at a mean of 1, a mean is a probability.
    let isProbability = emission.logLikelihood(of: 0, mean: 1) == -.infinity
    let name = nonlinearity ?? design?.nonlinearity ?? (isProbability ? "logistic" : "exp")
    let nonlinearity = try choice(
      name, "--nonlinearity", "nonlinearity", Catalogue.current.nonlinearity)
    let isBounded = nonlinearity is any SaturatingNonlinearity
    guard isProbability ? isBounded || nonlinearity.rate(at: 1e3) * dt <= 1 : !isBounded else {
      let names = Catalogue.current.nonlinearities.filter {
        $0 is any SaturatingNonlinearity == isProbability
      }.map { Catalogue.current.name(of: $0, .nonlinearity) }.joined(separator: ", ")
      throw SpikingError(
        .invalidParameter, "--nonlinearity", found: name,
        expected: isProbability
          ? "one that gives probabilities: \(names)" : "one that gives rates: \(names)")
    }
    let hasShape = emission.parameters.contains { $0.name == "shape" }
    guard (shape != nil || isSet("shape")) == hasShape else {
      throw SpikingError(
        .invalidParameter, "--shape", found: shape?.text ?? "none",
        expected: "one with --observation negative-binomial, and only there")
    }
    return try combined(nonlinearity, emission, maximum: isBounded ? 1 / dt : nil)
  }

  private func isSet(_ name: String) -> Bool {
    parameters.assignments.contains { $0.name == name || $0.name.hasSuffix(".\(name)") }
  }

  private func combined(
    _ nonlinearity: some Nonlinearity, _ emission: some Emission, maximum: Double?
  ) throws(SpikingError) -> (any Nonlinearity, any Emission) {
    var parts = Fit(nonlinearity: nonlinearity, emission: emission)
    if let maximum { try parts.nonlinearity.setParameter("maximum", to: maximum) }
    if let shape {
      do { try parts.emission.setParameter("shape", to: shape.start) } catch {
        throw error.within("--shape")
      }
    }
    try parameters.apply(to: &parts)
    return (parts.nonlinearity, parts.emission)
  }

  private func choice<Part>(
    _ name: String, _ option: String, _ kind: String,
    _ find: (String) throws(SpikingError) -> Part
  ) throws(SpikingError) -> Part {
    do { return try find(name) } catch { throw error.within(option: option, kind: kind) }
  }

  /// What --set changes, by the name that it has in messages.
  private struct Fit<InverseLink: Nonlinearity, EmissionModel: Emission>: Parameterized {
    var nonlinearity: InverseLink
    var emission: EmissionModel

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("nonlinearity", &nonlinearity)
      visit("emission", &emission)
    }
  }
}
