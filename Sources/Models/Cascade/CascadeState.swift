public import SpikingFramework

/// What a block of neurons of a cascade remembers: its filters, and the parts that do not change. A
/// value: a copy goes its own way.
public struct CascadeState<InverseLink: Nonlinearity, EmissionModel: Emission>: BlockState {
  let nonlinearity: InverseLink
  let emission: EmissionModel
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
    let (neurons, width) = (filters.neurons, filters.width)
    let (drives, bounds) = (filters.drives, filters.bounds)
    setBounds(drives, bounds, width: width, input: input, bin: bin)
    // For a plugin's nonlinearity a closure over all of `self` would look its type up for every neuron.
    let (nonlinearity, dt) = (nonlinearity, dt)
    emission.sample(
      neurons, bounds: Span(_unsafeStart: UnsafePointer(bounds), count: neurons.count),
      mean: { nonlinearity.rate(at: drives[$0]) * dt }, bin: bin, random: random, into: &spikes)
  }

  /// Adds the stimuli to the drives, and bounds the mean counts.
  private func setBounds(
    _ drives: UnsafeMutablePointer<Double>, _ bounds: UnsafeMutablePointer<Float>, width: Int,
    input: BlockInput, bin: Int
  ) {
    var block = MutableSpan(_unsafeStart: drives, count: filters.neurons.count)
    input.add(to: &block, bin: bin)
    let drives = Span(_unsafeStart: UnsafePointer(drives), count: width)
    var bounds = MutableSpan(_unsafeStart: bounds, count: width)
    nonlinearity.upperBounds(at: drives, into: &bounds)
    if dt != 1 {
      let scale = Float(dt)
      for index in bounds.indices { bounds[unchecked: index] *= scale }
    }
  }

  /// Takes in the spikes of the network in one bin.
  mutating func receive(_ spikes: BinSpikes, bin: Int) {
    makeUnique()
    filters.receive(spikes, bin: bin)
  }

  public mutating func visitMemory(_ visit: inout some MemoryVisitor) {
    makeUnique()
    filters.visitMemory(&visit)
  }

  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&filters) { filters = CascadeFilters(copying: filters) }
  }

  /// Shows the drives that the last `emit` computed, stimuli included.
  public func withDrives<Result>(_ body: (Span<Double>) -> Result) -> Result {
    body(Span(_unsafeStart: UnsafePointer(filters.drives), count: filters.neurons.count))
  }
}
