internal import Foundation
internal import SpikingFramework

/// Where an axis has ticks, and what is written beside them.
struct AxisTicks {
  /// A tick: where, and its text.
  struct Tick {
    let value: Double
    let text: String
  }

  let ticks: [Tick]

  /// The size of the texts in pixels.
  static let fontSize = PlotLayout.smallFontSize

  /// About five ticks.
  init(_ axis: Axis) { self.init(axis, count: 5) }

  /// About five ticks, fewer where their texts, side by side on `length` pixels, would meet.
  init(_ axis: Axis, length: Double) {
    let candidates = stride(from: 5, through: 1, by: -1).lazy.map { AxisTicks(axis, count: $0) }
    self = candidates.first { $0.haveRoom(on: axis, length: length) } ?? .none
  }

  /// None.
  static let none = AxisTicks(ticks: [])

  private init(ticks: [Tick]) { self.ticks = ticks }

  private init(_ axis: Axis, count: Int) {
    let decades = axis.isLogarithmic ? axis.decades(atMost: count + 2) : []
    ticks =
      decades.count > 1
      ? decades.map { Tick(value: pow(10, Double($0)), text: powerOfTen($0)) }
      : Self.linear(axis, count: count)
  }

  /// The width of the widest text.
  var width: Double {
    ticks.map { TextMetrics.width($0.text, size: Self.fontSize) }.max() ?? 0
  }

  private func haveRoom(on axis: Axis, length: Double) -> Bool {
    let spans = ticks.map { tick in
      let middle = axis.fraction(of: tick.value) * length
      let half = TextMetrics.width(tick.text, size: Self.fontSize) / 2
      return (left: middle - half, right: middle + half)
    }.sorted { $0.left < $1.left }
    return zip(spans, spans.dropFirst()).allSatisfy { $0.right + 18 <= $1.left }
  }

  /// Multiples of a round number. A logarithmic axis within a decade is nearly linear.
  private static func linear(_ axis: Axis, count: Int) -> [Tick] {
    let step = axis.tickStep(count: count)
    let first = (axis.range.lowerBound / step - 1e-9).rounded(.up)
    let last = (axis.range.upperBound / step + 1e-9).rounded(.down)
    guard first <= last, last - first < 100 else { return [] }
    let values = stride(from: first, through: last, by: 1).map { $0 * step }
    let largest = values.map(\.magnitude).max() ?? 0
    return values.map { Tick(value: $0, text: text($0, step: step, largest: largest)) }
  }

  /// A number as exact as the step asks for: "0.25", "20 000", and beyond a million or below a
  /// thousandth "2.5×10⁶", unless that takes many digits.
  private static func text(_ value: Double, step: Double, largest: Double) -> String {
    func decimals(_ step: Double) -> Int {
      min(max(0, Int(saturating: (-log10(step) - 1e-9).rounded(.up))), 340)
    }
    if value == 0, largest < 1e-3 || largest >= 1e6 { return "0" }
    let minus = value < 0 ? "−" : ""
    if largest >= 1e6 || largest < 1e-3 {
      let exponent = Int((log10(largest) + 1e-9).rounded(.down))
      let unit = pow(10, Double(exponent))
      let digits = decimals(step / unit)
      if digits <= 3 || largest >= 1e15 {
        let mantissa = String(format: "%.\(digits)f", (value / unit).magnitude)
        return "\(minus)\(mantissa)×\(powerOfTen(exponent))"
      }
    }
    let digits = String(format: "%.\(decimals(step))f", value.magnitude)
    guard largest >= 10_000, let whole = Int(digits.prefix { $0 != "." }) else {
      return minus + digits
    }
    return minus + grouped(whole) + digits.drop { $0 != "." }
  }
}
