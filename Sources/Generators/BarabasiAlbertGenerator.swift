public import SpikingFramework
internal import SpikingNumerics

/// Scale-free networks, grown by linear preferential attachment.
///
/// The first m + 1 neurons are all linked. Each further one links to m different ones before it, each
/// chosen with a probability proportional to the number of links it has. The number of links k then
/// has the distribution P(k) = 2m(m + 1) / (k(k + 1)(k + 2)), which falls with k⁻³. (Barabási and
/// Albert 1999, "Emergence of scaling in random networks"; Dorogovtsev, Mendes and Samukhin 2000 for
/// P.) Each link is a synapse in both directions, with the weight 1.
///
/// Neuron after neuron is added by one thread, as each choice depends on those before.
public struct BarabasiAlbertGenerator: RowGenerator, Hashable {
  /// The number of neurons.
  public var neurons: Int
  /// m, the number of links that each new neuron makes.
  public var links: Int

  /// A generator; by default with 5 links for each new neuron.
  public init(neurons: Int, links: Int = 5) {
    self.neurons = neurons
    self.links = links
  }

  public mutating func visitParameters(_ visit: inout some ParameterVisitor) {
    visit("neurons", &neurons, in: .neuronCount)
    visit("links", &links, in: .positiveCount)
  }

  public func validate() throws(SpikingError) {
    try validateDomains()
    try requireLess(links, than: neurons, "links", of: Self.self)
  }

  public func rows(random: RandomSource, threads: Int) throws(SpikingError) -> SparseRows {
    let (neurons, links) = (neurons, links)
    let count = firstLink(of: neurons)
    _ = try synapseCapacity(neurons: neurons, expected: 2 * Double(count))
    let ends = grownLinks(using: random.stream())
    let earlier = SparseRows(
      neuronCount: neurons, capacity: count, threads: threads
    ) { sources, rows in
      var targets = TargetSet(neurons: neurons)
      for source in sources {
        let first = firstLink(of: source)
        for link in first..<first + min(source, links) { targets.insert(Int(ends[2 * link + 1])) }
        targets.endRow(of: &rows)
      }
    }
    return earlier.merged(with: earlier.transposed(threads: threads), threads: threads)
  }

  /// How many links there are before `neuron` is added.
  private func firstLink(of neuron: Int) -> Int {
    let complete = min(neuron, links + 1)
    return complete * (complete - 1) / 2 + (neuron - complete) * links
  }

  /// The two ends of each link, the later neuron first. A neuron is there once for each of its links,
  /// so that any end is a choice by number of links.
  private func grownLinks(using stream: consuming RandomStream) -> [UInt32] {
    var ends: [UInt32] = []
    ends.reserveCapacity(2 * firstLink(of: neurons))
    var chosen: [UInt32] = []
    // The neuron that chose each one last: this shows whether it is chosen twice.
    var latest = [UInt32](repeating: .max, count: neurons)
    for neuron in 0..<neurons {
      chosen.removeAll(keepingCapacity: true)
      if neuron <= links {
        chosen.append(contentsOf: 0..<UInt32(neuron))
      } else {
        while chosen.count < links {
          let end = ends[stream.uniform(below: ends.count)]
          if latest[Int(end)] == UInt32(neuron) { continue }
          latest[Int(end)] = UInt32(neuron)
          chosen.append(end)
        }
      }
      for end in chosen {
        ends.append(UInt32(neuron))
        ends.append(end)
      }
    }
    return ends
  }
}
