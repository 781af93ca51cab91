import Foundation
import Spiking
import SpikingTestCases
import SpikingTestSupport
import Testing

/// The model that `Docs/Plugins.md` shows, which is no cascade, and the same as the compiler's fault makes of
/// it.
@Suite struct PluginModelTests {
  // BEGIN GUIDE
  struct LeakyNeurons: SpikingModel {
    var dt = 1.0
    var decay = 0.9
    /// Spikes per ms at the threshold.
    var hazard = 0.1

    struct State: BlockState {
      let neurons: Range<Int>
      let network: Connectivity
      var voltages: [Double]
      var currents: [Double]
      var drives: [Double]

      mutating func visitMemory(_ visit: inout some MemoryVisitor) {
        visit(perNeuron: &voltages)
        visit(perNeuron: &currents)
      }
    }

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("dt", &dt, in: .positive, unit: .milliseconds)
      visit("decay", &decay, in: .fraction)
      visit("hazard", &hazard, in: .nonnegative, unit: .spikesPerMillisecond)
    }

    func validate() throws(SpikingError) {
      try validateDomains()
      guard hazard * dt <= 1 else {
        throw SpikingError(
          .invalidParameter, "LeakyNeurons.hazard", found: hazard, expected: "at most 1/dt")
      }
    }

    func makeState(of network: Connectivity, neurons: Range<Int>) throws(SpikingError) -> State {
      guard !network.hasDelays else {
        throw SpikingError(
          .invalidData, "LeakyNeurons", found: "delays of up to \(network.maximumDelay) bins",
          expected: "a network without delays")
      }
      let zeros = [Double](repeating: 0, count: neurons.count)
      return State(
        neurons: neurons, network: network, voltages: zeros, currents: zeros, drives: zeros)
    }

    func emit(
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

    func receive(_ spikes: BinSpikes, bin: Int, in state: inout State) {
      for source in spikes.neurons {
        state.network.forEachSynapse(from: Int(source)) { target, weight in
          if state.neurons.contains(target) {
            state.currents[target - state.neurons.lowerBound] += Double(weight)
          }
        }
      }
    }
  }
  // END GUIDE

  /// Takes a span of one array where it writes to others.
  struct FaultyNeurons: SpikingModel {
    let fine = LeakyNeurons()
    var dt: Double { fine.dt }

    func makeState(
      of network: Connectivity, neurons: Range<Int>
    ) throws(SpikingError) -> LeakyNeurons.State {
      try fine.makeState(of: network, neurons: neurons)
    }

    func emit(
      _ state: inout LeakyNeurons.State, input: BlockInput, bin: Int, random: RandomSource,
      into spikes: inout BinSpikes
    ) {
      var drive = state.drives.mutableSpan
      for index in drive.indices { drive[index] = 0.1 }
      input.add(to: &drive, bin: bin)
      for index in state.voltages.indices {
        state.voltages[index] *= fine.decay
        state.voltages[index] += state.drives[index] + state.currents[index]
      }
      for index in state.voltages.indices {
        var stream = random.stream(state.neurons.lowerBound + index, at: bin)
        if stream.bernoulli(0.1 * max(state.voltages[index], 0) * dt) {
          spikes.append(neuron: state.neurons.lowerBound + index, count: 1)
          state.voltages[index] = 0
        }
      }
    }

    func receive(_ spikes: BinSpikes, bin: Int, in state: inout LeakyNeurons.State) {
      fine.receive(spikes, bin: bin, in: &state)
    }
  }

  /// Whether the compiler has the fault: three arrays that share storage, of which one is written after a
  /// span of another was taken.
  private struct Arrays {
    var first: [Double]
    var second: [Double]
    var third: [Double]

    mutating func step() {
      var span = third.mutableSpan
      span[0] += 1
      for index in first.indices { first[index] += 1 }
    }
  }

  @Test func `drives of a state are added to without touching arrays that share their storage`()
    async throws
  {
    #expect(problems(with: LeakyNeurons()) == [])
    // v = 0.9 v + 0.1 tends to 1: at dt 1 a spike in every 10 bins, once the voltage has recovered; with a
    // stimulus of 0.1 nearly twice as many. Means of 200 neurons in 2000 bins from the recursion of the
    // probability that the last spike was k bins ago.
    let network = try Connectivity(
      matrix: [Float](repeating: 0, count: 200 * 200), neuronCount: 200)
    for strength in [0.0, 0.1] {
      let spikes = try await Simulator(LeakyNeurons()).run(
        [network], steps: 2000,
        stimuli: [TargetedStimulus(ClosureStimulus { _ in strength })], seed: 3)
      var (voltage, survival, length) = (0.0, 1.0, 0.0)
      for _ in 0..<2000 {
        voltage = 0.9 * voltage + 0.1 + strength
        length += survival
        survival *= 1 - 0.1 * voltage
      }
      let expected = 200 * 2000 / length
      // Renewal counts vary less than Poisson ones here, as intervals are more regular; the equilibration
      // runs without the stimulus.
      #expect(abs(Double(spikes.spikeCount) - expected) < 5 * expected.squareRoot())
    }
  }

  @Test func `wrong parameters and networks are errors that say what is expected`() async throws {
    let network = try Connectivity(matrix: [0, 1, 1, 0], neuronCount: 2)
    let delayed = try NormalGenerator(neurons: 2).delayed(by: UniformDelays(minimum: 3, maximum: 3))
      .network(0, seed: 0)
    let found = [
      (LeakyNeurons(decay: 2), network, "LeakyNeurons.decay: found 2, expected"),
      (LeakyNeurons(dt: 20), network, "LeakyNeurons.hazard: found 0.1, expected at most 1/dt"),
      (
        LeakyNeurons(), delayed,
        "LeakyNeurons: found delays of up to 3 bins, expected a network without delays"
      ),
    ]
    for (model, network, message) in found {
      let error = await #expect(throws: SpikingError.self) {
        try await Simulator(model).run([network], steps: 1, seed: 0)
      }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }

  @Test func `the compiler's fault is named where it shows`() {
    let zeros = [Double](repeating: 0, count: 3)
    var arrays = Arrays(first: zeros, second: zeros, third: zeros)
    arrays.step()
    let found = problems(with: FaultyNeurons())
    if arrays.second == [0, 0, 0] && zeros == [0, 0, 0] {
      #expect(found == [])
    } else {
      #expect(found.count == 1 && found[0].contains("mutableSpan"))
    }
  }

  @Test func `the page shows exactly this code`() throws {
    let guide = try GuideCode("Plugins.md", tests: #filePath)
    #expect(guide.tested.count == 1 && guide.shown.contains(guide.tested[0]))
    // The same model stands in the package of examples, with what makes it public.
    let example = TestFiles.package.appending(
      path: "Examples/Sources/ExamplePlugins/LeakyNeurons.swift")
    let lines = try String(contentsOf: example, encoding: .utf8)
      .replacing("public ", with: "").components(separatedBy: "\n")
      .filter { !["import Spiking", "  init() {}"].contains($0) }
    #expect(
      lines.joined().filter { !$0.isWhitespace }
        == guide.tested[0].joined().filter { !$0.isWhitespace })
  }
}
