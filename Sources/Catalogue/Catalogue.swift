public import SpikingFitting
public import SpikingFramework

/// The types that go by names in commands and files: one registry of all kinds.
///
/// Every entry is a value with default parameters, which options and files then change. A plugin package adds
/// its own, each once, and the type works in every command, file, list and message:
///
/// ```swift
/// var catalogue = Catalogue.standard
/// catalogue.nonlinearities.append(Quadratic())
/// SpikingCommand.run(with: catalogue)
/// ```
///
/// A type goes by its name without what kind it is, in any case and with or without hyphens: a
/// `MexicanHatGenerator` is "mexican-hat" as well as "MexicanHat". The entry that was added last wins.
public struct Catalogue: Sendable {
  /// Models.
  public var models: [any SpikingModel] = []
  /// Nonlinearities, of fits and of the model `Cascade`.
  public var nonlinearities: [any Nonlinearity] = []
  /// How spikes are drawn, of the same.
  public var emissions: [any Emission] = []
  /// Filters of synapses and of own spikes, of the model `Cascade`.
  public var filters: [any TemporalFilter] = []
  /// Bases of fits. Their numbers of functions and lags are the parameters `count` and `window`.
  public var bases: [any Basis] = []
  /// Stimuli.
  public var stimuli: [any Stimulus] = []
  /// Generators. The size of the network is the parameter `neurons`.
  public var generators: [any ConnectivityGenerator] = []
  /// What weights the generated networks can be given.
  public var weights: [any WeightDistribution] = []
  /// What delays they can be given.
  public var delays: [any DelayRule] = []
  /// Terms of designs.
  public var terms: [any Term] = []
  /// What can be computed of spikes.
  public var statistics: [any Statistic] = []
  /// Short names: "exp" for `Exponential`.
  public var aliases: [String: String] = [:]
  /// The types of further subcommands, which the command knows as such.
  package var subcommandTypes: [any SendableMetatype.Type] = []

  /// An empty catalogue; `standard` has the types of this package.
  public init() {}

  /// The entries of a kind.
  public subscript(kind: CatalogueKind) -> [any Parameterized] {
    switch kind {
    case .model: models
    case .nonlinearity: nonlinearities
    case .emission: emissions
    case .filter: filters
    case .basis: bases
    case .stimulus: stimuli
    case .generator: generators
    case .weights: weights
    case .delays: delays
    case .statistic: statistics
    }
  }

  /// The model of a name.
  ///
  /// - Throws: `unknownName` with the names there are; so do all that follow.
  public func model(_ name: String) throws(SpikingError) -> any SpikingModel {
    try find(name, .model, models)
  }

  /// The nonlinearity of a name.
  public func nonlinearity(_ name: String) throws(SpikingError) -> any Nonlinearity {
    try find(name, .nonlinearity, nonlinearities)
  }

  /// The emission of a name.
  public func emission(_ name: String) throws(SpikingError) -> any Emission {
    try find(name, .emission, emissions)
  }

  /// The filter of a name.
  public func filter(_ name: String) throws(SpikingError) -> any TemporalFilter {
    try find(name, .filter, filters)
  }

  /// The stimulus of a name.
  public func stimulus(_ name: String) throws(SpikingError) -> any Stimulus {
    try find(name, .stimulus, stimuli)
  }

  /// The generator of a name.
  public func generator(_ name: String) throws(SpikingError) -> any ConnectivityGenerator {
    try find(name, .generator, generators)
  }

  /// The distribution of weights of a name.
  public func weightDistribution(_ name: String) throws(SpikingError) -> any WeightDistribution {
    try find(name, .weights, weights)
  }

  /// The rule of delays of a name.
  public func delayRule(_ name: String) throws(SpikingError) -> any DelayRule {
    try find(name, .delays, delays)
  }

  /// The term of a name.
  public func term(_ name: String) throws(SpikingError) -> any Term {
    let plain = name.lowercased().replacing("-", with: "")
    if let term = terms.last(where: { TermDescription($0).type.lowercased() == plain }) {
      return term
    }
    throw SpikingError(
      .unknownName, "term", found: "\"\(name)\"",
      expected: "one of \(termNames.joined(separator: ", "))")
  }

  /// The names of the terms, in their order.
  public var termNames: [String] { terms.map { TermDescription($0).type } }

  /// The statistic of a name.
  public func statistic(_ name: String) throws(SpikingError) -> any Statistic {
    try find(name, .statistic, statistics)
  }
}
