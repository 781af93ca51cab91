public import SpikingFramework

/// What a block of neurons of a cascade remembers: its filters, and the parts that do not change.
public struct CascadeState<Link: Nonlinearity, Counts: Emission> {
  let nonlinearity: Link
  let emission: Counts
  let dt: Double
  let filters: CascadeFilters

  /// The drives, then the rates, then the means of one bin.
  func emit(
    input: BlockInput, bin: Int, random: RandomSource, into spikes: inout BinSpikes
  ) {
    let count = filters.neurons.count
    filters.advance(to: bin)
    var drives = MutableSpan(_unsafeStart: filters.drives, count: count)
    input.add(to: &drives, bin: bin)
    var means = MutableSpan(_unsafeStart: filters.means, count: count)
    nonlinearity.rates(at: drives.span, into: &means)
    if dt != 1 {
      for index in 0..<count { means[unchecked: index] *= dt }
    }
    emission.sample(
      means: means.span, neurons: filters.neurons, bin: bin, random: random, into: &spikes)
  }

  /// Shows the drives that the last `emit` computed, stimuli included.
  public func withDrives<Result>(_ body: (Span<Double>) -> Result) -> Result {
    body(Span(_unsafeStart: UnsafePointer(filters.drives), count: filters.neurons.count))
  }
}
