internal import Foundation
internal import SpikingFramework

/// A network in GraphML (graphml.graphdrawing.org), as networkx, igraph, Gephi and others write it.
///
/// Neurons are named by `label` or `name`, where all nodes have one of these and identifiers that only number them (from 0 or 1 on, in any
/// order, or n0, n1, …), and by their identifiers otherwise; those that are 0, 1, … in order are no names. `weight` (or `Edge Weight`, `count` or
/// `synapses`) of an edge is its weight, 1 where there is none, `delay` its delay in bins. An edge without direction is two synapses. Edges between the
/// same nodes are added up.
struct GraphMLReader {
  private var reader: XMLReader
  /// What attributes the keys of nodes and edges stand for.
  private var keys: [String: (element: String, name: String)] = [:]
  /// What edges have that do not say otherwise.
  private var defaults: [String: String] = [:]
  private var isDirected = true
  private var identifiers: [String] = []
  private var indices: [String: UInt32] = [:]
  private var labels: [UInt32: String] = [:]
  private var edges: [Edge] = []
  private var hasGraph = false

  private struct Edge {
    var source: String
    var target: String
    var isDirected: Bool
    var weight: Float
    var delay: UInt16
  }

  /// The network of a file.
  ///
  /// - Throws: `invalidData` naming the line.
  /// - Complexity: O(bytes).
  static func network(_ file: Data, name: String) throws(SpikingError) -> NamedNetwork {
    var graph = GraphMLReader(reader: try XMLReader(file))
    try graph.read()
    return try graph.network(name: name)
  }

  private init(reader: XMLReader) { self.reader = reader }

  private mutating func read() throws(SpikingError) {
    guard case .start("graphml", _)? = try reader.next() else {
      throw reader.error(found: "another text", expected: "<graphml>")
    }
    while let token = try reader.next() {
      guard case .start(let element, let attributes) = token else { continue }
      switch element {
      case "key": try readKey(attributes)
      case "graph":
        guard !hasGraph else {
          throw reader.error(found: "a second graph", expected: "one, with no graph in its nodes")
        }
        hasGraph = true
        isDirected = attributes["edgedefault"] != "undirected"
      case "node": try readNode(attributes)
      case "edge": try readEdge(attributes)
      case "hyperedge":
        throw reader.error(found: "a hyperedge", expected: "edges between two nodes")
      default: break
      }
    }
    guard hasGraph else { throw reader.error(found: "no graph", expected: "one") }
  }

  private mutating func readKey(_ attributes: [String: String]) throws(SpikingError) {
    guard let id = attributes["id"] else {
      throw reader.error(found: "a key without id", expected: "an id")
    }
    // Gephi's own attributes have an id alone.
    let name = (attributes["attr.name"] ?? id).lowercased()
    keys[id] = (attributes["for"] ?? "all", name)
    if let value = try values("key")["default"] { defaults[name] = value }
  }

  private mutating func readNode(_ attributes: [String: String]) throws(SpikingError) {
    guard let id = attributes["id"], indices[id] == nil else {
      throw reader.error(
        found: attributes["id"].map { "a second node \($0)" } ?? "a node without id",
        expected: "an id of its own")
    }
    let index = UInt32(identifiers.count)
    indices[id] = index
    identifiers.append(id)
    let data = try values("node")
    labels[index] = data["label"] ?? data["name"]
  }

  private mutating func readEdge(_ attributes: [String: String]) throws(SpikingError) {
    guard let source = attributes["source"], let target = attributes["target"] else {
      throw reader.error(found: "an edge", expected: "one with source and target")
    }
    let data = try defaults.merging(values("edge")) { $1 }
    let weight =
      data["weight"] ?? data["edge weight"] ?? data["count"] ?? data["synapses"] ?? "1"
    guard let value = Float(Substring(weight).trimmed), value.isFinite else {
      throw reader.error(
        found: "the weight \(weight.debugDescription)", expected: "a finite 32-bit number")
    }
    let delay = data["delay"] ?? "1"
    guard let bins = Double(Substring(delay).trimmed), let bins = UInt16(exactly: bins), bins > 0
    else {
      throw reader.error(
        found: "the delay \(delay.debugDescription)",
        expected: "1 to \(SparseRows.delayRange.upperBound) bins")
    }
    edges.append(
      Edge(
        source: source, target: target,
        isDirected: attributes["directed"].map { $0 == "true" } ?? isDirected, weight: value,
        delay: bins))
  }

  /// The data in an element up to its end, by name in small letters; a default as "default".
  private mutating func values(_ element: String) throws(SpikingError) -> [String: String] {
    var values: [String: String] = [:]
    var (depth, name) = (1, nil as String?)
    while depth > 0, let token = try reader.next() {
      switch token {
      case .start(let child, let attributes):
        depth += 1
        guard child != "graph" else {
          throw reader.error(found: "a graph in a \(element)", expected: "one graph")
        }
        name = child == "default" ? child : attributes["key"].flatMap { keys[$0]?.name ?? $0 }
      case .text(let text): if let name, depth == 2 { values[name, default: ""] += text }
      case .end: depth -= 1
      }
    }
    return values
  }

  private func network(name: String) throws(SpikingError) -> NamedNetwork {
    var synapses = SynapseColumns()
    for edge in edges {
      guard let source = indices[edge.source], let target = indices[edge.target] else {
        throw SpikingError(
          .invalidData, "edge", found: "from \(edge.source) to \(edge.target)",
          expected: "between nodes that are there")
      }
      synapses.append(from: source, to: target, weight: edge.weight, delay: edge.delay)
      if !edge.isDirected, source != target {
        synapses.append(from: target, to: source, weight: edge.weight, delay: edge.delay)
      }
    }
    guard !identifiers.isEmpty else {
      throw SpikingError(.invalidData, "graph", found: "no nodes", expected: "at least one")
    }
    return try NamedNetwork(
      synapses.network(name: name, neuronCount: identifiers.count), names: names)
  }

  private var names: [String] {
    let areInOrder = identifiers.enumerated().allSatisfy { "\($0)" == $1 || "n\($0)" == $1 }
    let labels = identifiers.indices.compactMap { self.labels[UInt32($0)] }
    // Gephi labels nodes with their numbers.
    if labels.count == identifiers.count, areNumbers,
      !labels.enumerated().allSatisfy({ "\($0)" == $1 })
    {
      return labels
    }
    return areInOrder ? [] : identifiers
  }

  /// Whether the identifiers only number the nodes: they differ, so that these are all numbers from 0 or 1 on.
  private var areNumbers: Bool {
    let numbers = identifiers.map { Int($0.hasPrefix("n") ? $0.dropFirst() : $0[...]) ?? -1 }
    let first = numbers.min() ?? 0
    return 0...1 ~= first && (numbers.max() ?? 0) - first < numbers.count
  }
}
