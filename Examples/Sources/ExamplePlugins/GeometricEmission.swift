import Foundation
import Spiking

/// Geometric counts of mean μ: P(n) = μⁿ / (1 + μ)ⁿ⁺¹.
public struct GeometricEmission: Emission {
  public init() {}

  public func sample(mean: Double, using random: inout RandomStream) -> Int {
    // The first n at which the distribution function exceeds a uniform number.
    mean > 0 ? Int(log(1 - random.uniform()) / log(mean / (1 + mean))) : 0
  }

  public func variance(mean: Double) -> Double { mean + mean * mean }

  public func logLikelihood(of count: Int, mean: Double) -> Double {
    guard mean > 0 else { return count == 0 ? 0 : -.infinity }
    return Double(count) * log(mean) - Double(count + 1) * log1p(mean)
  }

  public func score(of count: Int, mean: Double) -> Double {
    Double(count) / mean - Double(count + 1) / (1 + mean)
  }
}
