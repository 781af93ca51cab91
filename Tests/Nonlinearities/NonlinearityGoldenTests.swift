import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// Threshold, power, log-linear, probit and complementary log-log.
@Suite struct NonlinearityGoldenTests {
  private struct Table: Decodable {
    let parameters: [String: Double]
    let rows: [[Double]]
  }

  @Test func `every nonlinearity keeps its promises`() {
    #expect(problems(with: Power(threshold: 0.3, gain: 0.5)) == [])
    #expect(problems(with: Power(threshold: -1.1, gain: 2, exponent: 1.3)) == [])
    #expect(problems(with: LogLinear(threshold: 0.3, gain: 0.7, scale: 2)) == [])
    #expect(problems(with: Probit()) == [])
    #expect(problems(with: Probit(threshold: 1.3, gain: -2, maximum: 0.4)) == [])
    #expect(problems(with: ComplementaryLogLog()) == [])
    #expect(problems(with: ComplementaryLogLog(threshold: -1, gain: 0.7, maximum: 3)) == [])
    #expect(problems(with: Threshold(threshold: 0.3)) == [])
    #expect(problems(with: Threshold(threshold: 0.3, maximum: 10, deviation: 0.6)) == [])
    let partial = Threshold(threshold: 0.3, maximum: 2, deviation: 1.3, noisyFraction: 0.2)
    #expect(problems(with: partial) == [])
    var silent = partial
    silent.noisyFraction = 0
    #expect(problems(with: silent) == [])
  }

  @Test func `values and slopes equal those computed to sixty digits`() throws {
    try expectGolden("power", Power())
    try expectGolden("logLinear", LogLinear())
    try expectGolden("probit", Probit())
    try expectGolden("complementaryLogLog", ComplementaryLogLog())
    try expectGolden("threshold", Threshold())
  }

  private func expectGolden(_ name: String, _ initial: some Nonlinearity) throws {
    let tables = try golden("nonlinearities_more", as: [String: Lenient<Table>].self)
    let table = try #require(tables[name]?.value)
    #expect(table.rows.count == 26)
    var nonlinearity = initial
    for (parameter, value) in table.parameters {
      try nonlinearity.setParameter(parameter, to: value)
    }
    for row in table.rows {
      let (rate, slope) = nonlinearity.rateAndSlope(at: row[0])
      // The argument of an exponential may be 700, and its error is a relative one of the result.
      for (found, expected) in [(rate, row[1]), (slope, row[2])] {
        #expect(abs(found - expected) <= 1e-12 * expected + 1e-300, "\(name) at \(row[0])")
      }
    }
  }

  @Test func `both ends are reached, and NaN is passed on`() {
    let infinity = Double.infinity
    #expect(Probit().rate(at: -infinity) == 0 && Probit().rate(at: infinity) == 1)
    #expect(ComplementaryLogLog().rateAndSlope(at: -infinity) == (0, 0))
    #expect(ComplementaryLogLog().rateAndSlope(at: infinity) == (1, 0))
    #expect(LogLinear().rateAndSlope(at: -infinity) == (0, 0))
    #expect(LogLinear().rateAndSlope(at: infinity) == (infinity, 1))
    #expect(Power().rate(at: infinity) == infinity && Power().rate(at: 1e200) == infinity)
    #expect(Power(exponent: 1).rateAndSlope(at: infinity) == (infinity, 1))
    #expect(Threshold(deviation: 1).rateAndSlope(at: -infinity) == (0, 0))
    #expect(Threshold(deviation: 1).rateAndSlope(at: infinity) == (1, 0))
    #expect(Threshold().rate(at: 0) == 0 && Threshold().rate(at: 1e-300) == 1)
    #expect(Threshold().rate(at: .nan).isNaN && Power().rate(at: .nan).isNaN)
    // Noise moves a drive across the threshold half of the time when it stands there.
    #expect(abs(Threshold(deviation: 2, noisyFraction: 0.4).rate(at: 0) - 0.2) < 1e-15)
  }

  @Test func `the bound of a normal tail is within thirteen percent`() {
    let drives = stride(from: -12, through: 0, by: 0.01).map { $0 }
    for nonlinearity in [Threshold(deviation: 1), Threshold(deviation: 1, noisyFraction: 0.2)] {
      var bounds = [Float](repeating: 0, count: drives.count)
      var span = bounds.mutableSpan
      nonlinearity.upperBounds(at: drives.span, into: &span)
      for (drive, bound) in zip(drives, bounds) {
        let ratio = Double(bound) / nonlinearity.rate(at: drive)
        #expect(ratio > 1 - 1e-7 && ratio < 1.13, "at \(drive)")
      }
    }
  }

  @Test func `what silences a NaN, or bounds it, is found out`() {
    struct Deaf: Nonlinearity {
      func rate(at drive: Double) -> Double { drive > 0.3 ? drive - 0.3 : 0 }
    }
    #expect(problems(with: Deaf()).contains { $0.contains("NaN") })
  }
}
