internal import SpikingFiles
internal import SpikingFramework

/// Networks in GraphML, which networkx, igraph and Gephi open. Nodes have the names of the neurons as identifiers and labels, or their numbers.
enum GraphMLWriter {
  /// Writes a network.
  ///
  /// - Throws: `unwritableFile`, also for names with characters that XML does not have.
  /// - Complexity: O(synapses), memory for the names.
  static func write(_ named: NamedNetwork, to path: String) throws(SpikingError) {
    let network = named.network
    let names = try named.names.map { name throws(SpikingError) in try escaped(name, path) }
    // Where one name comes twice, or looks like a number, nodes are numbered, and names are labels.
    let isNumbered =
      Set(names).count < network.neuronCount || names.contains { Int($0) != nil || $0.isEmpty }
    let identifiers = isNumbered ? (0..<network.neuronCount).map { "\($0)" } : names
    let hasDelays = network.hasDelays
    var file = try OutputFile(path)
    try file.write(head(hasNames: !names.isEmpty, hasDelays: hasDelays))
    for (neuron, identifier) in identifiers.enumerated() {
      let label = names.isEmpty ? "/>" : "><data key=\"label\">\(names[neuron])</data></node>"
      try file.write("    <node id=\"\(identifier)\"\(label)\n")
    }
    for source in 0..<network.neuronCount {
      var text = ""
      network.forEachDelayedSynapse(from: source) { target, weight, delay in
        text += "    <edge source=\"\(identifiers[source])\" target=\"\(identifiers[target])\">"
        text += "<data key=\"weight\">\(weight)</data>"
        if hasDelays { text += "<data key=\"delay\">\(delay)</data>" }
        text += "</edge>\n"
      }
      try file.write(text)
    }
    try file.write("  </graph>\n</graphml>\n")
    try file.finish()
  }

  private static func head(hasNames: Bool, hasDelays: Bool) -> String {
    func key(_ name: String, _ type: String, for element: String) -> String {
      "  <key id=\"\(name)\" for=\"\(element)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns">

      """ + (hasNames ? key("label", "string", for: "node") : "")
        + key("weight", "double", for: "edge") + (hasDelays ? key("delay", "int", for: "edge") : "")
        + "  <graph edgedefault=\"directed\">\n"
  }

  private static func escaped(_ name: String, _ path: String) throws(SpikingError) -> String {
    guard
      name.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value < 0xFFFE || $0.value > 0xFFFF })
    else {
      throw SpikingError(
        .unwritableFile, path, found: "the name \(name.debugDescription)",
        expected: "names without control characters")
    }
    return name.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
