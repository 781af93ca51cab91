import Spiking

public struct LeakyNeurons: SpikingModel {
  public var dt = 1.0
  public var decay = 0.9
  /// Spikes per ms at the threshold.
  public var hazard = 0.1

  public init() {}

  public struct State: BlockState {
    let neurons: Range<Int>
    let network: Connectivity
    var voltages: [Double]
    var currents: [Double]
    var drives: [Double]

    public mutating func visitMemory(_ visit: inout some MemoryVisitor) {
      visit(perNeuron: &voltages)
      visit(perNeuron: &currents)
    }
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("dt", &dt, in: .positive, unit: .milliseconds)
    visit("decay", &decay, in: .fraction)
    visit("hazard", &hazard, in: .nonnegative, unit: .spikesPerMillisecond)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    guard hazard * dt <= 1 else {
      throw SpikingError(
        .invalidParameter, "LeakyNeurons.hazard", found: hazard, expected: "at most 1/dt")
    }
  }

  public func makeState(of network: Connectivity, neurons: Range<Int>) throws(SpikingError) -> State
  {
    guard !network.hasDelays else {
      throw SpikingError(
        .invalidData, "LeakyNeurons", found: "delays of up to \(network.maximumDelay) bins",
        expected: "a network without delays")
    }
    let zeros = [Double](repeating: 0, count: neurons.count)
    return State(
      neurons: neurons, network: network, voltages: zeros, currents: zeros, drives: zeros)
  }

  public func emit(
    _ state: inout State, input: BlockInput, bin: Int, random: RandomSource,
    into spikes: inout BinSpikes
  ) {
    for index in state.drives.indices { state.drives[index] = 0.1 }
    input.add(to: &state.drives, bin: bin)
    for index in state.voltages.indices {
      state.voltages[index] =
        decay * state.voltages[index] + state.drives[index] + state.currents[index]
      state.currents[index] = 0
      // The nearer to the threshold of 1, the likelier a spike, which starts from 0 again.
      var stream = random.stream(state.neurons.lowerBound + index, at: bin)
      if stream.bernoulli(hazard * max(state.voltages[index], 0) * dt) {
        spikes.append(neuron: state.neurons.lowerBound + index, count: 1)
        state.voltages[index] = 0
      }
    }
  }

  public func receive(_ spikes: BinSpikes, bin: Int, in state: inout State) {
    for source in spikes.neurons {
      state.network.forEachSynapse(from: Int(source)) { target, weight in
        if state.neurons.contains(target) {
          state.currents[target - state.neurons.lowerBound] += Double(weight)
        }
      }
    }
  }
}
