public import SpikingFramework

/// Delays that grow with the distance round a ring, at a constant velocity:
///
///     minimum + ⌊d / neuronsPerBin⌋,  d = min(|i − j|, N − |i − j|)
public struct RingDistanceDelays: DelayRule, Hashable {
  /// The delay at distance 0, in bins.
  public var minimum: Int
  /// How far a spike gets in a bin, in distances of neighbours.
  public var neuronsPerBin: Double

  /// Delays of one bin more for each `neuronsPerBin` neurons of distance.
  public init(minimum: Int = 1, neuronsPerBin: Double = 10) {
    self.minimum = minimum
    self.neuronsPerBin = neuronsPerBin
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("minimum", &minimum, in: .delay)
    visit("neuronsPerBin", &neuronsPerBin, in: .positive, unit: .neuronsPerBin)
  }

  public func delay(
    from source: Int, to target: Int, neurons: Int, using random: inout RandomStream
  ) -> Int {
    let offset = abs(source - target)
    return SpikingGenerators.delay(
      minimum: minimum, distance: Double(min(offset, neurons - offset)),
      distancePerBin: neuronsPerBin)
  }
}
