import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Networks go from format to format and come back: the same numbers under the same names.
@Suite struct NetworkRoundTripTests {
  private let expected: ExpectedNetwork

  init() throws { expected = try ExpectedNetwork() }

  @Test func `names and delays go through all formats that hold them`() throws {
    let folder = try FormatsFolder()
    // As networkx wrote it.
    let first = try NamedNetwork(contentsOf: ExpectedNetwork.file("named.graphml"))
    #expect(first.names == expected.names && first.network.maximumDelay == 5)
    var former = first
    for kind in ["npz", "csv", "graphml", "tsv", "npz", "graphml"] {
      #expect(try former.write(to: folder("w.\(kind)")) == [])
      former = try NamedNetwork(contentsOf: folder("w.\(kind)"))
      #expect(former == first, "\(kind)")
    }
  }

  @Test func `tensors, arrays, sparse archives and graphs hold the same numbers`() throws {
    let folder = try FormatsFolder()
    let tensor = try Connectivity(contentsOf: ExpectedNetwork.file("float32.pt"))
    var former = tensor
    for kind in ["npy", "npz", "graphml", "pt", "npz", "npy", "csv", "pt", "npy"] {
      try former.write(to: folder("w.\(kind)"))
      former = try Connectivity(contentsOf: folder("w.\(kind)"))
      #expect(former == tensor, "\(kind)")
    }
    let array = try NumPyArray(contentsOf: folder("w.npy"))
    #expect(array.elementType == .float32)
    #expect(try array.floats() == expected.weights)
  }

  @Test func `names of which two are the same are lost in a list of synapses, and that is said`()
    throws
  {
    let folder = try FormatsFolder()
    let network = try Connectivity(matrix: [0, 2, 0, 0, 0, 3, 4, 0, 0], neuronCount: 3)
    let named = try NamedNetwork(network, names: ["x", "x", "y"])
    #expect(
      try named.write(to: folder("w.csv")) == [
        "the names of the neurons, as some have the same"
      ])
    #expect(try NamedNetwork(contentsOf: folder("w.csv")) == NamedNetwork(network))
    #expect(try named.write(to: folder("w.csv"), asMatrix: true) == [])
    #expect(try NamedNetwork(contentsOf: folder("w.csv")) == named)
  }

  @Test func `a square table without a header is a matrix, and a header makes it a list`() throws {
    let folder = try FormatsFolder()
    let numbers = "0,1,2\n1,2,4\n2,0,8\n"
    let matrix = try NamedNetwork(contentsOf: folder.file("a.csv", numbers))
    #expect(matrix.network.matrix() == [0, 1, 2, 1, 2, 4, 2, 0, 8])
    let list = try NamedNetwork(
      contentsOf: folder.file("b.csv", "source,target,weight\n" + numbers))
    #expect(list.network.matrix() == [0, 2, 0, 0, 0, 4, 8, 0, 0])
    // Of another number of rows it can only be a list.
    let longer = try NamedNetwork(contentsOf: folder.file("c.csv", numbers + "2,1,1\n"))
    #expect(longer.network.matrix() == [0, 2, 0, 0, 0, 4, 8, 1, 0])
  }

  @Test func `neurons of a list of synapses keep their order`() throws {
    let folder = try FormatsFolder()
    // The first synapse leads over neurons that have none yet.
    let network = try Connectivity(
      name: "w", neurons: 6,
      synapses: [
        Synapse(from: 0, to: 3, weight: 1), Synapse(from: 2, to: 5, weight: 2),
        Synapse(from: 4, to: 1, weight: 3),
      ])
    let named = try NamedNetwork(network, names: ["f", "e", "d", "c", "b", "a"])
    #expect(try named.write(to: folder("w.csv")) == [])
    #expect(try NamedNetwork(contentsOf: folder("w.csv")) == named)
  }

  /// A graph as Gephi's exporter writes it: colours and places of nodes, labels of edges, identifiers in any order.
  private static func gephi(weight: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
    <key attr.name="label" attr.type="string" for="node" id="label"/>
    <key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
    <key attr.name="\(weight)" attr.type="double" for="edge" id="weight"/>
    <key attr.name="r" attr.type="int" for="node" id="r"/>
    <key attr.name="x" attr.type="float" for="node" id="x"/>
    <key attr.name="size" attr.type="float" for="node" id="size"/>
    <key attr.name="Degree" attr.type="int" for="node" id="degree"/>
    <graph edgedefault="directed">
    <node id="2"><data key="label">AVAL</data><data key="degree">3</data><data key="size">10.0</data>
    <data key="r">153</data><data key="x">-1.5</data></node>
    <node id="1"><data key="label">AVAR &amp; co</data><data key="r">0</data></node>
    <node id="3"><data key="label">PVCL</data></node>
    <edge id="0" source="2" target="1"><data key="edgelabel">1</data><data key="weight">2.5</data></edge>
    <edge id="1" source="1" target="3" directed="false"><data key="weight">-4.0</data></edge>
    <edge id="2" source="3" target="3" label="own"><data key="weight">1.0</data></edge>
    </graph></graphml>
    """
  }

  @Test(arguments: ["weight", "Edge Weight", "Weight"])
  func `graphs of Gephi`(weight: String) throws {
    let folder = try FormatsFolder()
    let graph = try NamedNetwork(
      contentsOf: folder.file("g.graphml", Self.gephi(weight: weight)))
    #expect(graph.names == ["AVAL", "AVAR & co", "PVCL"])
    #expect(graph.network.matrix() == [0, 2.5, 0, 0, 0, -4, 0, -4, 1])
  }

  @Test func `identifiers that say more than a number are names`() throws {
    let folder = try FormatsFolder()
    let graph = Self.gephi(weight: "weight").replacing("\"2\"", with: "\"720575940\"")
    let named = try NamedNetwork(contentsOf: folder.file("g.graphml", graph))
    #expect(named.names == ["720575940", "1", "3"])
  }
}
