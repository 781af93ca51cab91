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
    var given = GivenCounts(spikes)
    var sum = 0.0
    // Small enough for the stack.
    let tile = 128
    withUnsafeTemporaryAllocation(of: Double.self, capacity: tile) { scratch in
      guard let rates = scratch.baseAddress else { return }
      for start in stride(from: 0, to: neurons.count, by: tile) {
        let count = min(tile, neurons.count - start)
        setRates(rates, at: drives + start, count: count)
        for index in 0..<count {
          sum += emission.logLikelihood(
            of: given.count(of: neurons.lowerBound + start + index),
            mean: max(rates[index], 0) * dt)
        }
      }
    }
    return sum
  }

  private func setRates(
    _ rates: UnsafeMutablePointer<Double>, at drives: UnsafeMutablePointer<Double>, count: Int
  ) {
    var rates = MutableSpan(_unsafeStart: rates, count: count)
    nonlinearity.rates(
      at: Span(_unsafeStart: UnsafePointer(drives), count: count), into: &rates)
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
