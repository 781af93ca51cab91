internal import SpikingFramework

/// The synapses that end in a block, when their weights are variables: what each contributes is its
/// weight times the filtered spikes z of its neuron, its trace, in double precision.
struct SynapticTraces {
  /// One synapse.
  struct Synapse {
    /// The number of its delay among those that occur.
    let delay: Int
    let source: Int
    /// Counted from the first neuron of the block.
    let target: Int
    /// Its number among all synapses of the network.
    let number: Int
  }

  /// For each delay that occurs, the traces of all neurons of the network, as drives of a network in
  /// which each neuron has one synapse, of weight 1, to itself.
  private let filters: [CascadeFilters]
  private let synapses: [Synapse]

  init(
    of network: Connectivity, neurons: Range<Int>, coupling: CouplingFilter, scale: Double
  ) throws(SpikingError) {
    var (delays, synapses, number): ([Int], [Synapse], Int) = ([], [], 0)
    for source in 0..<network.neuronCount {
      network.forEachDelayedSynapse(from: source) { target, _, delay in
        defer { number += 1 }
        guard neurons.contains(target) else { return }
        if !delays.contains(delay) { delays.append(delay) }
        synapses.append(
          Synapse(
            delay: delays.firstIndex(of: delay) ?? 0, source: source,
            target: target - neurons.lowerBound, number: number))
      }
    }
    self.synapses = synapses
    var filters: [CascadeFilters] = []
    for delay in delays {
      var rows = SparseRows(neuronCount: network.neuronCount)
      for neuron in 0..<network.neuronCount {
        rows.append(neuron, 1, delay: delay)
        rows.endRow()
      }
      filters.append(
        try CascadeFilters(
          network: try Connectivity(rows: rows), neurons: 0..<network.neuronCount,
          coupling: coupling, ownTaps: [], scale: scale, baseline: 0))
    }
    self.filters = filters
  }

  func advance(to bin: Int) { for filter in filters { filter.advance(to: bin) } }

  func receive(_ spikes: BinSpikes, bin: Int) {
    for filter in filters { filter.receive(spikes, bin: bin) }
  }

  /// Adds Σ W z to the drives.
  func add(_ weights: [Double], to drives: UnsafeMutablePointer<Double>) {
    for synapse in synapses {
      drives[synapse.target] +=
        weights[synapse.number] * filters[synapse.delay].drives[synapse.source]
    }
  }

  /// Adds Σ_i s_i ∂g_i/∂W, with `scores` s, to the derivatives from `offset` on.
  func addGradient(
    of scores: UnsafeMutablePointer<Double>, to gradient: inout [Double], at offset: Int
  ) {
    for synapse in synapses {
      gradient[offset + synapse.number] +=
        scores[synapse.target] * filters[synapse.delay].drives[synapse.source]
    }
  }
}
