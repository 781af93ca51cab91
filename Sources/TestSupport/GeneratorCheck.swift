public import SpikingFramework

/// What every generator promises: the same source of randomness gives the same network, on any number
/// of threads, also after other networks; networks have the number of neurons that the parameter
/// `neurons` says; and parameters can be set and read.
///
/// - Returns: a line for each promise that does not hold.
public func problems(with generator: some ConnectivityGenerator, seed: UInt64 = 1) -> [String] {
  var problems = parameterProblems(with: generator)
  do {
    let alone = try generator.network(1, seed: seed)
    let together = try generator.networks(count: 2, seed: seed)
    if alone != together[1] { problems.append("network 1 differs when it is made alone") }
    for threads in [1, 3]
    where try generator.network(1, seed: seed, threads: threads) != alone {
      problems.append("network 1 differs on a number of threads: \(threads)")
    }
    if let neurons = generator.parameters.first(where: { $0.name == "neurons" }),
      neurons.value != Double(alone.neuronCount)
    {
      problems.append("neurons is \(neurons.value), and a network has \(alone.neuronCount)")
    }
    if together.map(\.name) != ["0", "1"] { problems.append("the networks are not named 0 and 1") }
  } catch {
    problems.append("\(error)")
  }
  return problems
}
