internal import SpikingFramework

extension CascadeState {
  /// Forms the drives of one bin, and the log-likelihood of given spikes of the block.
  mutating func logLikelihood(of spikes: BinSpikes, input: BlockInput, bin: Int) -> Double {
    makeUnique()
    filters.advance(to: bin)
    addInput(input, bin: bin)
    return emission.logLikelihood(
      of: spikes, in: filters.neurons,
      at: Span(_unsafeStart: UnsafePointer(filters.drives), count: filters.neurons.count),
      through: nonlinearity, dt: dt)
  }

  private func addInput(_ input: BlockInput, bin: Int) {
    var drives = MutableSpan(_unsafeStart: filters.drives, count: filters.neurons.count)
    input.add(to: &drives, bin: bin)
  }
}
