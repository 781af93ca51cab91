internal import SpikingFramework

/// The synapses that end in a block, when their weights are variables: what each contributes is its
/// weight times the filtered spikes z of its neuron, its trace, in double precision.
struct SynapticTraces {
  /// One synapse.
  private struct Synapse {
    let source: Int
    /// Counted from the first neuron of the block.
    let target: Int
    /// Its number among all synapses of the network.
    let number: Int
  }

  /// The synapses of one delay.
  private struct Part {
    /// The traces of all neurons of the network, as drives of a network in which each neuron has one
    /// synapse, of weight 1, to itself.
    let filters: CascadeFilters
    let synapses: [Synapse]
  }

  private let parts: [Part]

  init(
    of network: Connectivity, neurons: Range<Int>, coupling: CouplingFilter, scale: Double
  ) throws(SpikingError) {
    var synapses: [Int: [Synapse]] = [:]
    var number = 0
    for source in 0..<network.neuronCount {
      network.forEachDelayedSynapse(from: source) { target, _, delay in
        defer { number += 1 }
        guard neurons.contains(target) else { return }
        synapses[delay, default: []].append(
          Synapse(source: source, target: target - neurons.lowerBound, number: number))
      }
    }
    var parts: [Part] = []
    for (delay, synapses) in synapses.sorted(by: { $0.key < $1.key }) {
      var rows = SparseRows(neuronCount: network.neuronCount)
      for neuron in 0..<network.neuronCount {
        rows.append(neuron, 1, delay: delay)
        rows.endRow()
      }
      let filters = try CascadeFilters(
        network: try Connectivity(rows: rows), neurons: 0..<network.neuronCount,
        coupling: coupling, historyTaps: [], scale: scale, baseline: 0)
      parts.append(Part(filters: filters, synapses: synapses))
    }
    self.parts = parts
  }

  func advance(to bin: Int) { for part in parts { part.filters.advance(to: bin) } }

  func receive(_ spikes: BinSpikes, bin: Int) {
    for part in parts { part.filters.receive(spikes, bin: bin) }
  }

  /// Adds Σ W z to the drives.
  func add(_ weights: [Double], to drives: UnsafeMutablePointer<Double>) {
    for part in parts {
      let traces = part.filters.drives
      for synapse in part.synapses {
        drives[synapse.target] += weights[synapse.number] * traces[synapse.source]
      }
    }
  }

  /// Adds Σ_i s_i ∂g_i/∂W, with `scores` s, to the derivatives from `offset` on.
  func addGradient(
    of scores: UnsafeMutablePointer<Double>, to gradient: inout [Double], at offset: Int
  ) {
    for part in parts {
      let traces = part.filters.drives
      for synapse in part.synapses {
        gradient[offset + synapse.number] += scores[synapse.target] * traces[synapse.source]
      }
    }
  }
}
