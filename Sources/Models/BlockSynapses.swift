internal import CKernels
internal import SpikingFramework

/// The synapses of a network that end in one block of its neurons.
struct BlockSynapses {
  private let network: Connectivity
  private let neurons: Range<Int>
  /// Of each sparse row, the synapses that end in the block; empty where all do.
  private let ranges: [Range<Int>]

  init(_ network: Connectivity, to neurons: Range<Int>) {
    precondition(
      0 <= neurons.lowerBound && neurons.upperBound <= network.neuronCount, "no such neurons")
    self.network = network
    self.neurons = neurons
    if case .sparse(let rows) = network.storage, neurons.count < network.neuronCount {
      ranges = (0..<network.neuronCount).map { source in
        let first = rows.firstSynapse(of: source, atLeast: neurons.lowerBound)
        return first..<rows.firstSynapse(of: source, atLeast: neurons.upperBound)
      }
    } else {
      ranges = []
    }
  }

  /// Adds the weights of all synapses of the neurons that fired, times how often, to the sums of
  /// their targets.
  ///
  /// - Complexity: O(synapses of the neurons that fired).
  func add(_ spikes: BinSpikes, to sums: UnsafeMutablePointer<Float>) {
    precondition(spikes.neurons.last.map { $0 < network.neuronCount } ?? true, "no such neuron")
    switch network.storage {
    case .dense(let matrix): add(spikes, matrix, to: sums)
    case .sparse(let rows):
      switch rows.targets {
      case .narrow(let targets):
        add(spikes, rows, targets, spiking_add_synapses_narrow, to: sums)
      case .wide(let targets):
        add(spikes, rows, targets, spiking_add_synapses_wide, to: sums)
      }
    }
  }

  private func add(
    _ spikes: BinSpikes, _ matrix: [Float], to sums: UnsafeMutablePointer<Float>
  ) {
    matrix.withUnsafeBufferPointer { matrix in
      guard let start = matrix.baseAddress else { return }
      for index in 0..<spikes.count {
        let source = Int(spikes.neurons[index])
        spiking_add_row(
          Int64(neurons.count), start + source * network.neuronCount + neurons.lowerBound,
          Float(spikes.counts[index]), sums)
      }
    }
  }

  private typealias AddSynapses<Target> = (
    Int64, UnsafePointer<Target>?, UnsafePointer<Float>?, Float, UInt32,
    UnsafeMutablePointer<Float>?
  ) -> Void

  private func add<Target>(
    _ spikes: BinSpikes, _ rows: SparseRows, _ targets: [Target],
    _ addSynapses: AddSynapses<Target>, to sums: UnsafeMutablePointer<Float>
  ) {
    targets.withUnsafeBufferPointer { targets in
      rows.weights.withUnsafeBufferPointer { weights in
        guard let targets = targets.baseAddress, let weights = weights.baseAddress,
          spikes.count > 0
        else { return }
        var synapses = synapses(of: Int(spikes.neurons[0]), rows)
        for index in 0..<spikes.count {
          let current = synapses
          if index + 1 < spikes.count {
            synapses = self.synapses(of: Int(spikes.neurons[index + 1]), rows)
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

  private func synapses(of source: Int, _ rows: SparseRows) -> Range<Int> {
    ranges.isEmpty ? rows.offsets[source]..<rows.offsets[source + 1] : ranges[source]
  }
}
