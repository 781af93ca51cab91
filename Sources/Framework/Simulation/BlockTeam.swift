/// One network of a run: its blocks, and the threads that run them.
///
/// The division into blocks is fixed; how many threads share them may change from piece to piece.
/// Member m of k threads runs the blocks m, m + k, …: it alone touches their states, and writes their
/// spikes before the barrier of a bin; after it all members read the spikes of all blocks, and the
/// first one records them.
/// Spikes have two places, for even and odd bins, so that a member may already emit the next bin while
/// another still reads this one: one barrier a bin is enough.
///
/// `State` is a parameter of its own so that its size need not be looked up in the innermost loop.
///
/// `@unchecked`: the compiler cannot see that rule; there is no lock that it could see in the
/// innermost loop.
final class BlockTeam<Model: SpikingModel, State>: @unchecked Sendable
where State == Model.State {
  /// The number of blocks: of threads that can work at the same time.
  let count: Int
  private let model: Model
  private let blocks: [Range<Int>]
  private let inputs: [BlockInput]
  private let random: RandomSource
  private let states: UnsafeMutablePointer<State>
  private let spikes: UnsafeMutablePointer<BlockSpikes>
  /// Behind a pointer, where the innermost loop is not guarded against itself.
  private let columns: UnsafeMutablePointer<SpikeColumns>
  private var rateGuard: RateGuard
  private var size: TeamSize
  /// When all threads of the last run had met for the first time.
  private var start = ContinuousClock.now
  /// Why the network was stopped.
  private var halt: Halt?

  /// Silent blocks.
  init(
    model: Model, network: Connectivity, blocks: [Range<Int>], inputs: [BlockInput],
    random: RandomSource, rateGuard: RateGuard
  ) throws(SpikingError) {
    var initial: [Model.State] = []
    for block in blocks { initial.append(try model.makeState(of: network, neurons: block)) }
    self.model = model
    self.blocks = blocks
    self.inputs = inputs
    self.random = random
    self.rateGuard = rateGuard
    count = blocks.count
    size = TeamSize(largest: blocks.count)
    states = .allocate(capacity: count)
    for (index, state) in initial.enumerated() { (states + index).initialize(to: state) }
    columns = .allocate(capacity: 1)
    columns.initialize(to: SpikeColumns())
    spikes = .allocate(capacity: 2 * count)
    spikes.initialize(repeating: BlockSpikes(), count: 2 * count)
  }

  deinit {
    states.deinitialize(count: count).deallocate()
    spikes.deinitialize(count: 2 * count).deallocate()
    columns.deinitialize(count: 1).deallocate()
  }

  /// Divides the neurons of a network among at most `threads` threads, into blocks that begin at
  /// multiples of 64 and are worth a thread of their own.
  static func blocks(neuronCount: Int, threads: Int) -> [Range<Int>] {
    // A barrier takes a few tenths of a microsecond, a thousand neurons a few microseconds.
    let count = max(1, min(threads, neuronCount / 1024))
    let bounds = (0...count).map { $0 == count ? neuronCount : neuronCount * $0 / count / 64 * 64 }
    return (0..<count).map { bounds[$0]..<bounds[$0 + 1] }
  }

  /// The time loop: all blocks through the bins `bins`, which follow those before.
  ///
  /// - Returns: why the network was stopped, if it was.
  func advance(through bins: Range<Int>) -> Halt? {
    var rest = bins
    if let length = size.trialLength(of: bins.count) {
      size.decide { trial, threads in
        let start = bins.lowerBound + trial * length
        return run(start..<start + length, threads: threads)
      }
      rest = bins.lowerBound + 2 * length..<bins.upperBound
    }
    _ = run(rest, threads: size.current)
    return halt
  }

  /// Runs bins on a number of threads, unless the network was stopped.
  ///
  /// - Returns: the time of a bin, the start of the threads and the first bin left out.
  private func run(_ bins: Range<Int>, threads: Int) -> Duration {
    guard halt == nil else { return .zero }
    let barrier = SpinBarrier(count: threads)
    runTogether(threads) { self.advance($0, of: threads, through: bins, barrier) }
    return (ContinuousClock.now - start) / max(bins.count - 1, 1)
  }

  private func advance(
    _ member: Int, of threads: Int, through bins: Range<Int>, _ barrier: SpinBarrier
  ) {
    // All members count alike, so that all stop in the same bin.
    var rateGuard = rateGuard
    let own = Array(stride(from: member, to: count, by: threads))
    for bin in bins {
      let current = spikes + (bin & 1) * count
      for block in own {
        current[block].spikes.removeAll()
        model.emit(
          &states[block], input: inputs[block], bin: bin, random: random,
          into: &current[block].spikes)
      }
      barrier.wait(member)
      if member == 0, bin == bins.lowerBound { start = .now }
      if let halt = halt(current, bin: bin, &rateGuard) {
        if member == 0 { self.halt = halt }
        return
      }
      for block in own {
        for source in 0..<count where current[source].spikes.count > 0 {
          model.receive(current[source].spikes, bin: bin, in: &states[block])
        }
      }
      if member == 0, bin >= 0 {
        for block in 0..<count where current[block].spikes.count > 0 {
          columns.pointee.append(current[block].spikes, bin: bin)
        }
      }
    }
    barrier.wait(member)
    if member == 0 { self.rateGuard = rateGuard }
  }

  /// Why the network has to stop after a bin, if it has to.
  @inline(__always)
  private func halt(
    _ current: UnsafeMutablePointer<BlockSpikes>, bin: Int, _ rateGuard: inout RateGuard
  ) -> Halt? {
    var total = 0
    for block in 0..<count {
      if let fault = current[block].spikes.fault { return .fault(fault, bin: bin) }
      total += current[block].spikes.spikeCount
    }
    guard let spikes = rateGuard.add(total) else { return nil }
    return .rate(spikes: spikes, window: rateGuard.window, bin: bin)
  }

  /// The spikes of all blocks since they were taken last, sorted by bin, then neuron.
  func takeSpikes() -> SpikeColumns {
    defer { columns.pointee = SpikeColumns() }
    return columns.pointee
  }

  /// All that the next bins depend on.
  func memory() -> [UInt8] {
    NetworkMemory(
      states: UnsafeMutableBufferPointer(start: states, count: count), blocks: blocks,
      common: rateGuard
    ).bytes
  }

  /// Takes up the memory of the same network, whatever its division was.
  ///
  /// - Throws: `invalidData` where it is not that of this model and network.
  func restore(_ memory: [UInt8]) throws(SpikingError) {
    try NetworkMemory(bytes: memory).restore(
      states: UnsafeMutableBufferPointer(start: states, count: count), blocks: blocks,
      common: &rateGuard)
  }
}

/// The spikes of one block in one bin.
private struct BlockSpikes {
  var spikes = BinSpikes()
  /// Keeps the spikes of another block, which another thread writes, on other cache lines.
  private let distance = SIMD16<UInt64>()
}
