public import SpikingFramework

/// What a block of neurons of a `CoupledGLM` remembers: what spikes so far do to the coming bins.
public struct CoupledState: BlockState {
  private let nonlinearity: any Nonlinearity
  private let emission: any Emission
  private let dt: Double
  private let neurons: Range<Int>
  private let baselines: [Double]
  private let window: Int
  /// Taps by presynaptic neuron, lag, and neuron of the block.
  private let taps: [Double]
  /// A row for each coming bin, of bin t number t modulo the window.
  private var coming: [Double]
  private var drives: [Double]

  init(_ model: CoupledGLM, network: Connectivity, neurons: Range<Int>) {
    nonlinearity = model.nonlinearity
    emission = model.emission
    dt = model.dt
    self.neurons = neurons
    baselines = Array(model.baselines[neurons])
    window = model.window
    let width = neurons.count
    var taps = [Double](repeating: 0, count: network.neuronCount * model.window * width)
    for source in 0..<network.neuronCount {
      func set(_ target: Int, _ weight: Double) {
        for (lag, tap) in model.filter(from: source, to: target).enumerated() {
          taps[(source * model.window + lag) * width + target - neurons.lowerBound] = weight * tap
        }
      }
      network.forEachSynapse(from: source) { target, weight in
        if neurons.contains(target), target != source { set(target, Double(weight)) }
      }
      if neurons.contains(source) { set(source, 1) }
    }
    self.taps = taps
    coming = Array(repeating: 0, count: model.window * width)
    drives = Array(repeating: 0, count: width)
  }

  mutating func emit(
    input: BlockInput, bin: Int, random: RandomSource, into spikes: inout BinSpikes
  ) {
    setDrives(input, bin: bin)
    emission.sample(neurons, means: means(), bin: bin, random: random, into: &spikes)
  }

  /// Forms the drives of one bin, and the log-likelihood of given spikes of the block.
  mutating func logLikelihood(of spikes: BinSpikes, input: BlockInput, bin: Int) -> Double {
    setDrives(input, bin: bin)
    return emission.logLikelihood(
      of: spikes, in: neurons, at: drives.span, through: nonlinearity, dt: dt)
  }

  private mutating func setDrives(_ input: BlockInput, bin: Int) {
    let start = row(of: bin)
    for index in drives.indices {
      drives[index] = baselines[index]
      if window > 0 {
        drives[index] += coming[start + index]
        coming[start + index] = 0
      }
    }
    input.add(to: &drives, bin: bin)
  }

  private func means() -> [Double] {
    var rates = [Double](repeating: 0, count: drives.count)
    var span = rates.mutableSpan
    nonlinearity.rates(at: drives.span, into: &span)
    for index in rates.indices { rates[index] *= dt }
    return rates
  }

  mutating func receive(_ spikes: BinSpikes, bin: Int) {
    let width = drives.count
    for (neuron, count) in zip(spikes.neurons, spikes.counts) {
      for lag in 0..<window {
        let from = (Int(neuron) * window + lag) * width
        let to = row(of: bin + 1 + lag)
        for index in 0..<width { coming[to + index] += Double(count) * taps[from + index] }
      }
    }
  }

  /// Where the row of a bin begins; bins of the equilibration are negative.
  private func row(of bin: Int) -> Int {
    if window == 0 { return 0 }
    let remainder = bin % window
    return (remainder < 0 ? remainder + window : remainder) * drives.count
  }

  public mutating func visitMemory(_ visit: inout some MemoryVisitor) {
    visit(perNeuron: &coming)
  }
}
