internal import ArgumentParser
internal import Spiking

/// How spikes follow from drives, by the names of the command line.
struct ObservationChoice {
  /// The distributions of counts.
  enum Emission: String, CaseIterable, ExpressibleByArgument {
    case poisson, bernoulli
    case negativeBinomial = "negative-binomial"

    /// The inverse of its canonical link, or the usual one.
    var nonlinearity: Nonlinearity { self == .bernoulli ? .logistic : .exp }
  }

  /// The nonlinearities.
  enum Nonlinearity: String, CaseIterable, ExpressibleByArgument {
    case exp, softplus, rectifier, logistic, cloglog
  }

  let emission: Emission
  let nonlinearity: Nonlinearity
  let shape: Double?

  /// - Throws: `invalidParameter` about a pair whose probabilities or rates do not fit.
  init(
    _ emission: Emission, _ nonlinearity: Nonlinearity?, shape: Double?
  ) throws(SpikingError) {
    self.emission = emission
    self.nonlinearity = nonlinearity ?? emission.nonlinearity
    self.shape = shape
    let isBounded = [.logistic, .cloglog].contains(self.nonlinearity)
    guard isBounded == (emission == .bernoulli) else {
      throw SpikingError(
        .invalidParameter, "--nonlinearity", found: self.nonlinearity.rawValue,
        expected: emission == .bernoulli
          ? "logistic or cloglog, which give probabilities" : "exp, softplus or rectifier")
    }
    guard (shape != nil) == (emission == .negativeBinomial) else {
      throw SpikingError(
        .invalidParameter, "--shape", found: shape.map { "\($0)" } ?? "none",
        expected: "one with --observation negative-binomial, and only there")
    }
  }

  /// The choice that a file names.
  init(_ file: FitFile, path: String) throws(SpikingError) {
    guard let emission = Emission(rawValue: file.observation),
      let nonlinearity = Nonlinearity(rawValue: file.nonlinearity)
    else {
      throw SpikingError(
        .invalidData, "\(path): observation, nonlinearity",
        found: "\(file.observation), \(file.nonlinearity)", expected: "names that spiking fit knows"
      )
    }
    try self.init(emission, nonlinearity, shape: file.shape)
  }

  /// What draws the counts.
  var distribution: any Spiking.Emission {
    switch emission {
    case .poisson: PoissonEmission()
    case .bernoulli: BernoulliEmission()
    case .negativeBinomial: NegativeBinomialEmission(shape: shape ?? 1)
    }
  }

  /// What turns drives into rates; the probability of a bin is the logistic function or complementary
  /// log-log itself, however wide the bin.
  func function(dt: Double) -> any Spiking.Nonlinearity {
    switch nonlinearity {
    case .exp: Exponential()
    case .softplus: Softplus()
    case .rectifier: Rectifier()
    case .logistic: Sigmoid(maximum: 1 / dt)
    case .cloglog: ComplementaryLogLog(maximum: 1 / dt)
    }
  }
}
