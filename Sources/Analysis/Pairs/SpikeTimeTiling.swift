public import SpikingFramework

/// The spike time tiling coefficient: how much more often spikes of one neuron lie near spikes of the other than they would if
/// they did not know of each other, whatever the rates.
///
///     STTC = ½ [(P_A − T_B) / (1 − P_A T_B) + (P_B − T_A) / (1 − P_B T_A)]
///
/// T is the part of the time that lies within ±Δt of a neuron's spikes, P the part of a neuron's spikes that lie within ±Δt of
/// spikes of the other. A part with P T = 1 is 1. Undefined where a neuron has no spikes.
/// (Cutts and Eglen 2014, J Neurosci 34:14288.)
public struct SpikeTimeTiling: PairMeasure, Hashable {
  /// Δt in ms.
  public var window = 5.0

  public static let matrixName = "sttc"
  public static let quantity = "Spike time tiling coefficient"

  /// Spikes that lie within `window` ms of each other are near.
  public init(window: Double = 5) { self.window = window }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("window", &window, in: .positive, unit: .milliseconds)
  }

  /// - Complexity: O(spikes of both).
  public func value(of pair: TrainPair) -> Double {
    let (first, second, duration) = (pair.firstCount, pair.secondCount, pair.duration)
    guard first > 0, second > 0, duration > 0 else { return .nan }
    func sum(_ part: (TrainPair.Stretch) -> Double) -> Double {
      pair.stretches.reduce(0) { $0 + part($1) }
    }
    func half(_ near: Double, _ tiled: Double) -> Double {
      near * tiled == 1 ? 1 : (near - tiled) / (1 - near * tiled)
    }
    let firstNear = sum { Double(near($0.first, $0.second)) } / Double(first)
    let secondNear = sum { Double(near($0.second, $0.first)) } / Double(second)
    let firstTiled = sum { tiled($0.first, in: $0.window) } / duration
    let secondTiled = sum { tiled($0.second, in: $0.window) } / duration
    return 0.5 * (half(firstNear, secondTiled) + half(secondNear, firstTiled))
  }

  /// How many spikes lie near one of others.
  private func near(_ spikes: ArraySlice<Double>, _ others: ArraySlice<Double>) -> Int {
    var (count, next) = (0, others.startIndex)
    for time in spikes {
      while next < others.endIndex, others[next] < time - window { next += 1 }
      if next < others.endIndex, others[next] <= time + window { count += 1 }
    }
    return count
  }

  /// How much of the time lies near spikes, in ms.
  private func tiled(_ spikes: ArraySlice<Double>, in whole: ClosedRange<Double>) -> Double {
    var (length, end) = (0.0, whole.lowerBound)
    for time in spikes {
      let (from, to) = (max(time - window, end), min(time + window, whole.upperBound))
      if to > from { length += to - from }
      end = max(end, to)
    }
    return length
  }
}
