internal import Foundation
internal import SpikingFramework

extension Stability: CustomStringConvertible {
  /// "linear response +0.71; a second, unstable rate at 310 Hz".
  public var description: String {
    ([Self.signed(linearResponse)] + (steadyRates.count == 1 ? ofOneNeuron : ofNetwork))
      .joined(separator: "; ")
  }

  private static func signed(_ response: Double) -> String {
    String(format: "linear response %+.2f", response).replacing("-", with: "−")
  }

  private var ofOneNeuron: [String] {
    guard let unstable = steadyRates[0].first(where: { !$0.isStable }) else {
      return steadyRates[0].isEmpty ? ["no rate keeps itself up"] : []
    }
    let above = steadyRates[0].first { $0.rate > unstable.rate }
    return [
      (steadyRates[0][0].isStable ? "a second, unstable rate" : "an unstable rate")
        + " at \(Self.hertz(unstable.rate))"
        + (above.map { ", a stable one at \(Self.hertz($0.rate))" } ?? "")
    ]
  }

  private var ofNetwork: [String] {
    let unstable = steadyRates.enumerated().compactMap { neuron, rates in
      rates.first { !$0.isStable }.map { (neuron: neuron, rate: $0.rate) }
    }
    var parts: [String] = []
    if let lowest = unstable.min(by: { $0.rate < $1.rate }) {
      parts.append(
        "\(unstable.count) of \(steadyRates.count) neurons have an unstable rate, the lowest "
          + "\(Self.hertz(lowest.rate)) (neuron \(lowest.neuron))")
    }
    let unbounded = steadyRates.count { $0.isEmpty }
    if unbounded > 0 { parts.append("\(unbounded) neurons have no steady rate") }
    if let escapeFactor {
      parts.append(
        escapeFactor.isFinite
          ? "together they feed themselves from \(Self.rounded(escapeFactor)) times the recorded rates on"
          : "together they have no steady rates")
    }
    return parts
  }

  private static func hertz(_ rate: Double) -> String { "\(rounded(rate)) Hz" }

  /// To a tenth below 10.
  private static func rounded(_ value: Double) -> String {
    value < 10 ? "\((10 * value).rounded() / 10)" : "\(Int(saturating: value.rounded()))"
  }
}
