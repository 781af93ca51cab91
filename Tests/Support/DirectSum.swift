package import Spiking

/// The drive of a cascade by its definition, without any of the engine's short cuts.
package struct DirectSum {
  package let coupling: (Int) -> Double
  package let own: (Int) -> Double
  package let scale: Double
  package let baseline: Double
  package var delay: (_ source: Int, _ target: Int) -> Int = { _, _ in 1 }

  package init(
    coupling: @escaping (Int) -> Double, own: @escaping (Int) -> Double, scale: Double,
    baseline: Double,
    delay: @escaping (_ source: Int, _ target: Int) -> Int = { _, _ in 1 }
  ) {
    self.coupling = coupling
    self.own = own
    self.scale = scale
    self.baseline = baseline
    self.delay = delay
  }

  /// The drive of one neuron in one bin, and the size of its largest term.
  package func drive(
    of neuron: Int, at bin: Int, _ history: [[Int]], _ network: Connectivity
  ) -> (drive: Double, largest: Double) {
    var sum = baseline
    var largest = abs(baseline)
    for lag in 1..<max(bin + 1, 1) {
      let counts = history[bin - lag]
      let own = own(lag - 1) * Double(counts[neuron])
      sum += own
      largest = max(largest, abs(own))
      for source in 0..<network.neuronCount where counts[source] > 0 {
        let past = lag - delay(source, neuron)
        let coupling = past < 0 ? 0 : coupling(past)
        if coupling == 0 { continue }
        let term =
          scale * Double(network[source, neuron]) * coupling * Double(counts[source])
        sum += term
        largest = max(largest, abs(term))
      }
    }
    return (sum, largest)
  }
}

/// The drives of a block of neurons, bin by bin, when the network's spikes are those of `history`
/// ([bin][neuron]).
package func drives<Model: CascadeModel>(
  _ model: Model, _ network: Connectivity, _ history: [[Int]], neurons: Range<Int>,
  stimuli: [TargetedStimulus] = []
) throws -> [[Double]] {
  var state = try model.makeState(of: network, neurons: neurons)
  let random = RandomSource(seed: 0)
  let input = try BlockInput(
    stimuli, neuronCounts: [network.neuronCount], neurons: neurons, dt: model.dt, random: random)
  return history.enumerated().map { bin, counts in
    var drawn = BinSpikes()
    model.emit(&state, input: input, bin: bin, random: random, into: &drawn)
    let drives = state.withDrives { span in span.indices.map { span[$0] } }
    var spikes = BinSpikes()
    for (neuron, count) in counts.enumerated() where count > 0 {
      spikes.append(neuron: neuron, count: count)
    }
    model.receive(spikes, bin: bin, in: &state)
    return drives
  }
}

/// A network with autapses, an isolated neuron, and weights of both signs.
package func randomNetwork(neurons: Int, seed: UInt64) throws -> Connectivity {
  var stream = RandomSource(seed: seed).stream()
  let matrix = (0..<neurons * neurons).map { index -> Float in
    let (source, target) = index.quotientAndRemainder(dividingBy: neurons)
    let weight = Float(stream.normal())
    return source == 1 || target == 1 || stream.uniform() < 0.6 ? 0 : weight
  }
  return try Connectivity(matrix: matrix, neuronCount: neurons)
}

/// Counts 0 to 2, mostly 0, as [bin][neuron].
package func randomHistory(neurons: Int, bins: Int, seed: UInt64) -> [[Int]] {
  var stream = RandomSource(seed: seed).stream()
  return (0..<bins).map { _ in
    (0..<neurons).map { _ in min(2, stream.poisson(mean: 0.2)) }
  }
}
