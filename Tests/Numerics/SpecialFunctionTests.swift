import Spiking
import SpikingTestCases
import Testing

@Suite struct SpecialFunctionTests {
  private struct Row: Decodable {
    let x: [Double]
    let exact: Double
  }
  private struct Table: Decodable { let rows: [Row] }

  private func expect(
    _ name: String, within tolerance: Double = 1e-12, _ function: ([Double]) -> Double
  ) throws {
    let tables = try golden("special_functions", as: [String: Lenient<Table>].self)
    let rows = try #require(tables[name]?.value).rows
    #expect(rows.count >= 8)
    for row in rows {
      let value = function(row.x)
      #expect(abs(value - row.exact) <= tolerance * max(abs(row.exact), 1e-300), "\(name)\(row.x)")
    }
  }

  @Test func `each equals scipy and mpmath`() throws {
    try expect("lgamma") { SpecialFunctions.logGamma($0[0]) }
    try expect("digamma") { SpecialFunctions.digamma($0[0]) }
    try expect("erf") { SpecialFunctions.errorFunction($0[0]) }
    try expect("erfc") { SpecialFunctions.complementaryErrorFunction($0[0]) }
    try expect("normalQuantile") { SpecialFunctions.normalQuantile($0[0]) }
    try expect("gammaP") { SpecialFunctions.regularizedGammaP($0[0], $0[1]) }
    try expect("gammaQ") { SpecialFunctions.regularizedGammaQ($0[0], $0[1]) }
    try expect("chiSquareSurvival") { SpecialFunctions.chiSquaredTail($0[1], degrees: $0[0]) }
    try expect("kolmogorovSurvival") { SpecialFunctions.kolmogorovTail($0[0]) }
  }

  @Test func `arguments outside a domain give NaN and never stop the program`() {
    #expect(SpecialFunctions.logGamma(0).isNaN)
    #expect(SpecialFunctions.digamma(-1).isNaN)
    #expect(SpecialFunctions.normalQuantile(1.5).isNaN)
    #expect(SpecialFunctions.regularizedGammaP(-1, 1).isNaN)
    #expect(SpecialFunctions.logFactorial(-1).isNaN)
    #expect(SpecialFunctions.kolmogorovTail(.nan).isNaN)
  }

  @Test func `Brent's method finds a minimum and says how`() throws {
    let minimum = try #require(
      BrentMinimizer().minimize({ ($0 - 0.3) * ($0 - 0.3) + 2 }, in: -4...5, from: 1))
    #expect(abs(minimum.position - 0.3) < 1e-6 && abs(minimum.value - 2) < 1e-12)
    #expect(minimum.hasConverged && minimum.iterations > 3)
    #expect(BrentMinimizer().minimize({ $0 }, in: 0...1, from: 0.5) == nil)
    let hasty = BrentMinimizer(maximumIterations: 2)
    #expect(hasty.minimize({ $0 * $0 }, in: -4...5, from: 1)?.hasConverged == false)
  }
}
