internal import SpikingFramework

extension Connectivity {
  /// The synapses between some of the neurons, which are renumbered from 0.
  func selecting(_ neurons: [Int]) throws(SpikingError) -> Connectivity {
    var matrix: [Float] = []
    for source in neurons {
      for target in neurons { matrix.append(self[source, target]) }
    }
    return try Connectivity(name: name, matrix: matrix, neuronCount: neurons.count)
  }
}

extension BinnedSpikes {
  /// The spikes of some of the neurons of one network, ascending, which are renumbered from 0.
  func selecting(_ chosen: [Int]) throws(SpikingError) -> BinnedSpikes {
    var numbers = [UInt32?](repeating: nil, count: neuronCount)
    for (number, neuron) in chosen.enumerated() { numbers[neuron] = UInt32(number) }
    let events = neurons.indices.filter { numbers[Int(neurons[$0])] != nil }
    return try BinnedSpikes(
      neurons: events.compactMap { numbers[Int(neurons[$0])] }, bins: events.map { bins[$0] },
      counts: counts.isEmpty ? [] : events.map { counts[$0] }, binCount: binCount, dt: dt,
      networkOffsets: [0, chosen.count], seed: seed)
  }
}
