import Spiking
import SpikingTestCases
import Testing

/// Designs as JSON, and what is said of wrong ones.
@Suite struct DesignFileTests {
  private static let lags = RaisedCosineLogBasis(count: 5, window: 20, stretch: 10)
  private static let values = BSplineBasis(count: 7, window: 7, order: 3).over(-2.5...3)

  private static var everything: Design {
    var reference = Category("trials.side", contrast: "treatment", reference: "left")
    reference.levels = ["left", "right"]
    return Design {
      Baseline()
      History(lags).penalized(Penalty(lasso: 0.1))
      Coupling(BoxcarBasis(count: 3, window: 9)).penalized(Penalty())
      StimulusTerm("sound", IdentityBasis(window: 4))
      Offset("exposure")
      Tuning(["x", "y"], [values, values], by: "trials.side").named("place")
        .penalized(Penalty(ridge: 0.5, smooth: 1e-3, order: 2))
      Event("trials.cue_time where side == left", lags, from: -20, scaledBy: "reward", by: "side")
      reference
      Drift(values)
      Boxcar("blocks where kind == test")
      Boxcar(from: 10, to: 20.5).named("step")
      Product(Tuning("x", values), Boxcar("blocks"), Category("trials.side"))
    }
  }

  @Test func `every term and penalty is the same after it was written`() throws {
    let folder = try FormatsFolder()
    let file = DesignFile(
      Self.everything, bin: 2.5, observation: "bernoulli", nonlinearity: "logistic")
    try file.write(to: folder("design.json"))
    let read = try DesignFile(contentsOf: folder("design.json"))
    #expect(read == file)
    #expect(try DesignFile(json: file.json) == file)
    #expect(read.design.parts.count == 12)
    #expect(read.design["place"]?.penalty == Penalty(ridge: 0.5, smooth: 1e-3, order: 2))
    // A penalty of nothing is another than none of its own.
    #expect(read.design["coupling"]?.penalty == Penalty() && read.design["sound"]?.penalty == nil)
  }

  @Test func `every registered term says what it is, and is read from its own description`() throws
  {
    let catalogue = Catalogue.standard
    #expect(
      catalogue.termNames == [
        "Baseline", "History", "Coupling", "Stimulus", "Offset", "Tuning", "Event", "Category",
        "Drift", "Boxcar", "Product",
      ])
    for term in catalogue.terms {
      let description = TermDescription(term)
      #expect(try TermDescription(catalogue.term(description.type)) == description)
    }
    #expect(Set(Self.everything.parts.map { TermDescription($0.term).type }).count == 11)
  }

  @Test(arguments: [
    (#"{"terms": {}}"#, "terms: found an object, expected a list"),
    (#"{"terms": [3]}"#, "terms[0]: found 3, expected a term"),
    (#"{"term": []}"#, "there is no such key"), (#"{}"#, "terms: found nothing"),
    (#"{"bin": 0, "terms": []}"#, "bin: found 0"),
    (#"{"terms": [{"term": "Tunning", "of": "x"}]}"#, "\"Tunning\", expected one of Baseline"),
    (#"{"terms": [{"term": "Tuning"}]}"#, "terms[0].of: found nothing"),
    (#"{"terms": [{"term": "Tuning", "of": "x"}]}"#, "terms[0].basis: found nothing"),
    (#"{"terms": [{"term": "Tuning", "of": "x", "basis": "b-spline:8"}]}"#, "NAME:COUNT:LOW:HIGH"),
    (
      #"{"terms": [{"term": "Tuning", "of": ["x", 3], "basis": "b-spline:8:0:1"}]}"#,
      "of[1]: found 3"
    ),
    (#"{"terms": [{"term": "Event", "of": "x"}]}"#, "terms[0].basis: found nothing"),
    (
      #"{"terms": [{"term": "Event", "of": "x", "basis": "none"}]}"#,
      "terms[0].basis: found \"none\""
    ),
    (#"{"terms": [{"term": "Event", "of": "x", "basis": "boxcar:2:4", "from": "soon"}]}"#, "from"),
    (#"{"terms": [{"term": "History", "basis": "boxcar:2:4", "smooth": -1}]}"#, "smooth: found -1"),
    (#"{"terms": [{"term": "History", "basis": "boxcar:2:4", "order": 3}]}"#, "order: found 3"),
    (
      #"{"terms": [{"term": "History", "basis": "boxcar:2:4", "lag": 3}]}"#,
      "terms[0].lag: there is no"
    ),
    (#"{"terms": [{"term": "Category", "of": "a", "name": "b/c"}]}"#, "name without a slash"),
    (#"{"terms": [{"term": "Product", "of": ["x"]}]}"#, "of[0]: found \"x\", expected a term"),
  ])
  func `a wrong design is one line with its place`(_ text: String, _ expected: String) throws {
    let error = #expect(throws: SpikingError.self) { try DesignFile(json: text) }
    #expect("\(try #require(error))".contains(expected), "\(String(describing: error))")
  }

  @Test func `products within products have a limit`() throws {
    var text = #"{"term": "Boxcar", "of": "a"}"#
    for _ in 0..<200 { text = #"{"term": "Product", "of": [\#(text)]}"# }
    let nested = text
    expectError(.invalidData, ["terms within each other"]) {
      _ = try DesignFile(json: "{\"terms\": [\(nested)]}")
    }
  }
}
