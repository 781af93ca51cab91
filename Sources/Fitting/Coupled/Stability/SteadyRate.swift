internal import SpikingFramework
internal import SpikingModels
internal import SpikingNumerics

/// A rate that keeps itself up: spikes that come at it make spikes at the same rate.
public struct SteadyRate: Codable, Hashable, Sendable {
  /// The rate in Hz.
  public let rate: Double
  /// Whether rates a little above or below return to it; from one that is not stable they move away, and
  /// above it activity feeds itself.
  public let isStable: Bool
}

extension MeanField {
  /// The highest rate that is looked at, in counts of a bin: 1000 Hz, or what the emission can do.
  var highestRate: Double { min(model.dt, model.maximumCount) }

  /// All steady rates of a neuron up to the highest, ascending, while the others fire at theirs.
  ///
  /// Two of them that differ by less than a tenth may be missed.
  func steadyRates(of neuron: Int, input: Double) -> [SteadyRate] {
    func excess(_ rate: Double) -> Double {
      self.rate(of: neuron, own: rate, input: input) - rate
    }
    let points = 150
    // From a millionth of the highest on.
    let grid =
      [0]
      + (1...points).map {
        highestRate * Elementary.exponential(13.8 * (Double($0) / Double(points) - 1))
      }
    var steady: [SteadyRate] = []
    var lower = excess(0)
    for (start, end) in zip(grid, grid.dropFirst()) {
      let upper = excess(end)
      if (lower < 0) != (upper < 0) {
        let root = BrentRootFinder(tolerance: 1e-9).root(of: excess, in: start...end)
        steady.append(
          SteadyRate(rate: (root?.position ?? end) / model.dt * 1000, isStable: upper < 0))
      }
      lower = upper
    }
    return steady
  }

  /// Where the rates of all neurons come to rest from given ones; nil where one of them rises above the
  /// highest.
  ///
  /// - Complexity: O(neurons² + neurons · window) for each of up to 300 steps.
  func settled(from rates: [Double]) -> [Double]? {
    var rates = rates
    for _ in 0..<300 {
      let inputs = inputs(at: rates)
      var change = 0.0
      for neuron in rates.indices {
        let next = rate(of: neuron, own: rates[neuron], input: inputs[neuron])
        // Half of the way, so that inhibition does not make it swing.
        let step = (next - rates[neuron]) / 2
        rates[neuron] += step
        change = max(change, abs(step) / max(rates[neuron], 1e-9 * highestRate))
        if !(rates[neuron] <= highestRate) { return nil }
      }
      if change < 1e-6 { break }
    }
    return rates
  }
}

extension SteadyRate: CustomStringConvertible {
  /// "8.2 Hz, stable".
  public var description: String {
    "\(brief(rate, digits: 2)) Hz, \(isStable ? "stable" : "unstable")"
  }
}
