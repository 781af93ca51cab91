import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

@Suite struct BasisTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let basis: String
      let parameters: [String: Double]
      let functions: [[Double]]
    }
    let cases: [Case]
  }

  @Test func `every basis keeps what bases promise`() {
    #expect(Catalogue.standard.bases.count == 9)
    for basis in Catalogue.standard.bases { #expect(problems(with: basis) == []) }
    for basis in [
      BSplineBasis(count: 1, window: 2, order: 1), BSplineBasis(count: 6, window: 6, order: 6),
    ] { #expect(problems(with: basis) == []) }
    #expect(problems(with: MSplineBasis(count: 12, window: 40, order: 2)) == [])
    #expect(problems(with: CyclicBSplineBasis(count: 2, window: 9, order: 2)) == [])
    #expect(problems(with: OrthogonalExponentialBasis(decayTimes: [4], window: 1)) == [])
    #expect(problems(with: RaisedCosineShiftedLogBasis(count: 3, window: 1)) != [])
    #expect(problems(with: BoxcarBasis(count: 7, window: 7)) == [])
    #expect(problems(with: IdentityBasis(window: 1)) == [])
    let filter = ExponentialFilter(decayRate: 0.2, window: 8)
    #expect(problems(with: FilterBasis(filter, window: 12, dt: 0.5)) == [])
  }

  @Test func `functions have the values of NeMoS and of numpy`() throws {
    for stored in try golden("bases", as: Golden.self).cases {
      var basis = try #require(try Catalogue.standard.basis(stored.basis))
      for (name, value) in stored.parameters { try basis.setParameter(name, to: value) }
      try basis.validate()
      let functions = basis.functions()
      #expect(functions.map(\.count) == stored.functions.map(\.count), "\(stored.basis)")
      let largest = stored.functions.joined().max() ?? 0
      // The golden values have the rounding errors of one package, these functions those of another.
      for (found, expected) in zip(functions.joined(), stored.functions.joined()) {
        #expect(abs(found - expected) <= 1e-12 * largest, "\(stored.basis) \(stored.parameters)")
      }
    }
  }

  @Test func `splines of every order sum to 1 at every lag, M-splines have an area of 1`() {
    for (count, order) in [(1, 1), (5, 1), (5, 2), (9, 4), (9, 9)] {
      let splines = BSplineBasis(count: count, window: 31, order: order).functions()
      for values in splines { #expect(abs(values.reduce(0, +) - 1) < 1e-14) }
      if order == 1 { continue }
      let cyclic = CyclicBSplineBasis(count: count, window: 31, order: order).functions()
      for values in cyclic { #expect(abs(values.reduce(0, +) - 1) < 1e-14) }
      let ends = zip(cyclic[0], cyclic[30])
      #expect(ends.allSatisfy { abs($0 - $1) < 1e-14 })
    }
    // The trapezoidal rule is wrong by h²/12 times the difference of slopes at both ends; a cubic
    // spline of 6 has slopes up to 3 · 3 · 12 there.
    let bins = 3000
    let areas = MSplineBasis(count: 6, window: bins + 1, order: 4).functions()
    for index in 0..<6 {
      let values = areas.map { $0[index] }
      let area = values.reduce(0, +) - (values[0] + values[bins]) / 2
      #expect(abs(area / Double(bins) - 1) < 120 / 12 / Double(bins * bins))
    }
  }

  @Test func `boxes divide the window, the identity has each lag for itself`() {
    let boxes = BoxcarBasis(count: 3, window: 8).functions()
    #expect(boxes.map { $0.firstIndex(of: 1) } == [0, 0, 1, 1, 1, 2, 2, 2])
    #expect(boxes.allSatisfy { $0.reduce(0, +) == 1 })
    #expect(
      IdentityBasis(window: 4).functions() == BoxcarBasis(count: 4, window: 4).functions())
  }

  @Test func `orthogonal exponentials are orthogonal and span the decays`() {
    let times = [1.0, 2, 4, 8, 16]
    let functions = OrthogonalExponentialBasis(decayTimes: times, window: 40).functions()
    for i in times.indices {
      for j in times.indices {
        let product = functions.reduce(0) { $0 + $1[i] * $1[j] }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-14)
      }
      let decay = TapFilter((0..<40).map { Elementary.exponential(-Double($0) / times[i]) }).weights
      let parts = times.indices.map { j in
        zip(decay, functions).reduce(0) { $0 + $1.0 * $1.1[j] }
      }
      #expect(parts[i] > 0 && parts.dropFirst(i + 1).allSatisfy { abs($0) < 1e-13 })
      for (value, row) in zip(decay, functions) {
        #expect(abs(value - zip(row, parts).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-13)
      }
    }
  }

  @Test func `log and shifted log are one family`() {
    let (count, window, stretch) = (5, 21, 50.0)
    let offset = Double(window - 1) / stretch
    // The last peak lies two of count + 1 steps of y before the last lag.
    let steps = Double(count - 1) / Double(count + 1)
    let last = offset * (power(stretch + 1, steps) - 1)
    let shifted = RaisedCosineShiftedLogBasis(
      count: count, window: window, offset: offset, lastPeak: last
    ).functions()
    let plain = RaisedCosineLogBasis(count: count, window: window, stretch: stretch).functions()
    for (found, expected) in zip(shifted.joined(), plain.joined()) {
      #expect(abs(found - expected) < 1e-13)
    }
  }

  @Test func `a filter is a basis of one function, cut or padded to its window`() throws {
    let filter = ExponentialFilter(decayRate: 0.3, window: 5)
    let taps = filter.taps(dt: 0.5)
    #expect(FilterBasis(filter, window: 3, dt: 0.5).functions() == taps.prefix(3).map { [$0] })
    #expect(
      FilterBasis(filter, window: 7, dt: 0.5).functions() == (taps + [0, 0]).map { [$0] })
    let product = BasisFilter(FilterBasis(filter, window: 7, dt: 0.5), weights: [-2])
    #expect(product.taps(dt: 0.5) == (taps + [0, 0]).map { -2 * $0 })
    let names = FilterBasis(filter, window: 7, dt: 0.5).parameters.map(\.name)
    #expect(names == ["filter.decayRate", "filter.window", "window", "dt"])
    for empty in [TapFilter([0, 0]), TapFilter(), TapFilter([1, .infinity])] {
      #expect(throws: SpikingError.self) {
        try FilterBasis(empty, window: 4, dt: 1).validate()
      }
    }
  }

  @Test func `a basis is read from a line`() throws {
    #expect(try Catalogue.standard.basis("none") == nil)
    let log = try Catalogue.standard.basis("raised-cosine-log:5:20") as? RaisedCosineLogBasis
    #expect(log == RaisedCosineLogBasis(count: 5, window: 20))
    let splines = try Catalogue.standard.basis("cyclic-b-spline:6:30") as? CyclicBSplineBasis
    #expect(splines == CyclicBSplineBasis(count: 6, window: 30, order: 4))
    for text in ["identity:10", "identity:10:10"] {
      #expect(try Catalogue.standard.basis(text) as? IdentityBasis == IdentityBasis(window: 10))
    }
    for (name, basis) in zip(Catalogue.standard.names(.basis), Catalogue.standard.bases) {
      let read = try #require(
        try Catalogue.standard.basis("\(name):\(basis.count):\(basis.window)"))
      #expect(type(of: read) == type(of: basis) && read.functions() == basis.functions())
    }
  }

  @Test(
    arguments: [
      ("", "found \"\", expected none or NAME:COUNT:WINDOW"),
      ("gaussian:5:20", "a name of raised-cosine-log, raised-cosine-linear"),
      ("boxcar:5", "found \"boxcar:5\", expected none or"),
      ("boxcar:5:2x", "found \"boxcar:5:2x\", expected none or"),
      ("boxcar:5:20:4", "expected none or"),
      ("boxcar:0:20", "a COUNT from 1 to 1000"),
      ("boxcar:5:100001", "a WINDOW from 1 to 100000"),
      ("boxcar:5:4", "BoxcarBasis.count: found 5, expected at most the number of lags, 4"),
      ("identity:5:6", "expected as many functions as lags, identity:6"),
      ("identity:2000", "a COUNT from 1 to 1000"),
      ("b-spline:3:20", "order: found 4, expected at most the number of functions, 3"),
      ("raised-cosine-log:1:20", "found 1, expected a whole number ≥ 2"),
      ("raised-cosine-log:3:1", "window: found 1 bin, expected a whole number ≥ 2"),
      ("raised-cosine-shifted-log:3:1", "lastPeak: found 0.0, expected a lag after"),
      ("orthogonal-exponential:5:4", "decayTimes: found 5 times"),
      ("orthogonal-exponential:2:2", "decayTimes.1: found 1.0, expected a decay that"),
      ("orthogonal-exponential:30:100", "a decay that those before it do not already make"),
    ])
  func `a line that is no basis is an error`(text: String, message: String) {
    let error = #expect(throws: SpikingError.self) { try Catalogue.standard.basis(text) }
    let description = error?.description ?? ""
    #expect(description.contains(message), "\(description)")
    #expect(description.contains("\"\(text)\"") && !description.contains("\n"), "\(description)")
  }

  @Test func `the check of bases finds what is broken`() {
    #expect(problems(with: BrokenBasis(values: [[1, 2], [0, 0], [2, 4]])).count == 1)
    #expect(problems(with: BrokenBasis(values: [[1, 0], [0, 0], [2, 0]])).count == 1)
    #expect(problems(with: BrokenBasis(values: [[1, .nan], [0, 0], [2, 4]])).count == 1)
    #expect(problems(with: BrokenBasis(values: [[1, 2], [0], [2, 4]])).count == 1)
    #expect(problems(with: BrokenBasis(values: [[1, 2], [0, 1]])).count == 1)
    #expect(problems(with: BrokenBasis(values: [[1, 2], [0, 1], [0, 0]])) == [])
  }

  private func power(_ base: Double, _ exponent: Double) -> Double {
    Elementary.exponential(exponent * Elementary.logarithm(base))
  }
}

/// Three lags and two functions, whatever the values are.
private struct BrokenBasis: Basis {
  var values: [[Double]]
  var count: Int { 2 }
  var window: Int { 3 }
  func functions() -> [[Double]] { values }
}
