internal import SpikingFramework

extension CascadeState {
  /// Forms the drives of one bin, and the log-likelihood of given spikes of the block.
  mutating func logLikelihood(of spikes: BinSpikes, input: BlockInput, bin: Int) -> Double {
    makeUnique()
    filters.advance(to: bin)
    return logLikelihood(of: spikes, input: input, bin: bin, drives: filters.drives)
  }

  private func logLikelihood(
    of spikes: BinSpikes, input: BlockInput, bin: Int, drives: UnsafeMutablePointer<Double>
  ) -> Double {
    let neurons = filters.neurons
    var block = MutableSpan(_unsafeStart: drives, count: neurons.count)
    input.add(to: &block, bin: bin)
    let mean = DrivenMean(nonlinearity, dt: dt)
    var given = GivenCounts(spikes)
    var sum = 0.0
    // Small enough for the stack.
    let tile = 128
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * tile) { scratch in
      guard let values = scratch.baseAddress else { return }
      for start in stride(from: 0, to: neurons.count, by: tile) {
        let count = min(tile, neurons.count - start)
        emission.setSilences(
          values, slopes: values + tile, at: drives + start, count: count, of: mean)
        for index in 0..<count {
          let given = given.count(of: neurons.lowerBound + start + index)
          sum +=
            given == 0
            ? values[index]
            : emission.logLikelihoodAndSlope(of: given, at: drives[start + index], of: mean)
              .logLikelihood
        }
      }
    }
    return sum
  }
}

extension Emission {
  /// `silencesAndSlopes` of drives in memory.
  func setSilences(
    _ values: UnsafeMutablePointer<Double>, slopes: UnsafeMutablePointer<Double>,
    at drives: UnsafePointer<Double>, count: Int, of mean: DrivenMean<some Nonlinearity>
  ) {
    var values = MutableSpan(_unsafeStart: values, count: count)
    var slopes = MutableSpan(_unsafeStart: slopes, count: count)
    silencesAndSlopes(
      at: Span(_unsafeStart: drives, count: count), of: mean, logLikelihoods: &values,
      slopes: &slopes)
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
