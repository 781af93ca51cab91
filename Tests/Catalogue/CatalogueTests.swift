import Spiking
import SpikingTestCases
import Testing

/// A nonlinearity of a plugin.
private struct Quadratic: Nonlinearity {
  var gain = 0.01

  mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("gain", &gain, in: .nonnegative)
  }

  func rate(at drive: Double) -> Double { drive <= 0 ? 0 : gain * drive * drive }
}

@Suite struct CatalogueTests {
  private let catalogue: Catalogue = {
    var catalogue = Catalogue.standard
    catalogue.nonlinearities.append(Quadratic())
    return catalogue
  }()

  @Test func `every entry of every kind is found by its name`() throws {
    for kind in CatalogueKind.allCases {
      #expect(!catalogue[kind].isEmpty)
      for (name, entry) in zip(catalogue.names(kind), catalogue[kind]) {
        let found =
          try #require(
            catalogue.entry(named: name) ?? catalogue.entry(named: "\(name)-\(kind.rawValue)"))
        let own = catalogue.entry(named: "\(name)-\(kind.rawValue)") ?? found
        #expect(
          [found, own].contains { $0.kind == kind && type(of: $0.value) == type(of: entry) })
      }
    }
  }

  @Test(arguments: [
    ("exp", "exp"), ("Exponential", "exp"), ("Softplus", "softplus"), ("sigmoid", "logistic"),
    ("LogLinear", "log-linear"), ("logistic", "logistic"), ("Quadratic", "quadratic"),
  ])
  func `nonlinearities go by several spellings`(name: String, expected: String) throws {
    #expect(catalogue.name(of: try catalogue.nonlinearity(name), .nonlinearity) == expected)
  }

  @Test func `an unknown name is answered with those that are known`() {
    let error = #expect(throws: SpikingError.self) { try catalogue.nonlinearity("cubic") }
    #expect(error?.code == .unknownName)
    #expect(error?.description.contains("exp, softplus") == true)
    #expect(error?.description.contains("quadratic") == true)
  }

  @Test func `a cascade is put together from names and says of what`() throws {
    var model = try catalogue.model("Cascade")
    for (part, name) in [
      ("nonlinearity", "Quadratic"), ("emission", "Bernoulli"),
      ("coupling", "DifferenceOfExponentials"), ("history", "Refractory"),
    ] {
      model = try catalogue.assembling(model, part, name)
    }
    #expect(
      catalogue.parts(of: model).map(\.name)
        == ["quadratic", "bernoulli", "difference-of-exponentials", "refractory"])
    #expect(model.parameters.map(\.name).contains("coupling.riseTime"))
    let error = #expect(throws: SpikingError.self) {
      try catalogue.assembling(model, "nonlinearity", "Alpha")
    }
    #expect(error?.code == .unknownName)
    #expect(throws: SpikingError.self) { try catalogue.assembling(model, "stimulus", "Alpha") }
    #expect(throws: SpikingError.self) {
      try catalogue.assembling(BernoulliGLM(), "nonlinearity", "Softplus")
    }
  }

  /// The parameters of a part go by their last names where no other has them.
  @Test func `parameters of parts have short names`() throws {
    var model = Cascade(
      Quadratic(), PoissonEmission(), coupling: AlphaFilter(tau: 5),
      historyFilter: LeakyIntegratorFilter(tau: 3))
    try model.setParameter("gain", to: 0.02)
    #expect(model.nonlinearity.gain == 0.02)
    #expect(throws: SpikingError.self) { try model.setParameter("tau", to: 2) }
    try model.setParameter("history.tau", to: 2)
    #expect(model.historyFilter.tau == 2 && model.coupling.tau == 5)
  }

  /// A cascade of the parts of another model is that model.
  @Test func `the same parts give the same spikes`() async throws {
    let glm = BernoulliGLM()
    let cascade = Cascade(
      glm.nonlinearity, glm.emission, coupling: glm.coupling, historyFilter: glm.historyFilter)
    let networks = try NormalGenerator(neurons: 20, std: 5, glorot: true).networks(
      count: 2, seed: 3)
    let one = try await Simulator(glm).run(networks, steps: 2000, seed: 1)
    let other = try await Simulator(cascade).run(networks, steps: 2000, seed: 1)
    #expect(one == other && one.spikeCount > 100)
  }

  @Test func `an assembled model is the same after it was stored`() throws {
    let folder = try FormatsFolder()
    let model = Cascade(
      Quadratic(gain: 0.03), NegativeBinomialEmission(shape: 2), coupling: AlphaFilter(tau: 4),
      historyFilter: TapFilter([]), baseline: -1)
    try model.write(to: folder("model.json"))
    let read = try ParameterFile(contentsOf: folder("model.json")).model(in: catalogue)
    #expect(type(of: read) == type(of: model))
    #expect(read.parameters == model.parameters)
    let error = #expect(throws: SpikingError.self) {
      try ParameterFile(contentsOf: folder("model.json")).model()
    }
    #expect(error?.description.contains("quadratic") == true)
  }
}
