internal import SpikingFiles
internal import SpikingFramework

extension NetworkTable {
  /// Writes a list of synapses under the header source, target, weight and, where there are delays, delay; separated by tabs in `.tsv`,
  /// else by commas. Neurons that would not be there, or come in another order, have a row of weight 0 before.
  ///
  /// - Throws: `unwritableFile`.
  static func writeSynapses(_ named: NamedNetwork, to path: String) throws(SpikingError) {
    let network = named.network
    let separator = separator(path)
    let isNamed = !named.names.isEmpty && named.areNamesUnique
    let names = try cells(of: named.uniqueNames, isNamed: isNamed, separator, path)
    let hasDelays = network.hasDelays
    func row(_ source: String, _ target: String, _ weight: String, _ delay: String) -> String {
      ([source, target, weight] + (hasDelays ? [delay] : [])).joined(separator: separator) + "\n"
    }
    var file = try OutputFile(path)
    try file.write(row("source", "target", "weight", "delay"))
    // Those that are there so far are the first ones.
    var seen = 0
    for source in 0..<network.neuronCount {
      var text = ""
      func see(_ neuron: Int) {
        while seen < neuron {
          text += row(names[seen], names[seen], "0", "1")
          seen += 1
        }
        seen = max(seen, neuron + 1)
      }
      network.forEachDelayedSynapse(from: source) { target, weight, delay in
        // A later target has rows before it, the first of which is the source's own.
        if target <= source + 1 { see(source) }
        see(target)
        text += row(names[source], names[target], "\(weight)", "\(delay)")
      }
      try file.write(text)
    }
    var text = ""
    for neuron in seen..<max(seen, network.neuronCount) {
      text += row(names[neuron], names[neuron], "0", "1")
    }
    try file.write(text)
    try file.finish()
  }

  /// Writes the matrix of weights with a line and a column of names.
  ///
  /// - Throws: `unwritableFile`.
  static func writeMatrix(_ named: NamedNetwork, to path: String) throws(SpikingError) {
    let network = named.network
    let separator = separator(path)
    let names = try cells(
      of: named.names.isEmpty ? named.uniqueNames : named.names, isNamed: false, separator, path)
    var file = try OutputFile(path)
    try file.write(separator + names.joined(separator: separator) + "\n")
    var cells = [String](repeating: "0", count: network.neuronCount)
    for source in 0..<network.neuronCount {
      network.forEachSynapse(from: source) { target, weight in cells[target] = "\(weight)" }
      try file.write("\(names[source])\(separator)\(cells.joined(separator: separator))\n")
      for target in cells.indices { cells[target] = "0" }
    }
    try file.finish()
  }

  private static func separator(_ path: String) -> String {
    Paths.pathExtension(path) == "tsv" ? "\t" : ","
  }

  /// Names as they stand in a table: in quotes where they would be read as something else.
  ///
  /// - Parameter isNamed: whether whole numbers are names as well.
  private static func cells(
    of names: [String], isNamed: Bool, _ separator: String, _ path: String
  ) throws(SpikingError) -> [String] {
    var cells: [String] = []
    for name in names {
      guard !name.isEmpty, !name.contains(where: \.isNewline) else {
        throw SpikingError(
          .unwritableFile, path, found: "the name \(name.debugDescription)",
          expected: "names of one line")
      }
      let isPlain =
        !name.contains(separator) && !name.contains("\"") && !name.contains(";")
        && !name.contains("\t") && !name.contains(",") && !name.hasPrefix("#")
        && !name.hasPrefix(" ") && !name.hasSuffix(" ") && !(isNamed && Int(name) != nil)
      cells.append(isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\"")
    }
    return cells
  }
}
