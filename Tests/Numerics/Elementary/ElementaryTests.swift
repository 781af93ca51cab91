import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The elementary functions against mpmath, against the C library's, and where they are exact; over
/// spans and one at a time against each other.
@Suite struct ElementaryTests {
  /// A function over spans and one at a time, how far it may lie from the correctly rounded value in
  /// units in the last place, the same from the C library, and arguments that cover its range.
  struct Function: Sendable, CustomStringConvertible {
    let description: String
    let allowance: Double
    let single: @Sendable (Double) -> Double
    let library: @Sendable (Double) -> Double
    let batch: @Sendable (Span<Double>, inout MutableSpan<Double>) -> Void
    let arguments: [Double]

    func values(at x: [Double]) -> [Double] {
      var y = [Double](repeating: .nan, count: x.count)
      var span = y.mutableSpan
      batch(x.span, &span)
      return y
    }
  }

  static let functions = [
    Function(
      description: "exponential", allowance: 1, single: Elementary.exponential,
      library: { exp($0) },
      batch: { Elementary.exponentials(of: $0, into: &$1) },
      arguments: grid(-745, 709.7, 0.0137) + grid(-1, 1, 1e-4)),
    Function(
      description: "expm1", allowance: 1.2, single: Elementary.expm1,
      library: { Foundation.expm1($0) },
      batch: { Elementary.expm1s(of: $0, into: &$1) },
      arguments: grid(-45, 709.7, 0.0137) + grid(-1.5, 1.5, 1e-4) + signed(magnitudes(1e-307, 1))),
    Function(
      description: "logarithm", allowance: 1, single: Elementary.logarithm,
      library: { log($0) },
      batch: { Elementary.logarithms(of: $0, into: &$1) },
      arguments: grid(0.4, 2.5, 1e-4) + magnitudes(.leastNonzeroMagnitude, 1.7e308)),
    Function(
      description: "log1p", allowance: 1, single: Elementary.log1p,
      library: { Foundation.log1p($0) },
      batch: { Elementary.log(onePlus: $0, into: &$1) },
      arguments: grid(-0.9999, 2, 1e-4) + signed(magnitudes(1e-307, 0.9))
        + magnitudes(1, 1.7e308) + magnitudes(1.2e-16, 1).map { $0 - 1 }),
    Function(
      description: "logistic", allowance: 2.3, single: Elementary.logistic,
      library: { $0 > 0 ? 1 / (1 + exp(-$0)) : exp($0) / (1 + exp($0)) },
      batch: { Elementary.logistics(of: $0, into: &$1) },
      arguments: grid(-708, 708, 0.0137) + grid(-40, 40, 1e-3)),
    Function(
      description: "softplus", allowance: 1.7, single: Elementary.softplus,
      library: { max($0, 0) + Foundation.log1p(exp(-abs($0))) },
      batch: { Elementary.softpluses(of: $0, into: &$1) },
      arguments: grid(-745, 745, 0.0137) + grid(-40, 40, 1e-3)),
  ]

  /// The single form is the kernel's reference in Swift, which never fuses two operations: equality
  /// to the last bit shows that no instruction set does. Lengths that leave remainders of vectors.
  @Test(arguments: functions)
  func `spans and single values have the same bits`(function: Function) {
    var arguments = function.arguments + Self.special + Self.random
    while arguments.count % 8 != 7 { arguments.append(0.3) }
    let differing = zip(arguments, function.values(at: arguments)).filter { x, y in
      let single = function.single(x)
      return y.bitPattern != single.bitPattern && !(y.isNaN && single.isNaN)
    }
    #expect(differing.isEmpty, "\(function) at \(differing.prefix(5).map(\.0))")
  }

  /// The C library's functions lie within 1 unit of the exact value themselves; what is put together
  /// of them, the logistic and the softplus, within 2.
  @Test(arguments: functions)
  func `values equal the C library's, to the units in the last place of both`(function: Function) {
    let differing = function.arguments.filter { x in
      let expected = function.library(x)
      return !(abs(function.single(x) - expected) <= (function.allowance + 2) * expected.ulp)
    }
    #expect(differing.isEmpty, "\(function) at \(differing.prefix(5))")
  }

  @Test func `values equal those computed to hundreds of digits`() throws {
    struct Row: Decodable { let x, exact: Double }
    struct Table: Decodable {
      let exponential, expm1, logarithm, log1p, logistic, softplus: [Row]
    }
    let table = try golden("elementary", as: Table.self)
    let columns = [
      table.exponential, table.expm1, table.logarithm, table.log1p, table.logistic, table.softplus,
    ]
    for (function, rows) in zip(Self.functions, columns) {
      for (row, y) in zip(rows, function.values(at: rows.map(\.x))) {
        // The table itself is rounded, by at most half a unit.
        let error = abs(y - row.exact) / row.exact.ulp
        #expect(error <= function.allowance + 0.5, "\(function)(\(row.x))")
      }
    }
  }

