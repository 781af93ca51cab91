import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking convert` of connectomes and of spikes.
@Suite struct CommandConvertTests {
  private let folder: CommandFolder

  /// Counts of synapses between four neurons with labels.
  init() throws {
    folder = try CommandFolder()
    try folder.write("0,2,4,0\n1,3,0,0\n0,0,0,8\n5,0,6,0\n", to: "counts.csv")
    try folder.write("DD1\nRIM\n DD2 \r\nAVL\n", to: "labels.txt")
  }

  private func convert(_ arguments: String) throws -> CommandFolder.Run {
    try folder.spiking("convert \(arguments)")
  }

  @Test func `labels decide the signs, and the scale multiplies`() throws {
    for (patterns, signs) in [
      ("DD*,AVL", [-1, 1, -1, -1]), ("DD1", [-1, 1, 1, 1]), ("*", [-1, -1, -1, -1]),
      ("?IM", [1, -1, 1, 1]), ("R[IJ]M,DD2", [1, -1, -1, 1]),
    ] as [(String, [Float])] {
      expectSuccess(
        try convert(
          "counts.csv w.npy --force --labels labels.txt --inhibitory \(patterns) --scale 0.5"))
      let counts: [Float] = [0, 2, 4, 0, 1, 3, 0, 0, 0, 0, 0, 8, 5, 0, 6, 0]
      let weights = counts.enumerated().map { index, count in signs[index / 4] * 0.5 * count }
      let found = try NumPyArray(contentsOf: folder.path("w.npy"))
      #expect(found.shape == [4, 4] && found.elementType == .float32)
      #expect(try found.floats() == weights)
    }
    let info = try folder.spiking("info w.npy")
    #expect(info.output.contains("7 synapses"))
    #expect(info.output.contains("1 autapses, 0 isolated neurons"))
  }

  @Test func `a negative scale turns all signs`() throws {
    expectSuccess(try convert("counts.csv w.npy --scale -1"))
    #expect(try NumPyArray(contentsOf: folder.path("w.npy")).floats()[1] == -2)
  }

  @Test func `labels that do not fit are refused`() throws {
    func refuse(
      _ labels: String, _ patterns: String, _ words: [String], exitCode: Int32 = 1
    ) throws {
      expectFailure(
        try convert("counts.csv w.npy --labels \(labels) --inhibitory \(patterns)"), words,
        exitCode: exitCode)
    }
    try folder.write("A\nB\nC\n", to: "short.txt")
    try refuse("short.txt", "A", ["short.txt", "3 labels", "4 neurons", "counts.csv"])
    try refuse("labels.txt", "DD*,XYZ", ["--inhibitory", "XYZ", "labels.txt"], exitCode: 64)
    try refuse("labels.txt", "dd1", ["--inhibitory", "dd1"], exitCode: 64)
    try refuse("missing.txt", "A", ["missing.txt", "No such file"])
    try folder.write([0xFF, 0xFE, 0x41], to: "bytes.txt")
    try refuse("bytes.txt", "A", ["bytes.txt", "UTF-8"])
    try NumPyArray([1, 2, 3, 4]).write(to: folder.path("numbers.npy"))
    try refuse("numbers.npy", "A", ["numbers.npy", "descr", "strings"])
  }

  @Test func `square counts of bytes are a network, or spikes where events are written`() throws {
    try NumPyArray([0, 2, 1, 0] as [UInt8], shape: [2, 2]).write(to: folder.path("c.npy"))
    expectSuccess(try convert("c.npy w.npy --scale 2"))
    #expect(
      try NumPyArray(contentsOf: folder.path("w.npy"))
        == NumPyArray([0, 4, 2, 0] as [Float], shape: [2, 2]))
    expectSuccess(try convert("c.npy s.npz"))
    let spikes = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    #expect(spikes.neurons == [1, 0] && spikes.bins == [0, 1] && spikes.counts == [1, 2])
    #expect(try folder.spiking("info c.npy").output.contains("network of 2 neurons, 2 synapses"))
  }

  @Test func `dense counts of any whole numbers are spikes`() throws {
    try NumPyArray([0, 300, 0, 1, 0, 0] as [Int64], shape: [2, 3]).write(
      to: folder.path("c.npy"))
    expectSuccess(try convert("c.npy s.npz --dt 0.5"))
    let spikes = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    #expect(spikes.neurons == [1, 0] && spikes.counts == [1, 300] && spikes.dt == 0.5)
    expectFailure(try convert("s.npz d.npy"), ["d.npy", "neuron 0 in bin 1", "300", "255"])
    try NumPyArray([0, -1, 0, 1, 0, 0] as [Int64], shape: [2, 3]).write(
      to: folder.path("c.npy"))
    expectFailure(try convert("c.npy d.npz"), ["c.npy", "data[0, 1]", "-1"])
  }
}
