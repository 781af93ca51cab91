public import Spiking

/// The types that the command knows by name.
///
/// Every entry is a value with default parameters, which options and files then change. A plugin
/// package adds its own and runs the same command:
///
/// ```swift
/// var catalogue = Catalogue.standard
/// catalogue.models.append(MyModel())
/// SpikingCommand.run(with: catalogue)
/// ```
public struct Catalogue: Sendable {
  /// The models, under the names of their types.
  public var models: [any SpikingModel]
  /// The generators, under the names of their types without "Generator": "mexican-hat". The size of
  /// the network is their parameter `neurons`.
  public var generators: [any ConnectivityGenerator]
  /// What weights the generated networks can be given, under the names of their types without
  /// "Weights": "log-normal".
  public var weights: [any WeightDistribution]
  /// What delays they can be given, under the names of their types without "Delays": "uniform".
  public var delays: [any DelayRule]
  /// The stimuli, under the names of their types without "Stimulus": "Regular".
  public var stimuli: [any Stimulus]

  /// The types of this package.
  public static let standard = Catalogue(
    models: [
      BernoulliGLM(), PoissonGLM(), RectifiedLNP(), RectifiedSAM(), ThresholdSAM(),
    ],
    generators: [
      NormalGenerator(neurons: 50), UniformGenerator(neurons: 50), MexicanHatGenerator(neurons: 50),
      ErdosRenyiGenerator(neurons: 50), FixedInDegreeGenerator(neurons: 50),
      FixedOutDegreeGenerator(neurons: 50), WattsStrogatzGenerator(neurons: 50),
      BarabasiAlbertGenerator(neurons: 50), BlockModelGenerator(neurons: 50),
      RingDistanceGenerator(neurons: 50), TorusDistanceGenerator(neurons: 49),
    ],
    weights: [ConstantWeights(), UniformWeights(), NormalWeights(), LogNormalWeights()],
    delays: [UniformDelays(), RingDistanceDelays(), TorusDistanceDelays()],
    stimuli: BuiltInStimuli.all)

  /// The catalogue of the running command.
  @TaskLocal static var current = Catalogue.standard

  func model(_ name: String) throws(SpikingError) -> any SpikingModel {
    try find(name, in: models, kind: "model") { $0.plainName }
  }

  func generator(_ name: String) throws(SpikingError) -> any ConnectivityGenerator {
    try find(name, in: generators, kind: "generator") { $0.commandName(without: "Generator") }
  }

  func weightDistribution(_ name: String) throws(SpikingError) -> any WeightDistribution {
    try find(name, in: weights, kind: "weights") { $0.commandName(without: "Weights") }
  }

  func delayRule(_ name: String) throws(SpikingError) -> any DelayRule {
    try find(name, in: delays, kind: "delays") { $0.commandName(without: "Delays") }
  }

  func stimulus(_ name: String) throws(SpikingError) -> any Stimulus {
    try find(name, in: stimuli, kind: "stimulus") { $0.plainName(without: "Stimulus") }
  }

  /// The entry of any kind that goes by `name`. Weights and delays that have the name of a generator are
  /// "normal-weights" and "uniform-delays".
  func named(_ name: String) -> (any Parameterized)? {
    func plain(_ suffix: String) -> String {
      name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    }
    return (try? model(name)) ?? (try? generator(name)) ?? (try? stimulus(name))
      ?? (try? weightDistribution(plain("-weights"))) ?? (try? delayRule(plain("-delays")))
  }

  /// The names of the models, for help.
  var modelNames: String { models.map { $0.plainName }.joined(separator: ", ") }
  /// The names of the stimuli, for help.
  var stimulusNames: String {
    stimuli.map { $0.plainName(without: "Stimulus") }.joined(separator: ", ")
  }
  /// The names of the generators, for help.
  var generatorNames: String {
    generators.map { $0.commandName(without: "Generator") }.joined(separator: ", ")
  }
  /// The names of the distributions of weights, for help.
  var weightNames: String {
    weights.map { $0.commandName(without: "Weights") }.joined(separator: ", ")
  }

  /// The names of the rules of delays, for help.
  var delayNames: String {
    delays.map { $0.commandName(without: "Delays") }.joined(separator: ", ")
  }

  private func find<Entry>(
    _ name: String, in entries: [Entry], kind: String, _ entryName: (Entry) -> String
  ) throws(SpikingError) -> Entry {
    if let entry = entries.first(where: { entryName($0) == name }) { return entry }
    throw SpikingError(
      .unknownName, kind, found: "\"\(name)\"",
      expected: "one of \(entries.map(entryName).joined(separator: ", "))")
  }
}

extension Parameterized {
  /// The name of the type, less what kind of type it is.
  fileprivate func plainName(without suffix: String) -> String {
    let name = Self.typeName
    return name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
  }

  fileprivate var plainName: String { Self.typeName }

  /// "mexican-hat" for `MexicanHatGenerator`.
  fileprivate func commandName(without suffix: String) -> String {
    plainName(without: suffix).enumerated().map { position, letter in
      letter.isUppercase && position > 0 ? "-\(letter.lowercased())" : letter.lowercased()
    }.joined()
  }
}
