internal import CKernels
internal import SpikingFramework
internal import SpikingNumerics

/// The filters of a block of neurons, in memory of their own.
///
/// What arrives at a neuron in one bin, y_i(t) = Σ_j W_ji x_j(t), is summed first, in single
/// precision, by walking the rows of the neurons that fired; then the sums are filtered, in double
/// precision, N of them instead of one for each synapse. A neuron's own spikes are rare: each adds
/// all its taps to the drives of the bins ahead.
///
/// Both live in rings: a row of the block for each bin of the window.
final class CascadeFilters {
  let neurons: Range<Int>
  let drives: UnsafeMutablePointer<Double>
  let bounds: UnsafeMutablePointer<Float>

  private let network: Connectivity
  private let coupling: Coupling
  private let scale: Double
  private let baseline: Double
  private let ownTaps: [Double]
  private let count: Int

  /// Of each row of sparse synapses, those whose targets lie in this block; empty where all do.
  private let blockSynapses: [Range<Int>]

  /// y of the latest bins; the row of bin t is t mod `arrivalRows`.
  private let arrivals: UnsafeMutablePointer<Float>
  private let arrivalRows: Int
  /// The row of the bin whose drives were formed last.
  private var current: UnsafeMutablePointer<Float>
  /// The filtered y: G of the recursion.
  private let filtered: UnsafeMutablePointer<Double>
  /// Baseline and own filter of the bins ahead; the row of bin t is t mod `ownRows`.
  private let own: UnsafeMutablePointer<Double>
  private let ownRows: Int

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
    precondition(
      0 <= neurons.lowerBound && neurons.upperBound <= network.neuronCount, "no such neurons")
    self.network = network
    self.neurons = neurons
    self.ownTaps = ownTaps
    self.scale = scale
    self.baseline = baseline
    count = neurons.count
    blockSynapses = Self.synapses(of: network, to: neurons)
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
    ownRows = ownTaps.count + 1
    let bytes = neurons.count * (4 * arrivalRows + 8 * ownRows)
    guard bytes <= Self.maximumBytes else {
      throw SpikingError(
        .invalidParameter, "filters",
        found: "\(bytes >> 20) MB for the windows of \(neurons.count) neurons",
        expected: "at most \(Self.maximumBytes >> 20) MB: shorter windows")
    }
    arrivals = Self.allocate(count * arrivalRows, 0)
    current = arrivals
    filtered = Self.allocate(count, 0)
    own = Self.allocate(count * ownRows, baseline)
    drives = Self.allocate(count, 0)
    bounds = Self.allocate(count, 0)
  }

  /// The same filters in the same state, in memory of their own.
  init(copying other: CascadeFilters) {
    network = other.network
    neurons = other.neurons
    coupling = other.coupling
    scale = other.scale
    baseline = other.baseline
    ownTaps = other.ownTaps
    count = other.count
    blockSynapses = other.blockSynapses
    arrivalRows = other.arrivalRows
    ownRows = other.ownRows
    arrivals = Self.allocate(other.count * other.arrivalRows, copying: other.arrivals)
    current = arrivals + (other.current - other.arrivals)
    filtered = Self.allocate(other.count, copying: other.filtered)
    own = Self.allocate(other.count * other.ownRows, copying: other.own)
    drives = Self.allocate(other.count, copying: other.drives)
    bounds = Self.allocate(other.count, copying: other.bounds)
  }

  deinit {
    arrivals.deallocate()
    filtered.deallocate()
    own.deallocate()
    drives.deallocate()
    bounds.deallocate()
  }

  /// Forms the drives of bin `bin` from all that arrived before it. Bins follow each other.
  func advance(to bin: Int) {
    let arrived = row(bin - 1)
    current = row(bin)
    let ownNow = own + Self.slot(bin, ownRows) * count
    switch coupling {
    case .recursion(let decay, let tail):
      // With T + 1 rows, the row of bin t is that of bin t − 1 − T until now.
      spiking_filter_exponential(
        Int64(count), arrived, current, filtered, decay, tail, scale, ownNow, baseline, drives)
    case .taps(let taps):
      for index in 0..<count {
        drives[index] = ownNow[index]
        ownNow[index] = baseline
        current[index] = 0
      }
      for (k, tap) in taps.enumerated() {
        spiking_add_tap(Int64(count), row(bin - 1 - k), scale * tap, drives)
      }
    }
  }

  /// Takes in the spikes of bin `bin`, whose drives were formed last.
  ///
  /// - Complexity: O(synapses of the neurons that fired).
  func receive(_ spikes: BinSpikes, bin: Int) {
    precondition(
      spikes.neurons.last.map { $0 < network.neuronCount } ?? true, "no such neuron")
    let sums = current
    switch network.storage {
    case .dense(let matrix): addRows(of: spikes, matrix, to: sums)
    case .sparse(let rows):
      switch rows.targets {
      case .narrow(let targets):
        addRows(of: spikes, rows, targets, spiking_add_synapses_narrow, to: sums)
      case .wide(let targets):
        addRows(of: spikes, rows, targets, spiking_add_synapses_wide, to: sums)
      }
    }
    for index in 0..<spikes.count {
      let source = Int(spikes.neurons[index])
      guard neurons.contains(source) else { continue }
      addOwnTaps(source - neurons.lowerBound, Double(spikes.counts[index]), bin)
    }
  }

  private func addRows(
    of spikes: BinSpikes, _ matrix: [Float], to sums: UnsafeMutablePointer<Float>
  ) {
    matrix.withUnsafeBufferPointer { matrix in
      guard let start = matrix.baseAddress else { return }
      for index in 0..<spikes.count {
        let source = Int(spikes.neurons[index])
        spiking_add_row(
          Int64(count), start + source * network.neuronCount + neurons.lowerBound,
          Float(spikes.counts[index]), sums)
      }
    }
  }

  private typealias AddSynapses<Target> = (
    Int64, UnsafePointer<Target>?, UnsafePointer<Float>?, Float, UInt32,
    UnsafeMutablePointer<Float>?
  ) -> Void

  private func addRows<Target>(
    of spikes: BinSpikes, _ rows: SparseRows, _ targets: [Target],
    _ addSynapses: AddSynapses<Target>, to sums: UnsafeMutablePointer<Float>
  ) {
    targets.withUnsafeBufferPointer { targets in
      rows.weights.withUnsafeBufferPointer { weights in
        guard let targets = targets.baseAddress, let weights = weights.baseAddress,
          spikes.count > 0
        else { return }
        var synapses = synapsesInBlock(of: Int(spikes.neurons[0]), rows)
        for index in 0..<spikes.count {
          let current = synapses
          if index + 1 < spikes.count {
            synapses = synapsesInBlock(of: Int(spikes.neurons[index + 1]), rows)
            let (start, length) = (synapses.lowerBound, Int64(synapses.count))
            spiking_prefetch(targets + start, length * Int64(MemoryLayout<Target>.stride))
            spiking_prefetch(weights + start, length * Int64(MemoryLayout<Float>.stride))
          }
          addSynapses(
            Int64(current.count), targets + current.lowerBound, weights + current.lowerBound,
            Float(spikes.counts[index]), UInt32(neurons.lowerBound), sums)
        }
      }
    }
  }

  /// The synapses of a row whose targets lie in this block.
  private func synapsesInBlock(of source: Int, _ rows: SparseRows) -> Range<Int> {
    blockSynapses.isEmpty
      ? rows.offsets[source]..<rows.offsets[source + 1] : blockSynapses[source]
  }

  private static func synapses(
    of network: Connectivity, to neurons: Range<Int>
  ) -> [Range<Int>] {
    guard case .sparse(let rows) = network.storage, neurons.count < network.neuronCount else {
      return []
    }
    return (0..<network.neuronCount).map { source in
      let first = rows.firstSynapse(of: source, atLeast: neurons.lowerBound)
      return first..<rows.firstSynapse(of: source, atLeast: neurons.upperBound)
    }
  }

  private func addOwnTaps(_ index: Int, _ times: Double, _ bin: Int) {
    for (k, tap) in ownTaps.enumerated() {
      own[Self.slot(bin + 1 + k, ownRows) * count + index] += times * tap
    }
  }

  private func row(_ bin: Int) -> UnsafeMutablePointer<Float> {
    arrivals + Self.slot(bin, arrivalRows) * count
  }

  /// `bin` mod `rows`, also for the negative bins of the equilibration.
  private static func slot(_ bin: Int, _ rows: Int) -> Int {
    let remainder = bin % rows
    return remainder < 0 ? remainder + rows : remainder
  }

  private static func allocate<Value>(_ count: Int, _ value: Value) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: count)
    pointer.initialize(repeating: value, count: count)
    return pointer
  }

  private static func allocate<Value>(
    _ count: Int, copying other: UnsafeMutablePointer<Value>
  ) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: count)
    pointer.initialize(from: other, count: count)
    return pointer
  }

  /// `base`ⁿ; below 1e-18 of an input it no longer shows in a sum of doubles, and counts as 0.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent {
      result *= base
      if result < 1e-18 { return 0 }
    }
    return result
  }
}
