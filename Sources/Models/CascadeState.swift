public import SpikingFramework

/// What a block of neurons of a cascade remembers: its filters, and the parts that do not change. A
/// value: a copy goes its own way.
public struct CascadeState<Link: Nonlinearity, Counts: Emission> {
  let nonlinearity: Link
  let emission: Counts
  let dt: Double
  private(set) var filters: CascadeFilters

  /// Forms the drives of one bin and draws its spikes.
  mutating func emit(
    input: BlockInput, bin: Int, random: RandomSource, into spikes: inout BinSpikes
  ) {
    makeUnique()
    filters.advance(to: bin)
    draw(input: input, bin: bin, random: random, into: &spikes)
  }

  /// Draws from the drives. Rates are computed only for the neurons that upper bounds of theirs leave
  /// in doubt.
  private func draw(
    input: BlockInput, bin: Int, random: RandomSource, into spikes: inout BinSpikes
  ) {
    let count = filters.neurons.count
    var drives = MutableSpan(_unsafeStart: filters.drives, count: count)
    input.add(to: &drives, bin: bin)
    var bounds = MutableSpan(_unsafeStart: filters.bounds, count: count)
    nonlinearity.upperBounds(at: drives.span, into: &bounds)
    if dt != 1 {
      let width = Float(dt)
      for index in 0..<count { bounds[unchecked: index] *= width }
    }
    emission.sample(
      filters.neurons, bounds: bounds.span,
      mean: { nonlinearity.rate(at: filters.drives[$0]) * dt }, bin: bin, random: random,
      into: &spikes)
  }

  /// Takes in the spikes of the network in one bin.
  mutating func receive(_ spikes: BinSpikes, bin: Int) {
    makeUnique()
    filters.receive(spikes, bin: bin)
  }

  private mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&filters) { filters = CascadeFilters(copying: filters) }
  }

  /// Shows the drives that the last `emit` computed, stimuli included.
  public func withDrives<Result>(_ body: (Span<Double>) -> Result) -> Result {
    body(Span(_unsafeStart: UnsafePointer(filters.drives), count: filters.neurons.count))
  }
}
