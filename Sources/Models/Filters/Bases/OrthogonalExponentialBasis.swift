public import SpikingFramework
internal import SpikingNumerics

/// Exponential decays, made orthogonal to each other: sums of synaptic and membrane time constants,
/// whose weights a fit can tell apart.
///
///     E_j(lag) = e^{−lag/τ_j},  E = Q R (thin QR, diagonal of R positive),  b_j = column j of Q
///
/// The first function is the first decay, scaled to Σ b² = 1; each further one is what its decay adds
/// to those before. Decay times are in bins. NeMoS orthogonalises by singular vectors instead, which
/// span the same space, and takes its rates over a window of length 1.
public struct OrthogonalExponentialBasis: Basis, Hashable {
  public var window: Int
  /// τ_j, the time in bins in which each decay falls to 1/e; no two may be equal.
  public var decayTimes: [Double]

  public var count: Int { decayTimes.count }

  /// Decays of these times, in bins, over `window` bins.
  public init(decayTimes: [Double], window: Int) {
    self.decayTimes = decayTimes
    self.window = window
  }

  /// `count` decays with times from 1 bin to half of the window, in constant ratio.
  public init(count: Int, window: Int) {
    let ratio = Elementary.logarithm(Double(window) / 2) / Double(max(1, count - 1))
    self.init(
      decayTimes: (0..<max(0, count)).map { Elementary.exponential(ratio * Double($0)) },
      window: window)
  }

  public func resized(count: Int, window: Int) -> Self { Self(count: count, window: window) }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("window", &window, in: .basisWindow())
    visit("decayTimes", &decayTimes, in: .positive, unit: .bins)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard (1...min(window, 1000)).contains(count) else {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).decayTimes", found: "\(count) times",
        expected: "1 to \(min(window, 1000)), no more than there are lags")
    }
    // What a decay adds to those before it must stand clear of rounding, 1e-16 of its norm.
    let factors = try factorization()
    for (time, column) in zip(decayTimes, 0..<count)
    where factors.diagonal[column] < 1e-12 * factors.norms[column] {
      throw SpikingError(
        .invalidParameter, "\(Self.typeName).decayTimes.\(column)", found: time,
        expected: "a decay that those before it do not already make: fewer, or further apart")
    }
  }

  public func functions() -> [[Double]] {
    guard let orthogonal = try? factorization().orthogonal else { return [] }
    return (0..<window).map { lag in (0..<count).map { orthogonal[$0 * window + lag] } }
  }

  private func factorization() throws(SpikingError) -> QRFactorization {
    let columns = decayTimes.flatMap { time in
      (0..<window).map { Elementary.exponential(-Double($0) / time) }
    }
    return try QRFactorization(ofColumns: columns, rows: window)
  }
}
