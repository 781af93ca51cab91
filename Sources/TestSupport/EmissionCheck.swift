internal import Foundation
public import SpikingFramework

/// What every emission promises, checked at the given means by `draws` draws each.
///
/// - Returns: a line for each promise that does not hold: the scalar and the batch draws have the
///   expected count and the stated variance, and each count as often as its likelihood says, to within
///   5 standard errors; the likelihoods of all counts sum to 1, and give the same moments; the score
///   is the derivative of the log-likelihood; batches do not depend on how they are divided;
///   parameters can be set and read.
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
    let probabilities = probabilities(of: emission, mean: mean)
    for (name, counts) in [("sample", scalar), ("the batch form", batch)] {
      problems += momentProblems(name, counts, of: emission, mean: mean)
      problems += frequencyProblems(name, counts, probabilities, mean: mean)
    }
    problems += likelihoodProblems(emission, probabilities, mean: mean)
    problems += scoreProblems(emission, mean: mean)
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

/// The probabilities of the counts 0, 1, …, to where no more of the variance is to come.
private func probabilities(of emission: some Emission, mean: Double) -> [Double] {
  let variance = emission.variance(mean: mean)
  let least = mean + 10 * variance.squareRoot() + 10
  var probabilities: [Double] = []
  while probabilities.count < 100_000 {
    let count = Double(probabilities.count)
    let probability = exp(emission.logLikelihood(of: probabilities.count, mean: mean))
    if count > least, !(probability * count * count > 1e-13 * variance) { break }
    probabilities.append(probability)
  }
  return probabilities
}

private func momentProblems(
  _ name: String, _ counts: [Int], of emission: some Emission, mean: Double
) -> [String] {
  let (expected, variance) = (emission.expectedCount(mean: mean), emission.variance(mean: mean))
  let n = Double(counts.count)
  let found = Double(counts.reduce(0, +)) / n
  let squares = counts.map { (Double($0) - expected) * (Double($0) - expected) }
  let foundVariance = squares.reduce(0, +) / n
  // The standard error of the variance, from the fourth moment of these very draws.
  let fourth = squares.reduce(0) { $0 + $1 * $1 } / n
  let varianceError = (max(fourth - foundVariance * foundVariance, 0) / n).squareRoot()
  var problems: [String] = []
  if !(abs(found - expected) <= 5 * (variance / n).squareRoot()) {
    problems.append("\(name) has mean \(found) where \(expected) was expected")
  }
  if !(abs(foundVariance - variance) <= 5 * varianceError) {
    problems.append("\(name) has variance \(foundVariance) where \(variance) was stated")
  }
  return problems
}

private func frequencyProblems(
  _ name: String, _ counts: [Int], _ probabilities: [Double], mean: Double
) -> [String] {
  var found = [Int](repeating: 0, count: probabilities.count)
  for count in counts where found.indices.contains(count) { found[count] += 1 }
  let n = Double(counts.count)
  return zip(found, probabilities).enumerated().compactMap { count, pair in
    let expected = n * pair.1
    // Of fewer the distribution is not close to normal.
    guard expected >= 20 else { return nil }
    let error = (expected * max(1 - pair.1, 0)).squareRoot()
    return abs(Double(pair.0) - expected) <= 5 * error + 1e-6 * expected
      ? nil
      : "\(name) at mean \(mean) gives \(count) \(pair.0) times, by its likelihood \(expected)"
  }
}

private func likelihoodProblems(
  _ emission: some Emission, _ probabilities: [Double], mean: Double
) -> [String] {
  let sums = probabilities.enumerated().reduce(into: (0.0, 0.0, 0.0)) { sums, entry in
    let (count, probability) = (Double(entry.offset), entry.element)
    sums.0 += probability
    sums.1 += count * probability
    sums.2 += count * count * probability
  }
  let (expected, variance) = (emission.expectedCount(mean: mean), emission.variance(mean: mean))
  var problems: [String] = []
  for (what, found, stated) in [
    ("sum to", sums.0, 1), ("have the mean", sums.1, expected),
    ("have the variance", sums.2 - sums.1 * sums.1, variance),
  ] where !(abs(found - stated) <= 1e-8 * max(1, sums.2)) {
    problems.append("the likelihoods at mean \(mean) \(what) \(found), not \(stated)")
  }
  return problems
}

private func scoreProblems(_ emission: some Emission, mean: Double) -> [String] {
  [0, 1, 2, Int(mean) + 3].compactMap { count in
    guard emission.logLikelihood(of: count, mean: mean).isFinite else { return nil }
    let step = 1e-5 * mean
    let numeric =
      (emission.logLikelihood(of: count, mean: mean + step)
        - emission.logLikelihood(of: count, mean: mean - step)) / (2 * step)
    let score = emission.score(of: count, mean: mean)
    return abs(score - numeric) <= 1e-6 * max(1, abs(score))
      ? nil : "the score of \(count) at mean \(mean) is \(score), numerically \(numeric)"
  }
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
