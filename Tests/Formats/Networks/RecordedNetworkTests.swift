import Foundation
import Spiking
import SpikingTestCases
import Testing

private let data = TestFiles.sharedData

private let isThere = FileManager.default.fileExists(atPath: data.path)

/// Real connectomes by every path that they allow: equal synapse for synapse, under the names as published.
@Suite(.enabled(if: isThere, "there is no folder ../shared/data with recorded data"))
struct RecordedNetworkTests {
  /// Every format, after the other and by itself.
  private func expectKept(_ published: NamedNetwork) throws {
    let folder = try FormatsFolder()
    let areUnique = Set(published.names).count == published.names.count
    var former = published
    for kind in ["npz", "graphml"] + (areUnique ? ["csv", "tsv", "npz"] : ["npz"]) {
      #expect(try former.write(to: folder("w.\(kind)")) == [])
      former = try NamedNetwork(contentsOf: folder("w.\(kind)"))
      #expect(former == published, "\(kind)")
    }
    #expect(try former.write(to: folder("w.csv"), asMatrix: true) == [])
    #expect(try NamedNetwork(contentsOf: folder("w.csv")) == published)
    // The others have no room for names.
    var network = published.network
    for kind in ["npy", "pt", "npy"] {
      #expect(try published.write(to: folder("w.\(kind)")) == ["the names of the neurons"])
      try network.write(to: folder("w.\(kind)"))
      network = try Connectivity(contentsOf: folder("w.\(kind)"))
      #expect(network == published.network, "\(kind)")
    }
    if MATLABFile.isSupported {
      try MATLABFile.write(network, to: folder("w.mat"))
      #expect(try Connectivity(contentsOf: folder("w.mat")) == published.network)
    }
  }

  @Test(arguments: [("left", 209, 7425), ("right", 213, 7536)])
  func `mushroom body of a fruit fly larva`(side: String, neurons: Int, synapses: Int) throws {
    let file = data.appending(path: "mushroom-body/\(side)").path
    let network = try Connectivity(contentsOf: "\(file)_adjacency.csv")
    #expect(network.neuronCount == neurons && network.synapseCount == synapses)
    let labels = try ConnectivityFile.labels("\(file)_cell_labels.csv")
    // Kinds of cells, which many share.
    try expectKept(NamedNetwork(network, names: labels))
    try expectKept(NamedNetwork(network, names: labels.enumerated().map { "\($1) \($0)" }))
  }

  @Test(arguments: ["white1986", "cook2019_herm"], ["chemical", "electrical"])
  func `Caenorhabditis elegans`(name: String, synapses: String) throws {
    let file = data.appending(path: "c-elegans/\(name).npz").path
    let named = try NamedNetwork(contentsOf: file, array: synapses)
    let archive = try NumPyArchive(contentsOf: file)
    #expect(try named.names == archive.array("names").strings())
    #expect(try named.network.matrix() == archive.array(synapses).floats())
    try expectKept(named)
  }
}
