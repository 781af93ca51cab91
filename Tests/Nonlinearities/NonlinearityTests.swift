import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

@Suite struct NonlinearityTests {
  @Test func `every nonlinearity keeps its promises`() {
    #expect(problems(with: Sigmoid()) == [])
    #expect(problems(with: Sigmoid(threshold: 1.3, gain: -2, maximum: 0.4)) == [])
    #expect(problems(with: Exponential(scale: 0.1, gain: 1.5)) == [])
    #expect(problems(with: Rectifier(threshold: 0.55, gain: 2)) == [])
    #expect(problems(with: Softplus(threshold: -1, gain: 3)) == [])
    #expect(problems(with: Identity(), mayBeNegative: true) == [])
  }

  @Test func `values and slopes equal those computed to sixty digits`() throws {
    struct Row: Decodable {
      let drive, sigmoid, sigmoidSlope, softplus, softplusSlope: Double
      let exponential: Double?
    }
    struct Table: Decodable { let rows: [Row] }
    for row in try golden("nonlinearities", as: Table.self).rows {
      let (sigmoid, sigmoidSlope) = Sigmoid().rateAndSlope(at: row.drive)
      let (softplus, softplusSlope) = Softplus().rateAndSlope(at: row.drive)
      expectClose(sigmoid, row.sigmoid, "sigmoid at \(row.drive)")
      expectClose(sigmoidSlope, row.sigmoidSlope, "slope of the sigmoid at \(row.drive)")
      expectClose(softplus, row.softplus, "softplus at \(row.drive)")
      expectClose(softplusSlope, row.softplusSlope, "slope of the softplus at \(row.drive)")
      expectClose(batch(Sigmoid(), row.drive), row.sigmoid, "batch sigmoid at \(row.drive)")
      guard let exponential = row.exponential else { continue }
      expectClose(Exponential().rate(at: row.drive), exponential, "exponential at \(row.drive)")
      expectClose(batch(Exponential(), row.drive), exponential, "batch at \(row.drive)")
    }
  }

  @Test func `vectorised functions stay within two units in the last place`() {
    let drives = stride(from: -745, through: 709, by: 0.0137).map { $0 }
    var batch = [Double](repeating: 0, count: drives.count)
    var span = batch.mutableSpan
    Elementary.exponentials(of: drives.span, into: &span)
    for (drive, value) in zip(drives, batch) {
      let expected = Elementary.exponential(drive)
      #expect(abs(value - expected) <= 2 * expected.ulp, "exp(\(drive))")
    }
    span = batch.mutableSpan
    Elementary.logistics(of: drives.span, into: &span)
    for (drive, value) in zip(drives, batch) {
      let expected = Elementary.logistic(drive)
      #expect(abs(value - expected) <= 3 * expected.ulp, "logistic(\(drive))")
    }
  }

  @Test func `bounds lie above their functions, and not by much`() {
    let drives = stride(from: -87, through: 87, by: 0.00137).map { $0 }
    var bounds = [Float](repeating: 0, count: drives.count)
    var span = bounds.mutableSpan
    Elementary.exponentialBounds(of: drives.span, scale: 0.7, into: &span)
    for (drive, bound) in zip(drives, bounds) {
      let ratio = Double(bound) / (0.7 * Elementary.exponential(drive))
      #expect(ratio >= 1 && ratio < 1.063, "exp(\(drive))")
    }
    span = bounds.mutableSpan
    Elementary.logisticBounds(of: drives.span, threshold: 2, gain: -1, scale: 0.7, into: &span)
    for (drive, bound) in zip(drives, bounds) {
      let ratio = Double(bound) / (0.7 * Elementary.logistic(2 - drive))
      // Where the function saturates the bound may be 0.7 in single precision.
      #expect(ratio >= 1 - 1e-7 && ratio < 1.063, "logistic(\(drive))")
    }
    let extremes = [-1e9, -800, 800, 1e9, .infinity, -.infinity, .nan]
    var some = [Float](repeating: 0, count: extremes.count)
    var someSpan = some.mutableSpan
    Elementary.logisticBounds(of: extremes.span, into: &someSpan)
    #expect(some[0] >= 0 && some[0] < 1e-30 && some[2] == 1 && some[3] == 1)
    #expect(some[4] == 1 && some[5].isNaN && some[6].isNaN)
  }

  @Test func `infinite and undefined drives give the limits`() {
    for (drive, sigmoid, exponential) in [(-Double.infinity, 0.0, 0.0), (.infinity, 1, .infinity)] {
      #expect(batch(Sigmoid(), drive) == sigmoid && Sigmoid().rate(at: drive) == sigmoid)
      #expect(
        batch(Exponential(), drive) == exponential
          && Exponential().rate(at: drive) == exponential)
    }
    #expect(batch(Sigmoid(), .nan).isNaN && batch(Exponential(), .nan).isNaN)
    #expect(Rectifier().rate(at: .nan).isNaN)
  }

  @Test func `a nonlinearity with only a scalar function gets slope and batch`() {
    struct Square: Nonlinearity {
      func rate(at drive: Double) -> Double { drive * drive }
    }
    #expect(problems(with: Square()) == [])
    #expect(abs(Square().rateAndSlope(at: 3).slope - 6) < 1e-8)
  }

  private func batch(_ nonlinearity: some Nonlinearity, _ drive: Double) -> Double {
    var rates = [0.0]
    var span = rates.mutableSpan
    nonlinearity.rates(at: [drive].span, into: &span)
    return rates[0]
  }

  private func expectClose(_ value: Double, _ expected: Double, _ what: Comment) {
    #expect(
      abs(value - expected) <= 1e-14 * abs(expected) + Double.leastNonzeroMagnitude, what)
  }
}
