internal import SpikingFramework
internal import SpikingNumerics

extension RateSearch {
  /// The rate that a solver receives for networks that run away.
  private static var highestRate: Double { 1e4 }

  mutating func root(
    from start: Double, to tolerance: Double, isRough: Bool
  ) async throws -> [Double] {
    let domain = parameters.domains[0]
    let scale = domain.scale(at: start)
    let bracket = try await bracket(from: start, step: (isRough ? 0.1 : 0.01) * scale, in: domain)
    let limit = max(tuner.maximumRuns - runs, 1)
    let target = tuner.targetRate
    let root = try await solve { (value: Double) in
      min(try await rate(at: [value]).rate, Self.highestRate) - target
    } with: { function in
      BrentRootFinder(tolerance: 1e-6, maximumIterations: limit).root(of: function, in: bracket) {
        abs($0) <= tolerance
      }
    }
    return [root?.position ?? start]
  }

  /// Two values of the parameter between which the rate passes the target.
  private mutating func bracket(
    from start: Double, step: Double, in domain: ParameterDomain
  ) async throws -> ClosedRange<Double> {
    let sign = try await rate(at: [start]).rate < tuner.targetRate
    // The last value on either side that is like the start, below and above it.
    var inner = [start, start]
    var isOpen = [true, true]
    var distance = step
    while isOpen.contains(true), runs < tuner.maximumRuns {
      for side in 0...1 where isOpen[side] {
        let wanted = start + (side == 0 ? -distance : distance)
        let value = domain.nearest(to: wanted)
        isOpen[side] = value == wanted && abs(distance) < 1e12
        if value == inner[side] { continue }
        guard allows([value]) else {
          isOpen[side] = false
          continue
        }
        if try await (rate(at: [value]).rate < tuner.targetRate) != sign {
          return min(inner[side], value)...max(inner[side], value)
        }
        inner[side] = value
      }
      distance *= 2
    }
    let rates = try await [rate(at: [inner[0]]).rate, rate(at: [inner[1]]).rate]
    throw SpikingError(
      .invalidParameter, parameters.names[0],
      found: "\(Float(rates[0])) Hz at \(inner[0]), \(Float(rates[1])) Hz at \(inner[1])",
      expected: "the target of \(tuner.targetRate) Hz between the two")
  }

  mutating func minimum(
    from start: [Double], to tolerance: Double, isRough: Bool
  ) async throws -> [Double] {
    // Where small steps find nothing, larger ones may.
    var found = start
    for fraction in isRough ? [0.2, 2] : [0.02, 0.2, 2] {
      found = try await minimum(from: start, to: tolerance, firstSteps: fraction)
      if abs(try await rate(at: found).rate - tuner.targetRate) <= tolerance { break }
    }
    return found
  }

  private mutating func minimum(
    from start: [Double], to tolerance: Double, firstSteps fraction: Double
  ) async throws -> [Double] {
    let domains = parameters.domains
    let sizes = zip(start, domains).map { fraction * $1.scale(at: $0) }
    let limit = max(tuner.maximumRuns - runs, 1)
    let target = tuner.targetRate
    let accepted = tolerance / target * (tolerance / target)
    // The search counts in first steps from the start, whatever the sizes of the parameters are.
    func inside(_ offsets: [Double]) -> [Double] {
      offsets.indices.map { domains[$0].nearest(to: start[$0] + sizes[$0] * offsets[$0]) }
    }
    let minimum = try await solve { (offsets: [Double]) in
      // Beyond a bound the distance from it counts, so that the search turns back.
      let inside = inside(offsets)
      let outside = offsets.indices.reduce(0) { sum, index in
        let distance = (start[index] - inside[index]) / sizes[index] + offsets[index]
        return sum + distance * distance
      }
      guard allows(inside) else { return 1e6 + outside }
      let deviation = min(try await rate(at: inside).rate, Self.highestRate) / target - 1
      return deviation * deviation + outside
    } with: { function in
      let origin = [Double](repeating: 0, count: start.count)
      let step = [Double](repeating: 1, count: start.count)
      return SimplexMinimizer(tolerance: 1e-5, maximumIterations: limit).minimize(
        function, from: origin, steps: step
      ) { $0 <= accepted }
    }
    return minimum.map { inside($0.position) } ?? start
  }
}

extension ParameterDomain {
  /// The size of a change that can matter: the width of a narrow domain, else 1.
  private var typicalSize: Double { min(upper - lower, 1) }

  /// The size of a parameter: its own, as long as it is not 0.
  fileprivate func scale(at value: Double) -> Double { value == 0 ? typicalSize : abs(value) }

  /// The value of the domain nearest to another; beside an open end a millionth of its size inside.
  fileprivate func nearest(to value: Double) -> Double {
    if contains(value) { return value }
    let margin = 1e-6 * typicalSize
    if value <= lower { return isLowerOpen ? lower + margin : lower }
    return isUpperOpen ? upper - margin : upper
  }
}
