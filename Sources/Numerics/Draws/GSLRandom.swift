internal import CGSL
public import SpikingFramework

/// GSL's distributions, drawn from a `RandomStream`.
///
/// GSL takes its random numbers through a `gsl_rng_type`; ours is backed by the counter-based
/// stream, so that these draws are as reproducible as all others. Nothing is allocated for a draw.
extension RandomStream {
  /// True with the given probability (`gsl_ran_bernoulli`); outside 0…1 as at the nearer end.
  public mutating func bernoulli(_ probability: Double) -> Bool {
    withGSL { gsl_ran_bernoulli($0, probability) } == 1
  }

  /// A Poisson count (`gsl_ran_poisson`) of a mean from 0 to 10⁹.
  public mutating func poisson(mean: Double) -> Int {
    precondition(0...1e9 ~= mean, "the mean of a Poisson draw lies outside 0...1e9")
    return Int(withGSL { gsl_ran_poisson($0, mean) })
  }

  /// A normal number (`gsl_ran_gaussian_ziggurat`).
  public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    mean + withGSL { gsl_ran_gaussian_ziggurat($0, standardDeviation) }
  }

  /// A normal number under the condition that it lies above `lower`.
  ///
  /// Below a standard deviation above the mean by drawing again; further up by Marsaglia's tail
  /// method (1964), which GSL uses too, but for the excess over `lower` itself: no digits of it are
  /// lost where the tail is far out.
  public mutating func normal(
    mean: Double, standardDeviation: Double, above lower: Double
  ) -> Double {
    precondition(standardDeviation > 0, "a normal distribution needs a standard deviation")
    let threshold = (lower - mean) / standardDeviation
    guard threshold > 1 else {
      while true {
        let value = normal(mean: mean, standardDeviation: standardDeviation)
        if value > lower { return value }
      }
    }
    while true {
      let energy = exponential(mean: 1)
      let excess = 2 * energy / (threshold + (threshold * threshold + 2 * energy).squareRoot())
      if uniform() * (threshold + excess) <= threshold {
        return lower + standardDeviation * excess
      }
    }
  }

  /// A number of the half-open interval `lower..<upper` (`gsl_ran_flat`).
  public mutating func flat(_ lower: Double, _ upper: Double) -> Double {
    withGSL { gsl_ran_flat($0, lower, upper) }
  }

  /// An exponential waiting time (`gsl_ran_exponential`).
  public mutating func exponential(mean: Double) -> Double {
    withGSL { gsl_ran_exponential($0, mean) }
  }

  /// A number of the gamma distribution (`gsl_ran_gamma`), whose mean is `shape · scale` and whose
  /// variance is `shape · scale²`; both are positive.
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    withGSL { gsl_ran_gamma($0, shape, scale) }
  }

  /// A count of the logarithmic distribution (`gsl_ran_logarithmic`), P(x) = −pˣ / (x ln(1 − p)) for
  /// x ≥ 1.
  ///
  /// - Parameter p: from 0, where the count is 1, to 1 − 1e-8: beyond, counts leave GSL's 32 bits.
  public mutating func logarithmic(_ p: Double) -> Int {
    precondition(0...0.99999999 ~= p, "the parameter of a logarithmic draw lies outside 0..<1")
    return Int(withGSL { gsl_ran_logarithmic($0, p) })
  }

  /// `count` different numbers below `limit`, ascending (`gsl_ran_choose`).
  public mutating func choose(_ count: Int, below limit: Int) -> [Int] {
    precondition(0...limit ~= count)
    var chosen = [Int](repeating: 0, count: count)
    var all = Array(0..<limit)
    _ = withGSL {
      gsl_ran_choose($0, &chosen, count, &all, limit, MemoryLayout<Int>.stride)
    }
    return chosen
  }

  private mutating func withGSL<Result>(_ body: (UnsafePointer<gsl_rng>) -> Result) -> Result {
    withUnsafeMutablePointer(to: &self) { stream in
      var generator = gsl_rng(
        type: StreamGenerator.type.pointer, state: UnsafeMutableRawPointer(stream))
      return body(&generator)
    }
  }
}

/// `RandomStream` as a type of generator that GSL knows.
private enum StreamGenerator {
  /// A pointer that is written once, before anyone can read it, and never freed.
  struct TypePointer: @unchecked Sendable {
    let pointer: UnsafePointer<gsl_rng_type>
  }

  static let type: TypePointer = {
    ErrorHandling.turnOff()
    let pointer = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    pointer.initialize(
      to: gsl_rng_type(
        name: spiking_gsl_stream_name(), max: UInt(UInt32.max), min: 0,
        size: MemoryLayout<RandomStream>.size,
        set: { state, seed in
          guard let state else { return }
          state.bindMemory(to: RandomStream.self, capacity: 1).initialize(
            to: RandomSource(seed: UInt64(seed)).stream())
        },
        get: { state in UInt(stream(state).pointee.next32()) },
        get_double: { state in stream(state).pointee.uniform() }))
    return TypePointer(pointer: UnsafePointer(pointer))
  }()

  private static func stream(
    _ state: UnsafeMutableRawPointer?
  ) -> UnsafeMutablePointer<RandomStream> {
    // GSL hands back the state that it was given, and never calls without one.
    state.unsafelyUnwrapped.assumingMemoryBound(to: RandomStream.self)
  }
}
