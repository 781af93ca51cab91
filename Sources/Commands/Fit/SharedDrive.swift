internal import Spiking

extension TargetedStimulus {
  /// The drive in each bin of a recording, where it is the same for all targets and in every run: the values of
  /// a covariate.
  ///
  /// - Parameters:
  ///   - networkSizes: the numbers of neurons of all networks of the recording.
  ///   - binCount: the number of bins.
  ///   - dt: the width of a bin in ms.
  /// - Throws: `invalidData` where targets differ, or values are drawn at random.
  /// - Complexity: O(bins · targets).
  func sharedDrive(
    networkSizes: [Int], binCount: Int, dt: Double
  ) throws(SpikingError) -> [Double] {
    var shared: [Double]?
    for (network, count) in networkSizes.enumerated() {
      let targets = try targets.neurons(ofNetwork: network, neuronCounts: networkSizes)
      guard let first = targets.first else { continue }
      // What is drawn at random differs from seed to seed.
      for seed in 0..<2 as Range<UInt64> {
        let input = try BlockInput(
          [self], network: network, neuronCounts: networkSizes, neurons: 0..<count, dt: dt,
          random: RandomSource(seed: seed))
        var drives = [Double](repeating: 0, count: count)
        var values = [Double](repeating: 0, count: binCount)
        for bin in 0..<binCount {
          for target in targets { drives[target] = 0 }
          input.add(to: &drives, bin: bin)
          values[bin] = drives[first]
          if let other = targets.first(where: { drives[$0] != drives[first] }) {
            throw unshared("neurons \(first) and \(other) driven differently in bin \(bin)")
          }
        }
        guard values == shared ?? values else {
          throw unshared(
            seed == 0 ? "networks that are driven differently" : "values drawn at random")
        }
        shared = values
      }
    }
    return shared ?? [Double](repeating: 0, count: binCount)
  }

  private func unshared(_ found: String) -> SpikingError {
    SpikingError(
      .invalidData, type(of: stimulus).typeName, found: found,
      expected: "the same drive for all targets in every run; an array of values (.npy) can be any")
  }
}
