public import SpikingFramework

/// What every generator promises: the same source of randomness gives the same network, and its
/// parameters can be set and read.
///
/// - Returns: a line for each promise that does not hold.
public func problems(with generator: some ConnectivityGenerator, seed: UInt64 = 1) -> [String] {
  var problems = parameterProblems(with: generator)
  do {
    let alone = try generator.network(1, seed: seed)
    let together = try generator.networks(count: 2, seed: seed)
    if alone != together[1] { problems.append("network 1 differs when it is made alone") }
    if together.map(\.name) != ["0", "1"] { problems.append("the networks are not named 0 and 1") }
  } catch {
    problems.append("\(error)")
  }
  return problems
}
