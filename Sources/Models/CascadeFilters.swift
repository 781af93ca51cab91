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

  /// y of the latest bins; the row of bin t is t mod `arrivalRows`.
  private let arrivals: UnsafeMutablePointer<Float>
  private let arrivalRows: Int
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
    self.network = network
    self.neurons = neurons
    self.ownTaps = ownTaps
    self.scale = scale
    self.baseline = baseline
    count = neurons.count
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
    filtered = Self.allocate(count, 0)
    own = Self.allocate(count * ownRows, baseline)
    drives = Self.allocate(count, 0)
    bounds = Self.allocate(count, 0)
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
    let current = row(bin)
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
    let sums = row(bin)
    for index in 0..<spikes.count {
      let source = Int(spikes.neurons[index])
      let times = spikes.counts[index]
      addRow(of: source, times: Float(times), to: sums)
      if neurons.contains(source) { addOwnTaps(source - neurons.lowerBound, Double(times), bin) }
    }
  }

  private func addRow(of source: Int, times: Float, to sums: UnsafeMutablePointer<Float>) {
    switch network.storage {
    case .dense(let matrix):
      matrix.withUnsafeBufferPointer { matrix in
        guard let start = matrix.baseAddress else { return }
        spiking_add_row(
          Int64(count), start + source * network.neuronCount + neurons.lowerBound, times, sums)
      }
    case .sparse(let offsets, let targets, let weights):
      let row = offsets[source]..<offsets[source + 1]
      targets.withUnsafeBufferPointer { targets in
        weights.withUnsafeBufferPointer { weights in
          guard let targets = targets.baseAddress, let weights = weights.baseAddress else { return }
          let synapses = inBlock(row, targets)
          spiking_add_synapses(
            Int64(synapses.count), targets + synapses.lowerBound, weights + synapses.lowerBound,
            times, UInt32(neurons.lowerBound), sums)
        }
      }
    }
  }

  /// The synapses of a row whose targets lie in this block.
  private func inBlock(_ row: Range<Int>, _ targets: UnsafePointer<UInt32>) -> Range<Int> {
    guard count < network.neuronCount else { return row }
    func firstIndex(atLeast target: Int) -> Int {
      var (low, high) = (row.lowerBound, row.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if Int(targets[middle]) < target { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return firstIndex(atLeast: neurons.lowerBound)..<firstIndex(atLeast: neurons.upperBound)
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
