public import SpikingFramework

/// Delays that grow with the distance on a torus, at a constant velocity:
///
///     minimum + ⌊d / neuronsPerBin⌋,  d² = Δx² + Δy²
///
/// where neurons stand as in `TorusDistanceGenerator`.
public struct TorusDistanceDelays: DelayRule, Hashable {
  /// The delay at distance 0, in bins.
  public var minimum: Int
  /// How far a spike gets in a bin, in distances of neighbours.
  public var neuronsPerBin: Double

  /// Delays of one bin more for each `neuronsPerBin` neurons of distance.
  public init(minimum: Int = 1, neuronsPerBin: Double = 2) {
    self.minimum = minimum
    self.neuronsPerBin = neuronsPerBin
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("minimum", &minimum, in: .delay)
    visit("neuronsPerBin", &neuronsPerBin, in: .positive, unit: .neuronsPerBin)
  }

  public func validate(neurons: Int) throws(SpikingError) {
    _ = try Torus(neurons: neurons, of: Self.self)
  }

  public func delay(
    from source: Int, to target: Int, neurons: Int, using random: inout RandomStream
  ) -> Int {
    let square = Torus(squareOf: neurons).squaredDistance(source, target)
    return SpikingGenerators.delay(
      minimum: minimum, distance: Double(square).squareRoot(), distancePerBin: neuronsPerBin)
  }
}
