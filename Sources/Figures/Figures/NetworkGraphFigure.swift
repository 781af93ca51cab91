internal import Foundation
public import SpikingFramework

/// A network as a graph: neurons on a circle, clockwise from the top, synapses as arrows.
///
/// The colour of a neuron is the sign of its outgoing weights, summed; that of a synapse its own
/// sign, and its width its magnitude. Only the strongest synapses are drawn, and the figure says
/// so.
public struct NetworkGraphFigure: Figure {
  /// What is shown.
  public let connectivity: Connectivity
  /// The neurons marked by a ring.
  public let stimulated: Set<Int>
  /// The most synapses that are drawn.
  public let maximumSynapses: Int

  /// The figure of a network.
  ///
  /// - Throws: `invalidParameter` where a stimulated neuron does not exist.
  public init(
    _ connectivity: Connectivity, stimulated: Set<Int> = [], maximumSynapses: Int = 300
  ) throws(SpikingError) {
    try checkNeurons(stimulated, below: connectivity.neuronCount)
    self.connectivity = connectivity
    self.stimulated = stimulated
    self.maximumSynapses = max(0, maximumSynapses)
  }

  public var name: String { "network-graph" }

  public var plot: Plot {
    let synapses = connectivity.strongestSynapses(maximumSynapses)
    var subtitle =
      "\(counted(connectivity.neuronCount, "neuron")), "
      + "\(counted(connectivity.synapseCount, "synapse"))"
    if synapses.count < connectivity.synapseCount {
      subtitle += ", the strongest \(grouped(synapses.count)) drawn"
    }
    var plot = Plot(
      title: "Network", subtitle: subtitle, xAxis: Axis("", -1.2...1.2), yAxis: Axis("", -1.2...1.2)
    )
    plot.frame = .none
    let circle = GraphCircle(neuronCount: connectivity.neuronCount)
    plot.layers = edgeLayers(synapses, circle) + nodeLayers(circle)
    if connectivity.neuronCount <= 60 {
      plot.labels = (0..<connectivity.neuronCount).map {
        Plot.Label("\($0)", at: circle.position($0, radius: 1.12))
      }
    }
    return plot
  }

  /// The synapses in five classes of magnitude for each sign, from the weakest drawn, which is
  /// thin, to the strongest, on top.
  private func edgeLayers(_ synapses: [Synapse], _ circle: GraphCircle) -> [Layer] {
    guard let weakest = synapses.first?.weight.magnitude,
      let strongest = synapses.last?.weight.magnitude
    else { return [] }
    let classes = 5
    let groups = Dictionary(grouping: synapses) { synapse in
      let span = strongest - weakest
      let fraction = span > 0 ? (synapse.weight.magnitude - weakest) / span : 0.5
      return min(classes - 1, Int(fraction * Float(classes)))
    }
    return (0..<classes).flatMap { strength -> [Layer] in
      [(false, Color.inhibitory), (true, .excitatory)].flatMap { isPositive, color -> [Layer] in
        let edges = (groups[strength] ?? []).filter { ($0.weight > 0) == isPositive }
        let curves = edges.map { circle.curve(from: $0.source, to: $0.target) }
        let fraction = Double(strength) / Double(classes - 1)
        let color = color.opacity(0.3 + 0.55 * fraction)
        return [
          Layer(.lines(curves, width: 1.5 + 4 * fraction, isDashed: false), color: color),
          Layer(
            .arrowHeads(curves.map { Array($0.suffix(2)) }, length: 12 + 8 * fraction), color: color
          ),
        ]
      }
    }
  }

  /// The neurons by what they do, and the rings.
  private func nodeLayers(_ circle: GraphCircle) -> [Layer] {
    // So many that neighbours overlap: drawing all of them would add nothing.
    let shown = evenSelection(of: connectivity.neuronCount, atMost: 2000)
    var sums = [Double](repeating: 0, count: connectivity.neuronCount)
    connectivity.forEachSynapse { source, _, weight in sums[source] += Double(weight) }
    func layer(_ name: String, _ color: Color, _ isIncluded: (Double) -> Bool) -> Layer? {
      let neurons = shown.filter { isIncluded(sums[$0]) }
      guard !neurons.isEmpty else { return nil }
      let points = neurons.map { circle.position($0) }
      return Layer(.points(points, diameter: circle.diameter), color: color, name: name)
    }
    let nodes = [
      layer("excitatory", .excitatory) { $0 > 0 }, layer("inhibitory", .inhibitory) { $0 < 0 },
      layer("no net output", .neutral) { $0 == 0 },
    ]
    guard !stimulated.isEmpty else { return nodes.compactMap(\.self) }
    let order = stimulated.sorted()
    let marked = evenSelection(of: order.count, atMost: 2000).map { circle.position(order[$0]) }
    let width = max(3, circle.diameter / 7)
    let ring = Layer(
      .rings(marked, diameter: circle.diameter + 2.6 * width, width: width), color: .ink,
      name: "stimulated")
    return nodes.compactMap(\.self) + [ring]
  }
}
