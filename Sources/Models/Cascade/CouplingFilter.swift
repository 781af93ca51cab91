internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// The filter of the synapses in the form in which it is computed: by recursion where it has one, else
/// tap by tap.
enum CouplingFilter {
  /// One exponential, which nearly all models have: a kernel of its own.
  case exponential(Term)
  /// Several terms that are added up.
  case sum([Term])
  /// A weight for each lag.
  case taps([Double])

  /// A recursion and what its kernel needs.
  struct Term {
    let recursion: ExponentialRecursion
    /// ρᵀ; where less is left of an input than its own rounding, 0: it is forgotten by itself.
    let tail: Double
    /// How many bins before the present one are read.
    var rows: Int { tail == 0 ? 1 : (recursion.window ?? 0) }

    /// Of a recursion that decays no tap is larger than the first; of another one they tell themselves.
    var fault: String? {
      if 0...1 ~= recursion.decay, abs(recursion.gain) < 1e300 { return nil }
      return CouplingFilter.fault(ExponentialRecursion.taps([recursion]))
    }

    init(_ recursion: ExponentialRecursion) {
      self.recursion = recursion
      tail = recursion.window.map { CouplingFilter.power(recursion.decay, $0) } ?? 0
    }
  }

  init(_ filter: some TemporalFilter, dt: Double) {
    // A window of no bins is no filter.
    let terms = filter.recursions(dt: dt).filter { $0.window != 0 }.map(Term.init)
    switch terms.count {
    case 0: self = .taps(filter.taps(dt: dt))
    case 1 where !terms[0].recursion.isRamped: self = .exponential(terms[0])
    default: self = .sum(terms)
    }
  }

  /// The first value that is not a number, in words; nil where all are numbers.
  var fault: String? {
    switch self {
    case .exponential(let term): term.fault
    case .sum(let terms): terms.lazy.compactMap(\.fault).first
    case .taps(let taps): Self.fault(taps)
    }
  }

  private static func fault(_ taps: [Double]) -> String? {
    taps.firstIndex { !$0.isFinite }.map { "\(taps[$0]) at lag \($0 + 1)" }
  }

  /// How many bins before the present one are read.
  var rows: Int {
    switch self {
    case .exponential(let term): term.rows
    case .sum(let terms): terms.map(\.rows).max() ?? 0
    case .taps(let taps): taps.count
    }
  }

  /// How many numbers are kept for each neuron from bin to bin.
  var stateCount: Int {
    switch self {
    case .exponential: 1
    case .sum(let terms): terms.reduce(0) { $0 + ($1.recursion.isRamped ? 2 : 1) }
    case .taps: 0
    }
  }

  /// `base`ⁿ, or 0 where that is below half the last bit of 1.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent {
      result *= base
      if result < 0x1p-54 { return 0 }
    }
    return result
  }
}
