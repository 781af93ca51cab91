public import SpikingFramework

/// What every emission promises, checked at the given means by `draws` draws each.
///
/// - Returns: a line for each promise that does not hold: the scalar and the batch draws have the
///   stated mean and variance to within 5 standard errors, batches do not depend on how they are
///   divided, and the score is the derivative of the log-likelihood.
public func problems(
  with emission: some Emission, means: [Double] = [0.003, 0.1, 0.5, 0.9], draws: Int = 200_000,
  seed: UInt64 = 1
) -> [String] {
  var problems = parameterProblems(with: emission)
  let random = RandomSource(seed: seed)
  for mean in means {
    var stream = random["scalar"].stream()
    let scalar = (0..<draws).map { _ in emission.sample(mean: mean, using: &stream) }
    let batch = batchDraws(emission, mean: mean, count: draws, random: random["batch"])
    for (name, counts) in [("sample", scalar), ("the batch form", batch)] {
      problems += momentProblems(name, counts, mean, emission.variance(mean: mean))
    }
    for count in 0...2 where emission.logLikelihood(of: count, mean: mean).isFinite {
      let step = 1e-5 * mean
      let numeric =
        (emission.logLikelihood(of: count, mean: mean + step)
          - emission.logLikelihood(of: count, mean: mean - step)) / (2 * step)
      let score = emission.score(of: count, mean: mean)
      if !(abs(score - numeric) <= 1e-6 * max(1, abs(score))) {
        problems.append("the score of \(count) at mean \(mean) is \(score), numerically \(numeric)")
      }
    }
  }
  problems += divisionProblems(emission, random: random["division"])
  return problems
}

/// Counts of `count` neurons in one bin, by the batch form.
private func batchDraws(
  _ emission: some Emission, mean: Double, count: Int, random: RandomSource
) -> [Int] {
  var spikes = BinSpikes()
  let means = [Double](repeating: mean, count: count)
  emission.sample(0..<count, means: means, bin: 0, random: random, into: &spikes)
  var counts = [Int](repeating: 0, count: count)
  for (neuron, count) in zip(spikes.neurons, spikes.counts) { counts[Int(neuron)] = Int(count) }
  return counts
}

private func momentProblems(
  _ name: String, _ counts: [Int], _ mean: Double, _ variance: Double
) -> [String] {
  let n = Double(counts.count)
  let found = Double(counts.reduce(0, +)) / n
  let squares = counts.map { (Double($0) - mean) * (Double($0) - mean) }
  let foundVariance = squares.reduce(0, +) / n
  // The standard error of the variance, from the fourth moment of these very draws.
  let fourth = squares.reduce(0) { $0 + $1 * $1 } / n
  let varianceError = (max(fourth - foundVariance * foundVariance, 0) / n).squareRoot()
  var problems: [String] = []
  if !(abs(found - mean) <= 5 * (variance / n).squareRoot()) {
    problems.append("\(name) has mean \(found) where \(mean) was asked for")
  }
  if !(abs(foundVariance - variance) <= 5 * varianceError) {
    problems.append("\(name) has variance \(foundVariance) where \(variance) was stated")
  }
  return problems
}

private func divisionProblems(_ emission: some Emission, random: RandomSource) -> [String] {
  let means = (0..<320).map { 0.9 * Double($0) / 320 }
  func draws(_ blocks: [Range<Int>]) -> BinSpikes {
    var spikes = BinSpikes()
    for block in blocks {
      emission.sample(
        block, means: Array(means[block]), bin: 3, random: random, into: &spikes)
    }
    return spikes
  }
  let whole = draws([0..<320])
  let divided = draws([0..<64, 64..<256, 256..<320])
  return whole.neurons == divided.neurons && whole.counts == divided.counts
    ? [] : ["the batch form depends on the division into blocks"]
}
