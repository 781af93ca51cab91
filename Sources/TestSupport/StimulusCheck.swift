public import SpikingFramework

/// What every stimulus promises: its strength is finite at all times, what it adds to the drives of its
/// targets is finite and the same however a network is divided and whichever bins were asked for before, it
/// adds nothing to other neurons, what was there before does not matter, and its parameters can be set
/// and read.
///
/// The targets lie in one network of 128 neurons, which the stimulus has to fit, with bins of 1 ms.
///
/// - Returns: a line for each promise that does not hold.
public func problems(
  with stimulus: some Stimulus,
  at times: [Double] = stride(from: 0, to: 1000, by: 0.7).map { $0 }
) -> [String] {
  parameterProblems(with: stimulus) + additionProblems(with: stimulus)
    + times.filter { !stimulus.strength(at: $0).isFinite }.map {
      "the strength at \($0) ms is \(stimulus.strength(at: $0))"
    }
}

private func additionProblems(with stimulus: some Stimulus) -> [String] {
  let targets = [3, 64, 70, 127]
  let targeted = TargetedStimulus(stimulus, targets: .everyNetwork(targets))
  func drives(_ blocks: [Range<Int>], bin: Int, before: Double = 0) throws -> [Double] {
    var drives = [Double](repeating: before, count: 128)
    for block in blocks {
      let input = try BlockInput(
        [targeted], neuronCounts: [128], neurons: block, dt: 1, random: RandomSource(seed: 1))
      var part = Array(drives[block])
      input.add(to: &part, bin: bin)
      drives.replaceSubrange(block, with: part)
    }
    return drives
  }
  var problems: [String] = []
  do {
    try targeted.validate(neuronCounts: [128], dt: 1)
    let bins = [0, 1, 7, 100, 999]
    let ascending = try bins.map { try drives([0..<128], bin: $0) }
    for (bin, whole) in zip(bins, ascending).reversed() {
      let divided = try drives([0..<64, 64..<128], bin: bin)
      if whole != divided { problems.append("bin \(bin) depends on the division into blocks") }
      if try whole != drives([0..<128], bin: bin) {
        problems.append("bin \(bin) depends on what was asked for before")
      }
      let added = try drives([0..<128], bin: bin, before: 0.5)
      if zip(whole, added).contains(where: { abs($0 + 0.5 - $1) > 1e-12 * (1 + abs($0)) }) {
        problems.append("bin \(bin) does not add to the drives")
      }
      for (neuron, drive) in whole.enumerated() {
        if !drive.isFinite { problems.append("bin \(bin) adds \(drive) to neuron \(neuron)") }
        if drive != 0, !targets.contains(neuron) {
          problems.append("bin \(bin) adds \(drive) to neuron \(neuron), which is no target")
        }
      }
    }
  } catch {
    problems.append("\(error)")
  }
  return problems
}
