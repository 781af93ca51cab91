public import SpikingFramework

/// A generalized linear model in which every pair of neurons has a filter of its own: what a fit to
/// recorded spikes gives, put back into the simulator.
///
///     g_i(t) = baselines_i + Σ_k h_ii(k) x_i(t−1−k) + Σ_{j≠i} W_ji Σ_k h_ji(k) x_j(t−1−k) + E_i(t)
///     μ_i(t) = nonlinearity(g_i(t)) · dt,   x_i(t) ~ emission(μ_i(t))
///
/// The weights W of the network multiply the filters, so that synapses can be cut or scaled; 1 leaves
/// them as they are. What a fit is made of is known when its file is read, so that the nonlinearity and
/// the emission are existentials, opened once a bin. (Pillow et al. 2008, Nature 454:995.)
public struct CoupledGLM: LikelihoodModel {
  /// The width of a bin in ms.
  public var dt: Double
  /// What turns drives into rates in spikes per ms.
  public var nonlinearity: any Nonlinearity
  /// What draws the counts.
  public var emission: any Emission
  /// The drive of each neuron without input.
  public var baselines: [Double]
  /// The number of lags of the filters.
  public let window: Int
  /// h [pre, post, lag].
  public var filters: [Double]

  /// A model of as many neurons as there are baselines.
  ///
  /// - Throws: `invalidData` where there are not neurons² · window taps.
  public init(
    _ nonlinearity: any Nonlinearity, _ emission: any Emission, dt: Double, baselines: [Double],
    filters: [Double], window: Int
  ) throws(SpikingError) {
    guard filters.count == baselines.count * baselines.count * window else {
      throw SpikingError(
        .invalidData, "CoupledGLM.filters", found: "\(filters.count) taps",
        expected: "\(window) for each pair of \(baselines.count) neurons")
    }
    self.nonlinearity = nonlinearity
    self.emission = emission
    self.dt = dt
    self.baselines = baselines
    self.filters = filters
    self.window = window
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("nonlinearity", &nonlinearity)
    visit("emission", &emission)
    visit("baselines", &baselines, in: .real)
    visit("filters", &filters, in: .real)
  }

  /// The filter of a pair, at the lags 1, 2, …
  public func filter(from source: Int, to target: Int) -> ArraySlice<Double> {
    let start = (source * baselines.count + target) * window
    return filters[start..<start + window]
  }

  /// The network of all pairs that have a filter, with weights of 1.
  public func network(name: String = "") throws(SpikingError) -> Connectivity {
    let count = baselines.count
    let matrix: [Float] = (0..<count * count).map { pair in
      let (source, target) = pair.quotientAndRemainder(dividingBy: count)
      let isThere = source != target && filter(from: source, to: target).contains { $0 != 0 }
      return isThere ? 1 : 0
    }
    return try Connectivity(name: name, matrix: matrix, neuronCount: count)
  }

  public var maximumCount: Double { emission.maximumCount }

  /// The largest sums of the fitted filters, which say what a spike does to the drive altogether.
  public func feedback(in network: Connectivity) -> String {
    let count = baselines.count
    func sum(_ source: Int, _ target: Int) -> Double {
      filter(from: source, to: target).reduce(0, +)
    }
    let own = (0..<count).map { (neuron: $0, sum: sum($0, $0)) }.max { $0.sum < $1.sum }
    var coupling: (source: Int, target: Int, sum: Double)?
    for source in 0..<min(count, network.neuronCount) {
      network.forEachSynapse(from: source) { target, weight in
        let sum = Double(weight) * sum(source, target)
        if source != target, sum > coupling?.sum ?? -.infinity { coupling = (source, target, sum) }
      }
    }
    func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    var parts: [String] = []
    if let own { parts.append("\(rounded(own.sum)) of neuron \(own.neuron) on itself") }
    if let coupling {
      parts.append("\(rounded(coupling.sum)) of \(coupling.source) on \(coupling.target)")
    }
    return "largest sums of its filters \(parts.joined(separator: ", "))"
  }

  public func makeState(
    of network: Connectivity, neurons: Range<Int>
  ) throws(SpikingError) -> CoupledState {
    try validate()
    try nonlinearity.validate()
    try emission.validate()
    guard network.neuronCount == baselines.count else {
      throw SpikingError(
        .invalidData, "CoupledGLM", found: "a network of \(network.neuronCount) neurons",
        expected: "one of \(baselines.count), as many as have baselines")
    }
    return CoupledState(self, network: network, neurons: neurons)
  }

  public func emit(
    _ state: inout CoupledState, input: BlockInput, bin: Int, random: RandomSource,
    into spikes: inout BinSpikes
  ) {
    state.emit(input: input, bin: bin, random: random, into: &spikes)
  }

  public func logLikelihood(
    of spikes: BinSpikes, in state: inout CoupledState, input: BlockInput, bin: Int
  ) -> Double {
    state.logLikelihood(of: spikes, input: input, bin: bin)
  }

  /// The number of lags of the filters.
  public func historyLength(in network: Connectivity) -> Int { window }

  public func receive(_ spikes: BinSpikes, bin: Int, in state: inout CoupledState) {
    state.receive(spikes, bin: bin)
  }
}
