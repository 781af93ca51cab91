/// The blocks of one network while it runs: each belongs to one member of a team of threads.
///
/// Member i alone touches state and columns number i, and writes the spikes of its block before the
/// barrier of a bin; after it all members read the spikes of all blocks. Spikes have two places, for
/// even and odd bins, so that a member may already emit the next bin while another still reads this
/// one: one barrier a bin is enough.
///
/// `@unchecked`: the compiler cannot see that rule; there is no lock that it could see in the
/// innermost loop.
final class BlockTeam<Model: SpikingModel>: @unchecked Sendable {
  let count: Int
  private let model: Model
  private let random: RandomSource
  private let inputs: [BlockInput]
  private let barrier: SpinBarrier
  private let states: UnsafeMutablePointer<Model.State>
  private let spikes: UnsafeMutablePointer<BinSpikes>
  private let columns: UnsafeMutablePointer<SpikeColumns>

  /// Silent blocks.
  init(
    model: Model, network: Connectivity, blocks: [Range<Int>], inputs: [BlockInput],
    random: RandomSource
  ) throws(SpikingError) {
    var initial: [Model.State] = []
    for block in blocks { initial.append(try model.makeState(of: network, neurons: block)) }
    self.model = model
    self.random = random
    self.inputs = inputs
    count = blocks.count
    barrier = SpinBarrier(count: count)
    states = .allocate(capacity: count)
    for (index, state) in initial.enumerated() { (states + index).initialize(to: state) }
    spikes = .allocate(capacity: 2 * count)
    spikes.initialize(repeating: BinSpikes(), count: 2 * count)
    columns = .allocate(capacity: count)
    columns.initialize(repeating: SpikeColumns(), count: count)
  }

  deinit {
    states.deinitialize(count: count).deallocate()
    spikes.deinitialize(count: 2 * count).deallocate()
    columns.deinitialize(count: count).deallocate()
  }

  /// The time loop: all blocks through the bins `bins`, which follow those before.
  ///
  /// - Returns: what could not be drawn, and in which bin; the blocks stop there.
  func advance(through bins: Range<Int>) -> (fault: BinSpikes.Fault, bin: Int)? {
    runTogether(count) { member in self.advance(member, through: bins) }
    return fault
  }

  /// The fault at which the blocks stopped.
  private var fault: (fault: BinSpikes.Fault, bin: Int)?

  private func advance(_ member: Int, through bins: Range<Int>) {
    for bin in bins {
      let current = spikes + (bin & 1) * count
      current[member].removeAll()
      model.emit(
        &states[member], input: inputs[member], bin: bin, random: random, into: &current[member])
      barrier.wait()
      for block in 0..<count {
        if let fault = current[block].fault {
          // All members see it and stop here; the first says so.
          if member == 0 { self.fault = (fault, bin) }
          return
        }
      }
      for block in 0..<count where current[block].count > 0 {
        model.receive(current[block], bin: bin, in: &states[member])
      }
      if bin >= 0, current[member].count > 0 {
        columns[member].append(current[member], bin: bin)
      }
    }
  }

  /// The spikes of all blocks so far, sorted by bin, then neuron.
  func recorded() -> SpikeColumns {
    let parts = (0..<count).map { columns[$0] }
    return SpikeColumns.merged(parts[...], offsets: [Int](repeating: 0, count: count))
  }
}
