internal import CKernels
internal import SpikingFramework

/// The filters of a block of neurons, in memory of their own.
///
/// What arrives at a neuron in one bin, y_i(t) = Σ_j W_ji x_j(t + 1 − d_ji), is summed first, in single
/// precision, by walking the rows of the neurons that fired; then the sums are filtered, in double
/// precision, N of them instead of one for each synapse. Arrivals live in a ring: a row of the block
/// for each bin of the window, and for each later bin that a delayed spike can reach. A neuron's own
/// spikes are kept by themselves.
final class CascadeFilters {
  let neurons: Range<Int>
  /// The length of a row: the neurons of the block, and up to 15 more that do nothing, so that
  /// vectorised loops have no remainder.
  let width: Int
  let drives: UnsafeMutablePointer<Double>
  let bounds: UnsafeMutablePointer<Float>

  private let synapses: BlockSynapses
  private let coupling: CouplingFilter
  private let scale: Double
  private let baseline: Double
  private let maximumDelay: Int
  /// y of the latest bins and of those to come, one row after the other.
  private let arrivals: UnsafeMutablePointer<Float>
  private let arrivalRows: Int
  /// What the recursions remember.
  private let filtered: UnsafeMutablePointer<Double>
  private let memory: UnsafeMutablePointer<Memory>

  /// What else changes; behind a pointer, where the innermost loop is not guarded against itself.
  private struct Memory {
    /// The row of arrivals of the bin whose drives were formed last.
    var row = 0
    var own: OwnSpikes
  }

  /// What the windows of one network may take.
  private static let maximumBytes = 4 << 30

  init(
    network: Connectivity, neurons: Range<Int>, coupling: CouplingFilter, historyTaps: [Double],
    scale: Double, baseline: Double
  ) throws(SpikingError) {
    synapses = BlockSynapses(network, to: neurons)
    self.neurons = neurons
    self.scale = scale
    self.baseline = baseline
    width = (neurons.count + 15) / 16 * 16
    self.coupling = coupling
    maximumDelay = network.maximumDelay
    arrivalRows = coupling.rows + maximumDelay
    let bytes = network.neuronCount * (4 * arrivalRows + 2 * historyTaps.count)
    guard bytes <= Self.maximumBytes else {
      throw SpikingError(
        .invalidParameter, "filters",
        found: "\(bytes >> 20) MB for the windows of \(network.neuronCount) neurons",
        expected: "at most \(Self.maximumBytes >> 20) MB: shorter windows or delays")
    }
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory(own: OwnSpikes(taps: historyTaps)))
    arrivals = .alignedZeros(width * arrivalRows)
    filtered = .alignedZeros(width * coupling.stateCount)
    drives = .alignedZeros(width)
    bounds = .alignedZeros(width)
  }

  /// The same filters in the same state, in memory of their own.
  init(copying other: CascadeFilters) {
    synapses = other.synapses
    neurons = other.neurons
    coupling = other.coupling
    scale = other.scale
    baseline = other.baseline
    maximumDelay = other.maximumDelay
    width = other.width
    arrivalRows = other.arrivalRows
    memory = .aligned(copying: other.memory, count: 1)
    arrivals = .aligned(copying: other.arrivals, count: other.width * other.arrivalRows)
    filtered = .aligned(copying: other.filtered, count: other.width * other.coupling.stateCount)
    drives = .aligned(copying: other.drives, count: other.width)
    bounds = .aligned(copying: other.bounds, count: other.width)
  }

  deinit {
    memory.deinitialize(count: 1).deallocate()
    arrivals.deallocate()
    filtered.deallocate()
    drives.deallocate()
    bounds.deallocate()
  }

  /// Forms the drives of bin `bin` from all that arrived before it. Bins follow each other.
  func advance(to bin: Int) {
    let previous = arrivals + memory.pointee.row * width
    memory.pointee.row = (memory.pointee.row + 1) % arrivalRows
    // The row of the last bin that a spike of this one can reach was until now that of the oldest.
    let renewed = row(maximumDelay - 1)
    switch coupling {
    case .exponential(let term):
      spiking_filter_exponential(
        Int64(width), previous, renewed, filtered, term.recursion.decay, term.tail,
        scale * term.recursion.gain, baseline, drives)
    case .sum(let terms):
      drives.update(repeating: baseline, count: width)
      add(terms, previous)
      renewed.update(repeating: 0, count: width)
    case .taps(let taps):
      drives.update(repeating: baseline, count: width)
      renewed.update(repeating: 0, count: width)
      for (k, tap) in taps.enumerated() {
        spiking_add_tap(Int64(width), row(-1 - k), scale * tap, drives)
      }
    }
    memory.pointee.own.add(to: drives, bin: bin)
  }

  private func add(_ terms: [CouplingFilter.Term], _ previous: UnsafeMutablePointer<Float>) {
    var state = filtered
    for term in terms {
      let (decay, gain) = (term.recursion.decay, scale * term.recursion.gain)
      if term.recursion.isRamped {
        spiking_add_ramped(Int64(width), previous, state, state + width, decay, gain, drives)
        state += 2 * width
      } else {
        spiking_add_exponential(
          Int64(width), previous, row(-1 - term.rows), state, decay, term.tail, gain, drives)
        state += width
      }
    }
  }

  /// The arrivals of the bin `offset` after the one whose drives were formed last.
  private func row(_ offset: Int) -> UnsafeMutablePointer<Float> {
    arrivals + (memory.pointee.row + offset + arrivalRows) % arrivalRows * width
  }

  /// Takes in the spikes of bin `bin`, whose drives were formed last.
  ///
  /// - Complexity: O(synapses of the neurons that fired).
  func receive(_ spikes: BinSpikes, bin: Int) {
    synapses.add(
      spikes,
      to: SpikingRing(
        sums: arrivals, width: Int64(width), rows: Int64(arrivalRows),
        row: Int64(memory.pointee.row)))
    for index in 0..<spikes.count {
      let source = Int(spikes.neurons[index])
      guard neurons.contains(source) else { continue }
      memory.pointee.own.append(
        index: source - neurons.lowerBound, count: spikes.counts[index], bin: bin)
    }
  }

  /// Shows all that changes from bin to bin; drives and bounds are computed again in each.
  func visitMemory(_ visit: inout some MemoryVisitor) {
    visit(shared: &memory.pointee.row)
    memory.pointee.row = min(max(memory.pointee.row, 0), arrivalRows - 1)
    visitRows(of: arrivals, rows: arrivalRows, &visit)
    visitRows(of: filtered, rows: coupling.stateCount, &visit)
    memory.pointee.own.visitMemory(&visit, neurons: neurons.count)
  }

  private func visitRows<Value: BitwiseCopyable>(
    of start: UnsafeMutablePointer<Value>, rows: Int, _ visit: inout some MemoryVisitor
  ) {
    let count = neurons.count
    var values = (0..<rows).flatMap { UnsafeBufferPointer(start: start + $0 * width, count: count) }
    visit(perNeuron: &values)
    for row in 0..<rows {
      for index in 0..<count { start[row * width + index] = values[row * count + index] }
    }
  }
}
