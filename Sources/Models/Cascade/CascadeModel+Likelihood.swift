public import SpikingFramework

extension CascadeModel {
  public func logLikelihood(
    of spikes: BinSpikes, in state: inout CascadeState<InverseLink, EmissionModel>,
    input: BlockInput, bin: Int
  ) -> Double {
    state.logLikelihood(of: spikes, input: input, bin: bin)
  }

  /// The longest of the windows of the two filters, and of the delays; filters without a window end
  /// nowhere, and count as none.
  public func historyLength(in network: Connectivity) -> Int {
    let recursions = coupling.recursions(dt: dt)
    let window =
      recursions.isEmpty
      ? coupling.taps(dt: dt).count : recursions.map { $0.window ?? 0 }.max() ?? 0
    return max(
      window == 0 ? 0 : window + network.maximumDelay - 1, historyFilter.taps(dt: dt).count)
  }

  /// By the chain rule, whatever the filters are. Where the nonlinearity or the emission jumps, the
  /// derivative is that between the jumps.
  public func makeReplayedBlock(
    of network: Connectivity, neurons: Range<Int>, parameters: [String], weights: [Double]?
  ) throws(SpikingError) -> any ReplayedBlock {
    try validateParts()
    try Self.check(CouplingFilter(coupling, dt: dt), "coupling")
    try Self.check(.taps(historyFilter.taps(dt: dt)), "historyFilter")
    return try CascadeDerivatives(
      self, network, neurons: neurons, parameters: parameters, weights: weights)
  }
}
