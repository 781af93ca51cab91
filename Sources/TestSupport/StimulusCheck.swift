public import SpikingFramework

/// What every stimulus promises: its strength is finite at all times, its parameters can be set and
/// read.
///
/// - Returns: a line for each promise that does not hold.
public func problems(
  with stimulus: some Stimulus,
  at times: [Double] = stride(from: 0, to: 1000, by: 0.7).map { $0 }
) -> [String] {
  parameterProblems(with: stimulus)
    + times.filter { !stimulus.strength(at: $0).isFinite }.map {
      "the strength at \($0) ms is \(stimulus.strength(at: $0))"
    }
}
