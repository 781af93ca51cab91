import Spiking
import SpikingTestCases
import Testing

@Suite struct ParameterTests {
  @Test func `one declaration gives names, values and assignment`() throws {
    var model = BernoulliGLM()
    #expect(
      model.parameters.map(\.name) == [
        "theta", "dt", "couplingWindow", "alpha", "absoluteRefractoryScale",
        "absoluteRefractoryStrength", "relativeRefractoryScale", "relativeRefractoryStrength",
        "beta", "r",
      ])
    #expect(model.parameters.map(\.value) == [5, 1, 5, 0.2, 3, -100, 7, -30, 0.5, 1])
    try model.setParameter("couplingWindow", to: 8)
    try model.setParameter("theta", to: -2.5)
    #expect(model.couplingWindow == 8 && model.theta == -2.5)
    #expect(BernoulliGLM.typeName == "BernoulliGLM")
  }

  @Test func `parts have dotted names`() throws {
    struct Outer: Parameterized {
      var link = Sigmoid()
      var inner = Inner()
      struct Inner: Parameterized {
        var part = Exponential()
        mutating func visitParameters(_ visit: inout some ParameterVisitor) {
          visit("part", &part)
        }
      }
      mutating func visitParameters(_ visit: inout some ParameterVisitor) {
        visit("link", &link)
        visit("inner", &inner)
      }
    }
    var outer = Outer()
    try outer.setParameter("inner.part.gain", to: 3)
    #expect(outer.inner.part.gain == 3)
    #expect(outer.parameters.map(\.name).prefix(2) == ["link.threshold", "link.gain"])
    // By its last names, where no other has them.
    try outer.setParameter("part.gain", to: 4)
    #expect(outer.inner.part.gain == 4)
    #expect(throws: SpikingError.self) { try outer.setParameter("gain", to: 3) }
  }

  @Test(arguments: [
    ("dt", 1.5, ["BernoulliGLM.dt", "1.5", "> 0 and ≤ 1 ms"]),
    ("dt", 0, ["BernoulliGLM.dt", "found 0"]),
    ("couplingWindow", 2.5, ["couplingWindow", "2.5", "a whole number"]),
    ("theta", .nan, ["theta", "nan", "a finite number"]),
    ("thta", 1, ["thta", "theta, dt, couplingWindow"]),
  ])
  func `a wrong name or value is an error that names both`(
    name: String, value: Double, words: [String]
  ) {
    var model = BernoulliGLM()
    let error = #expect(throws: SpikingError.self) { try model.setParameter(name, to: value) }
    for word in words { #expect(error?.description.contains(word) == true, "\(word)") }
    #expect(model == BernoulliGLM())
  }

  @Test func `values set past the declaration are found before a run`() async throws {
    var model = BernoulliGLM()
    model.dt = 1.25
    let network = try NormalGenerator(neurons: 3).networks(count: 1, seed: 0)
    let error = await #expect(throws: SpikingError.self) {
      try await Simulator(model).run(network, steps: 10, seed: 0)
    }
    #expect(
      error?.description
        == "BernoulliGLM.dt: found 1.25 ms, expected a finite number > 0 and ≤ 1 ms")
  }

  @Test func `domains contain what they say`() {
    #expect(ParameterDomain.positive.contains(1e-300) && !ParameterDomain.positive.contains(0))
    #expect(
      ParameterDomain.endTime.contains(.infinity) && !ParameterDomain.real.contains(.infinity))
    #expect(!ParameterDomain.endTime.contains(.nan))
    #expect(
      ParameterDomain.within(-1...2).contains(2) && !ParameterDomain.within(-1...2).contains(3))
    #expect("\(ParameterDomain.positiveCount)" == "a whole number ≥ 1")
    #expect("\(ParameterDomain.flag)" == "true or false")
    #expect("\(ParameterDomain.fraction)" == "a finite number ≥ 0 and ≤ 1")
  }
}
