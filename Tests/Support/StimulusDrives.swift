package import Spiking

/// The drives of a stimulus in one network of a run, [bins][neurons].
package func drives(
  _ stimulus: some Stimulus, bins: Range<Int>, neurons: Int = 1, dt: Double = 1,
  targets: StimulusTargets = .all, network: Int = 0, networks: Int = 1, seed: UInt64 = 0
) throws -> [[Double]] {
  let neuronCounts = [Int](repeating: neurons, count: networks)
  let targeted = TargetedStimulus(stimulus, targets: targets)
  try targeted.validate(neuronCounts: neuronCounts, dt: dt)
  let input = try BlockInput(
    [targeted], network: network, neuronCounts: neuronCounts, neurons: 0..<neurons, dt: dt,
    random: RandomSource(seed: seed)["\(network)"])
  return bins.map { bin in
    var drive = [Double](repeating: 0, count: neurons)
    input.add(to: &drive, bin: bin)
    return drive
  }
}
