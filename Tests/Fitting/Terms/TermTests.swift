import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// Every term keeps what terms promise.
@Suite struct TermTests {
  private func recording() throws -> BinnedRecording {
    let recording: EncodedRecording = try golden("encoding_data")
    return try recording.session([Array(repeating: 0, count: recording.bins)])
  }

  private static let lags = RaisedCosineLogBasis(count: 4, window: 20)
  private static let direction = CyclicBSplineBasis(count: 6, window: 2).over(0...6.2832)
  private static let speed = BSplineBasis(count: 5, window: 5).over(-10...100)

  private static let terms: [any Term] = [
    Baseline(), History(lags), Coupling(lags), StimulusTerm("speed"), StimulusTerm("speed", lags),
    Offset("log_exposure"), Tuning("direction", direction),
    Tuning(["direction", "speed"], [direction, speed]),
    Tuning("speed", speed, by: "trials.side"),
    // Values beyond the range are not defined.
    Tuning("speed", BSplineBasis(count: 4, window: 4).over(0...5)),
    Event("lick", lags), Event("lick", lags, from: -50),
    Event("trials.cue_time", lags, scaledBy: "reward"),
    Event("trials.cue_time", lags, by: "side"), Category("trials.side"),
    Category("trials.side", contrast: "sum"),
    Drift(BSplineBasis(count: 5, window: 5).over(0...6000)),
    Boxcar("trials"), Boxcar(from: 100, to: 1000),
    Product(Boxcar(from: 100, to: 1000), Tuning("direction", direction)),
  ]

  @Test func `every registered term is what terms promise`() throws {
    let recording = try recording()
    for term in Self.terms { #expect(problems(with: term, in: recording) == [], "\(term)") }
    let types = Set(Self.terms.map { TermDescription($0).type })
    #expect(types == Set(Catalogue.standard.termNames))
  }

  /// What keeps no promise.
  private struct Wrong: Term {
    var of = "speed"
    var defaultName: String { of }
    mutating func visitFields(_ visit: inout some TermVisitor) throws(SpikingError) {
      var copy = of
      try visit("of", &copy)
      try visit("of", &of)
    }
    mutating func resolve(in recording: BinnedRecording) throws(SpikingError) { of += "s" }
    func columns(in recording: BinnedRecording) throws(SpikingError) -> TermColumns {
      .sparse(
        SparseColumns(axes: [TermAxis(count: 2)], sumToOne: true) { bins in
          SparseRowBlock(bins.map { [($0 == 5 ? 2 : 0, $0 == bins.lowerBound ? 2 : .infinity)] })
        })
    }
  }

  @Test func `a term that is not says what is wrong`() throws {
    let found = problems(with: Wrong(), in: try recording())
    for part in [
      "the same name", "setting of changes of", "when it is looked at again",
      "divided into blocks", "not finite", "column 2 is met, of 2", "add up to 1 in bin 0",
    ] {
      #expect(found.contains { $0.contains(part) }, "\(part)")
    }
  }
}
