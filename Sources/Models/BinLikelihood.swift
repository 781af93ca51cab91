internal import SpikingFramework

extension Emission {
  /// ln P of the counts of a block of neurons in one bin, given their drives.
  ///
  /// - Parameters:
  ///   - spikes: those that fired, in ascending order.
  ///   - neurons: the block.
  ///   - drives: a drive for each of them.
  func logLikelihood(
    of spikes: BinSpikes, in neurons: Range<Int>, at drives: Span<Double>,
    through nonlinearity: some Nonlinearity, dt: Double
  ) -> Double {
    let mean = DrivenMean(nonlinearity, dt: dt)
    var given = GivenCounts(spikes)
    var sum = 0.0
    // Small enough for the stack.
    let tile = 128
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * tile) { scratch in
      guard let values = scratch.baseAddress else { return }
      for start in stride(from: 0, to: neurons.count, by: tile) {
        let count = min(tile, neurons.count - start)
        setSilences(
          values, slopes: values + tile, at: drives.extracting(start..<start + count), of: mean)
        for index in 0..<count {
          let given = given.count(of: neurons.lowerBound + start + index)
          sum +=
            given == 0
            ? values[index]
            : logLikelihoodAndSlope(of: given, at: drives[start + index], of: mean).logLikelihood
        }
      }
    }
    return sum
  }

  /// `silencesAndSlopes` into memory.
  func setSilences(
    _ values: UnsafeMutablePointer<Double>, slopes: UnsafeMutablePointer<Double>,
    at drives: Span<Double>, of mean: DrivenMean<some Nonlinearity>
  ) {
    var values = MutableSpan(_unsafeStart: values, count: drives.count)
    var slopes = MutableSpan(_unsafeStart: slopes, count: drives.count)
    silencesAndSlopes(at: drives, of: mean, logLikelihoods: &values, slopes: &slopes)
  }
}

/// The counts of the neurons of a bin, asked for in ascending order.
struct GivenCounts {
  private let spikes: BinSpikes
  private var next = 0

  init(_ spikes: BinSpikes) { self.spikes = spikes }

  mutating func count(of neuron: Int) -> Int {
    guard next < spikes.count, Int(spikes.neurons[next]) == neuron else { return 0 }
    defer { next += 1 }
    return Int(spikes.counts[next])
  }
}
