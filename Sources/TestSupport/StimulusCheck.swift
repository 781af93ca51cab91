public import SpikingFramework

/// What every stimulus promises: its strength is finite at all times, what it adds to the drives of its
/// targets is finite and the same however a network is divided, it adds nothing to other neurons, and
/// its parameters can be set and read.
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
  func drives(_ blocks: [Range<Int>], bin: Int) throws -> [Double] {
    var drives = [Double](repeating: 0, count: 128)
    for block in blocks {
      let input = try BlockInput(
        [TargetedStimulus(stimulus, targets: .everyNetwork(targets))], neuronCounts: [128],
        neurons: block, dt: 1, random: RandomSource(seed: 1))
      var part = [Double](repeating: 0, count: block.count)
      var span = part.mutableSpan
      input.add(to: &span, bin: bin)
      drives.replaceSubrange(block, with: part)
    }
    return drives
  }
  var problems: [String] = []
  do {
    for bin in [0, 1, 7, 100, 999] {
      let whole = try drives([0..<128], bin: bin)
      let divided = try drives([0..<64, 64..<128], bin: bin)
      if whole != divided { problems.append("bin \(bin) depends on the division into blocks") }
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
