import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The recorded data beside the repository, where they are.
private let data = TestFiles.sharedData

private let isThere = FileManager.default.fileExists(atPath: data.path)

/// Real connectomes through convert, info and simulate. The numbers of synapses, autapses and
/// isolated neurons were counted with NumPy.
@Suite(.enabled(if: isThere, "there is no folder ../shared/data with recorded data"))
struct CommandConnectomeTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  /// The mean rate in Hz of 5 s.
  private func rate(neurons: Int) throws -> Double {
    let run = try folder.spiking(
      "simulate --model BernoulliGLM --networks w.npy --steps 5000 --seed 1 --output s.npz")
    expectSuccess(run)
    let spikes = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    #expect(spikes.neuronCount == neurons)
    return 1000 * Double(spikes.spikeCount) / Double(neurons) / spikes.duration
  }

  @Test(arguments: [("left", 209, 7425), ("right", 213, 7536)])
  func `mushroom body of a fruit fly larva`(side: String, neurons: Int, synapses: Int) throws {
    let file = data.appending(path: "mushroom-body/\(side)").path
    let run = try folder.spiking([
      "convert", "\(file)_adjacency.csv", "w.npy", "--labels", "\(file)_cell_labels.csv",
      "--inhibitory", "I,O", "--scale", "0.05",
    ])
    expectSuccess(run)
    let info = try folder.spiking("info w.npy").output
    #expect(info.contains("network of \(neurons) neurons, \(synapses) synapses"))
    #expect(info.contains(", 0 autapses, 0 isolated neurons"))
    let counts = try Connectivity(contentsOf: "\(file)_adjacency.csv")
    let labels = try ConnectivityFile.labels("\(file)_cell_labels.csv")
    let expected = try counts.mapWeights { source, _, count in
      (["I", "O"].contains(labels[source]) ? -1 : 1) * 0.05 * count
    }
    let weights = try Connectivity(contentsOf: folder.path("w.npy"))
    var wrong = 0
    for source in 0..<neurons {
      var difference = [Float](repeating: 0, count: neurons)
      expected.forEachSynapse(from: source) { difference[$0] += $1 }
      weights.forEachSynapse(from: source) { difference[$0] -= $1 }
      wrong += difference.count { abs($0) > 1e-6 }
    }
    #expect(wrong == 0 && labels.count { ["I", "O"].contains($0) } == 50)
    #expect(try 4...12 ~= rate(neurons: neurons))
  }

  @Test(arguments: [
    ("white1986", 309, 2386, ", 0 autapses, 6 isolated neurons", 25),
    ("cook2019_herm", 448, 4681, ", 34 autapses, 29 isolated neurons", 26),
  ])
  func `Caenorhabditis elegans`(
    name: String, neurons: Int, synapses: Int, others: String, inhibitory: Int
  ) throws {
    let file = data.appending(path: "c-elegans/\(name).npz").path
    let run = try folder.spiking([
      "convert", file, "w.npy", "--array", "chemical", "--labels", file, "--inhibitory",
      "DD*,VD*,RME*,AVL,DVB,RIS", "--scale", "0.1",
    ])
    expectSuccess(run)
    let info = try folder.spiking("info w.npy").output
    #expect(info.contains("network of \(neurons) neurons, \(synapses) synapses"))
    #expect(info.contains(others))
    let weights = try NumPyArray(contentsOf: folder.path("w.npy")).floats()
    // 26 neurons are named; in one of the data sets one of them, DD4, has no targets.
    let rows = (0..<neurons).map { weights[($0 * neurons)..<(($0 + 1) * neurons)] }
    #expect(rows.count { row in row.contains { $0 < 0 } } == inhibitory)
    #expect(!rows.contains { row in row.contains { $0 < 0 } && row.contains { $0 > 0 } })
    #expect(try 4...12 ~= rate(neurons: neurons))
    let unnamed = try folder.spiking(["convert", file, "x.npy"])
    expectFailure(unnamed, ["2 square matrices, the arrays names, chemical, electrical"])
  }
}
