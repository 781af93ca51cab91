internal import SpikingFramework

/// The drives of a block, or their derivatives: of fixed synapses, or of variable ones.
struct CascadeDrives {
  private let filters: CascadeFilters
  /// The synapses, where their weights are variables.
  let traces: SynapticTraces?
  private let weights: [Double]

  /// - Parameters:
  ///   - coupling: the filter of the synapses; nil where they do not matter.
  ///   - weights: the weights of all synapses of the network, where they are variables.
  init(
    _ network: Connectivity, neurons: Range<Int>, coupling: CouplingFilter?, scale: Double = 1,
    historyTaps: [Double], baseline: Double, weights: [Double]?
  ) throws(SpikingError) {
    let isFixed = weights == nil && coupling != nil
    filters = try CascadeFilters(
      network: isFixed ? network : try Self.withoutSynapses(network.neuronCount), neurons: neurons,
      coupling: isFixed ? coupling ?? .taps([]) : .taps([]), historyTaps: historyTaps, scale: scale,
      baseline: baseline)
    self.weights = weights ?? []
    if weights != nil, let coupling {
      traces = try SynapticTraces(
        of: network, neurons: neurons, coupling: coupling, scale: scale)
    } else {
      traces = nil
    }
  }

  /// One for each neuron of the block, of the bin advanced to.
  var values: UnsafeMutablePointer<Double> { filters.drives }
  var neurons: Range<Int> { filters.neurons }

  func advance(to bin: Int) {
    filters.advance(to: bin)
    traces?.advance(to: bin)
    traces?.add(weights, to: filters.drives)
  }

  func receive(_ spikes: BinSpikes, bin: Int) {
    filters.receive(spikes, bin: bin)
    traces?.receive(spikes, bin: bin)
  }

  private static func withoutSynapses(_ neurons: Int) throws(SpikingError) -> Connectivity {
    var rows = SparseRows(neuronCount: neurons)
    for _ in 0..<neurons { rows.endRow() }
    return try Connectivity(rows: rows)
  }
}