  /// Each argument in its own place of a vector, and in the remainder after the last whole one.
  @Test(arguments: functions)
  func `zero, infinity, NaN and what lies outside the domain are exact`(function: Function) {
    let arguments = Self.special + Self.special + Self.special + [1, 2, 3]
    for (x, y) in zip(arguments, function.values(at: arguments)) {
      let expected = function.library(x)
      if expected.isNaN {
        #expect(y.isNaN, "\(function)(\(x))")
      } else if expected == 0 || expected.isInfinite {
        #expect(y == expected && y.sign == expected.sign, "\(function)(\(x))")
      } else {
        #expect(abs(y - expected) <= 3 * expected.ulp, "\(function)(\(x))")
      }
    }
  }

  @Test func `limits are reached`() {
    let negative = -Double.infinity
    func values(_ index: Int, _ x: [Double]) -> [Double] { Self.functions[index].values(at: x) }
    #expect(values(0, [negative, -746, 0, 710, .infinity]) == [0, 0, 1, .infinity, .infinity])
    #expect(values(1, [negative, -50, 0, 710, .infinity]) == [-1, -1, 0, .infinity, .infinity])
    #expect(values(2, [0, -0.0, 1, .infinity]) == [negative, negative, 0, .infinity])
    #expect(values(3, [-1, 0, .infinity]) == [negative, 0, .infinity])
    #expect(values(4, [negative, -746, 0, 40, .infinity]) == [0, 0, 0.5, 1, 1])
    #expect(values(5, [negative, -746, 40, .infinity]) == [0, 0, 40, .infinity])
    #expect(values(2, [-1])[0].isNaN && values(3, [-1.5])[0].isNaN)
  }

  @Test func `a tiny argument comes back from expm1 and log1p`() {
    let tiny = Self.signed(Self.magnitudes(.leastNonzeroMagnitude, 1e-17)) + [0, -0.0]
    for function in [Self.functions[1], Self.functions[3]] {
      let values = function.values(at: tiny)
      #expect(values == tiny && zip(values, tiny).allSatisfy { $0.sign == $1.sign })
    }
  }

  @Test func `threshold, gain and scale of the softplus`() {
    let x = Self.grid(-20, 20, 0.037)
    var y = [Double](repeating: 0, count: x.count)
    var span = y.mutableSpan
    Elementary.softpluses(of: x.span, threshold: 1.3, gain: -2, scale: 0.3, into: &span)
    for (x, y) in zip(x, y) {
      let expected = 0.3 * Elementary.softplus(-2 * (x - 1.3))
      #expect(abs(y - expected) <= 4 * expected.ulp, "at \(x)")
    }
  }

  @Test func `bounds of the softplus lie above it, and not by much`() {
    let x = Self.grid(-85, 85, 0.00137) + Self.magnitudes(1, 1e30)
    var bounds = [Float](repeating: 0, count: x.count)
    var span = bounds.mutableSpan
    Elementary.softplusBounds(of: x.span, threshold: 2, scale: 0.7, into: &span)
    for (x, bound) in zip(x, bounds) {
      let ratio = Double(bound) / (0.7 * Elementary.softplus(x - 2))
      #expect(ratio >= 1 - 1e-6 && ratio < 1.064, "softplus(\(x) - 2)")
    }
  }

  @Test func `far below, bounds stay above what they bound; NaN stays`() {
    let x = Self.grid(-745, -80, 0.37) + [.nan]
    for (bound, function): (Batch32, Function) in [
      ({ Elementary.exponentialBounds(of: $0, into: &$1) }, Self.functions[0]),
      ({ Elementary.logisticBounds(of: $0, into: &$1) }, Self.functions[4]),
      ({ Elementary.softplusBounds(of: $0, into: &$1) }, Self.functions[5]),
    ] {
      var bounds = [Float](repeating: -1, count: x.count)
      var span = bounds.mutableSpan
      bound(x.span, &span)
      #expect(bounds[x.count - 1].isNaN, "\(function)")
      for (x, bound) in zip(x, bounds).dropLast() {
        let value = function.single(x)
        #expect(
          Double(bound) >= value && Double(bound) < 1.1 * value + 1.3e-38, "\(function)(\(x))")
      }
    }
  }

  /// Zeros, denormals, infinities, and both sides of what ends a function's range or domain.
  private static let special: [Double] = {
    let ends = [
      1, 709.782712893384, 710, 745.1332191019412, 746, 747, 1e300, .greatestFiniteMagnitude,
      .leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p-53, 0x1p-54, 36.7, 40, 708.4, 0.5, 2,
      0.34657359027997264, 1.0397207708399179, .infinity, 0,
    ]
    return ends.flatMap { [$0, -$0, $0.nextUp, $0.nextDown, -$0.nextUp, -$0.nextDown] } + [.nan]
  }()

  /// Any bits at all.
  private static let random: [Double] = {
    var stream = RandomSource(seed: 20).stream()
    return (0..<100_000).map { _ in Double(bitPattern: stream.next()) }
  }()

  typealias Batch32 = (Span<Double>, inout MutableSpan<Float>) -> Void

  private static func grid(_ from: Double, _ through: Double, _ step: Double) -> [Double] {
    stride(from: from, through: through, by: step).map { $0 }
  }

  /// A geometric series.
  private static func magnitudes(_ from: Double, _ through: Double) -> [Double] {
    Array(sequence(first: from) { max($0 * 1.0173, $0.nextUp) }.prefix { $0 <= through })
  }

  private static func signed(_ x: [Double]) -> [Double] { x + x.map { -$0 } }
}
