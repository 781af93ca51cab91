internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// The filters of a block of neurons, in memory of their own.
///
/// What arrives at a neuron in one bin, y_i(t) = Σ_j W_ji x_j(t), is summed first, in single
/// precision, by walking the rows of the neurons that fired; then the sums are filtered, in double
/// precision, N of them instead of one for each synapse. Arrivals live in a ring: a row of the block
/// for each bin of the window. A neuron's own spikes are kept by themselves.
final class CascadeFilters {
  let neurons: Range<Int>
  /// The length of a row: the neurons of the block, and up to 15 more that do nothing, so that
  /// vectorised loops have no remainder.
  let width: Int
  let drives: UnsafeMutablePointer<Double>
  let bounds: UnsafeMutablePointer<Float>

  private let synapses: BlockSynapses
  private let coupling: Coupling
  private let scale: Double
  private let baseline: Double
  /// y of the latest bins, one row after the other.
  private let arrivals: UnsafeMutablePointer<Float>
  private let arrivalRows: Int
  /// The filtered y: G of the recursion.
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

  private enum Coupling {
    case recursion(decay: Double, tail: Double)
    case taps([Double])
  }

  init(
    network: Connectivity, neurons: Range<Int>, coupling: some TemporalFilter, dt: Double,
    ownTaps: [Double], scale: Double, baseline: Double
  ) throws(SpikingError) {
    synapses = BlockSynapses(network, to: neurons)
    self.neurons = neurons
    self.scale = scale
    self.baseline = baseline
    width = (neurons.count + 15) / 16 * 16
    if let recursion = coupling.recursion(dt: dt), recursion.window != 0 {
      let tail = recursion.window.map { Self.power(recursion.decay, $0) } ?? 0
      self.coupling = .recursion(decay: recursion.decay, tail: tail)
      // A row is needed for y(t), and one until y(t−T) has been subtracted, if it ever is.
      arrivalRows = tail == 0 ? 2 : (recursion.window ?? 1) + 1
    } else {
      let taps = coupling.taps(dt: dt)
      self.coupling = .taps(taps)
      arrivalRows = taps.count + 1
    }
    let bytes = network.neuronCount * (4 * arrivalRows + 2 * ownTaps.count)
    guard bytes <= Self.maximumBytes else {
      throw SpikingError(
        .invalidParameter, "filters",
        found: "\(bytes >> 20) MB for the windows of \(network.neuronCount) neurons",
        expected: "at most \(Self.maximumBytes >> 20) MB: shorter windows")
    }
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory(own: OwnSpikes(taps: ownTaps)))
    arrivals = Self.allocate(width * arrivalRows)
    filtered = Self.allocate(width)
    drives = Self.allocate(width)
    bounds = Self.allocate(width)
  }

  /// The same filters in the same state, in memory of their own.
  init(copying other: CascadeFilters) {
    synapses = other.synapses
    neurons = other.neurons
    coupling = other.coupling
    scale = other.scale
    baseline = other.baseline
    width = other.width
    memory = Self.allocate(1, copying: other.memory)
    arrivalRows = other.arrivalRows
    arrivals = Self.allocate(other.width * other.arrivalRows, copying: other.arrivals)
    filtered = Self.allocate(other.width, copying: other.filtered)
    drives = Self.allocate(other.width, copying: other.drives)
    bounds = Self.allocate(other.width, copying: other.bounds)
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
    let now = arrivals + memory.pointee.row * width
    switch coupling {
    case .recursion(let decay, let tail):
      // With T + 1 rows, the row of bin t is that of bin t − 1 − T until now.
      spiking_filter_exponential(
        Int64(width), previous, now, filtered, decay, tail, scale, baseline, drives)
    case .taps(let taps):
      drives.update(repeating: baseline, count: width)
      now.update(repeating: 0, count: width)
      for (k, tap) in taps.enumerated() {
        let row = (memory.pointee.row + arrivalRows - 1 - k) % arrivalRows
        spiking_add_tap(Int64(width), arrivals + row * width, scale * tap, drives)
      }
    }
    memory.pointee.own.add(to: drives, bin: bin)
  }

  /// Takes in the spikes of bin `bin`, whose drives were formed last.
  ///
  /// - Complexity: O(synapses of the neurons that fired).
  func receive(_ spikes: BinSpikes, bin: Int) {
    synapses.add(spikes, to: arrivals + memory.pointee.row * width)
    for index in 0..<spikes.count {
      let source = Int(spikes.neurons[index])
      guard neurons.contains(source) else { continue }
      memory.pointee.own.append(
        index: source - neurons.lowerBound, count: spikes.counts[index], bin: bin)
    }
  }

  /// Shows all that changes from bin to bin; drives and bounds are formed anew in each.
  func visitMemory(_ visit: inout some MemoryVisitor) {
    visit(shared: &memory.pointee.row)
    memory.pointee.row = min(max(memory.pointee.row, 0), arrivalRows - 1)
    visitRows(of: arrivals, rows: arrivalRows, &visit)
    visitRows(of: filtered, rows: 1, &visit)
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

  private static func allocate<Value: BinaryFloatingPoint>(
    _ count: Int
  ) -> UnsafeMutablePointer<Value> {
    let pointer = allocate(Value.self, count)
    pointer.initialize(repeating: 0, count: count)
    return pointer
  }

  private static func allocate<Value>(
    _ count: Int, copying other: UnsafeMutablePointer<Value>
  ) -> UnsafeMutablePointer<Value> {
    let pointer = allocate(Value.self, count)
    pointer.initialize(from: other, count: count)
    return pointer
  }

  /// Memory that begins with a cache line, as all rows then do: vectors of one lie in one line.
  private static func allocate<Value>(
    _ type: Value.Type, _ count: Int
  ) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Value>.stride, alignment: 64
    ).bindMemory(to: type, capacity: count)
  }

  /// `base`ⁿ; where less is left of an input than its own rounding, 0: it is forgotten by itself.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent {
      result *= base
      if result < 0x1p-54 { return 0 }
    }
    return result
  }
}
