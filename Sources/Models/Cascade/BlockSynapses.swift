internal import CKernels
internal import SpikingFramework

/// The synapses of a network that end in one block of its neurons.
struct BlockSynapses {
  private let network: Connectivity
  private let neurons: Range<Int>
  private let rows: Rows

  /// The elements of arrays that `network` and `ends` keep alive and unchanged. To take the arrays out
  /// of them in every bin would count references, in memory that all threads then write.
  private enum Rows {
    case dense(UnsafePointer<Float>?)
    case narrow(UnsafePointer<UInt16>?, SparseBlock)
    case wide(UnsafePointer<UInt32>?, SparseBlock)
  }

  private struct SparseBlock {
    let starts: UnsafePointer<Int>?
    let stops: UnsafePointer<Int>?
    let weights: UnsafePointer<Float>?
    /// Nil where all are 1.
    let delays: UnsafePointer<UInt16>?
  }

  /// Of each sparse row, where the synapses that end in the block start; then where they stop. Empty
  /// where all do.
  private let ends: [Int]

  init(_ network: Connectivity, to neurons: Range<Int>) {
    precondition(
      0 <= neurons.lowerBound && neurons.upperBound <= network.neuronCount, "no such neurons")
    self.network = network
    self.neurons = neurons
    switch network.storage {
    case .dense(let matrix):
      ends = []
      rows = .dense(Self.elements(of: matrix).map { $0 + neurons.lowerBound })
    case .sparse(let sparse):
      let count = network.neuronCount
      let isWhole = neurons.count == count
      ends =
        isWhole
        ? []
        : [neurons.lowerBound, neurons.upperBound].flatMap { bound in
          (0..<count).map { sparse.firstSynapse(of: $0, atLeast: bound) }
        }
      let starts = Self.elements(of: isWhole ? sparse.offsets : ends)
      let block = SparseBlock(
        starts: starts, stops: starts.map { $0 + (isWhole ? 1 : count) },
        weights: Self.elements(of: sparse.weights),
        delays: sparse.delays.isEmpty ? nil : Self.elements(of: sparse.delays))
      switch sparse.targets {
      case .narrow(let targets): rows = .narrow(Self.elements(of: targets), block)
      case .wide(let targets): rows = .wide(Self.elements(of: targets), block)
      }
    }
  }

  /// Adds the weights of all synapses of the neurons that fired, times how often, to the sums of
  /// their targets: those of the present bin's row of `ring`, or of a later one where there is a delay.
  ///
  /// - Complexity: O(synapses of the neurons that fired).
  func add(_ spikes: BinSpikes, to ring: SpikingRing) {
    precondition(spikes.neurons.last.map { $0 < network.neuronCount } ?? true, "no such neuron")
    let (count, first) = (Int64(spikes.count), UInt32(neurons.lowerBound))
    let sums = ring.sums + Int(ring.row * ring.width)
    switch rows {
    case .dense(let start):
      guard let start else { return }
      for index in 0..<spikes.count {
        spiking_add_row(
          Int64(neurons.count), start + Int(spikes.neurons[index]) * network.neuronCount,
          Float(spikes.counts[index]), sums)
      }
    case .narrow(let targets, let block):
      if let delays = block.delays {
        spiking_scatter_delayed_narrow(
          count, spikes.neurons, spikes.counts, block.starts, block.stops, targets, block.weights,
          delays, first, ring)
      } else {
        spiking_scatter_narrow(
          count, spikes.neurons, spikes.counts, block.starts, block.stops, targets, block.weights,
          first, sums)
      }
    case .wide(let targets, let block):
      if let delays = block.delays {
        spiking_scatter_delayed_wide(
          count, spikes.neurons, spikes.counts, block.starts, block.stops, targets, block.weights,
          delays, first, ring)
      } else {
        spiking_scatter_wide(
          count, spikes.neurons, spikes.counts, block.starts, block.stops, targets, block.weights,
          first, sums)
      }
    }
  }

  private static func elements<Element>(of array: [Element]) -> UnsafePointer<Element>? {
    array.withUnsafeBufferPointer { $0.baseAddress }
  }
}
