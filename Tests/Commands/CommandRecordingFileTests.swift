import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What the command says of recordings that contradict themselves.
@Suite struct CommandRecordingFileTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  /// Two neurons of which each fires once, with some arrays replaced and those of nil left out.
  private func write(_ changes: [String: NumPyArray?], timed: Bool) throws {
    var arrays: [String: NumPyArray?] = [
      "neuron": NumPyArray([0, 1] as [UInt32]), "neurons": NumPyArray(scalar: 2),
    ]
    let others: [String: NumPyArray?] =
      timed
      ? [
        "time": NumPyArray([1.0, 2]), "start": NumPyArray(scalar: 0.0),
        "stop": NumPyArray(scalar: 10.0),
      ]
      : [
        "bin": NumPyArray([1, 2] as [UInt64]), "count": NumPyArray([1, 1] as [UInt16]),
        "bins": NumPyArray(scalar: 10), "dt": NumPyArray(scalar: 1.0),
        "network_offsets": NumPyArray([0, 2]), "seed": NumPyArray(scalar: UInt64(0)),
      ]
    arrays.merge(others) { $1 }
    arrays.merge(changes) { $1 }
    try NumPyArchive.write(
      arrays.sorted { $0.key < $1.key }.compactMap { name, array in array.map { (name, $0) } },
      to: folder.path("r.npz"))
  }

  private func refuse(
    _ changes: [String: NumPyArray?], timed: Bool = false, _ words: [String]
  ) throws {
    try write(changes, timed: timed)
    for command in ["info r.npz", "analyze r.npz --output out", "convert r.npz out.npz"] {
      expectFailure(try folder.spiking(command), ["r.npz"] + words)
    }
  }

  @Test func `events that contradict themselves are refused`() throws {
    try refuse(["neuron": NumPyArray([0, 5] as [UInt32])], ["neuron[1]", "found 5", "below 2"])
    try refuse(["neuron": NumPyArray([0, 0.5])], ["neuron", "data[1]", "found 0.5"])
    try refuse(["neuron": NumPyArray([0, 1], shape: [1, 2])], ["neuron", "shape", "(1, 2)"])
    try refuse(["bin": NumPyArray([1, 20] as [UInt64])], ["bin[1]", "found 20", "below 10"])
    try refuse(["bin": NumPyArray([5, 2] as [UInt64])], ["bin[1]", "sorted"])
    try refuse(["bin": NumPyArray([1, 1 << 40])], ["bin", "data[1]", "1099511627776"])
    try refuse(["count": NumPyArray([0, 1])], ["count[0]", "found 0", "at least 1"])
    try refuse(["count": NumPyArray([1])], ["count", "2 bins, 1 counts"])
    try refuse(["count": nil], ["no array count", "bin, bins, dt"])
    try refuse(["network_offsets": NumPyArray([0, 3])], ["network_offsets", "[0, 3]", "2"])
    try refuse(["network_offsets": NumPyArray([0, 3, 2])], ["network_offsets", "ascending"])
    try refuse(["network_offsets": NumPyArray([Int]())], ["network_offsets", "[]"])
    try refuse(["bins": NumPyArray(scalar: -5)], ["bins", "found -5"])
    try refuse(["dt": NumPyArray(scalar: Double.nan)], ["dt", "found nan"])
    try refuse(["dt": NumPyArray(scalar: 0.0)], ["dt", "found 0.0"])
    try refuse(["seed": NumPyArray(scalar: -1)], ["seed", "found -1"])
  }

  @Test func `times that contradict themselves are refused`() throws {
    try refuse(["time": NumPyArray([1, 20.0])], timed: true, ["time[1]", "found 20.0", "10.0"])
    try refuse(["time": NumPyArray([1, Double.nan])], timed: true, ["time[1]", "found nan"])
    try refuse(["time": NumPyArray([1.0])], timed: true, ["1 times for 2 neurons"])
    try refuse(["neuron": NumPyArray([0, 2])], timed: true, ["neuron[1]", "found 2", "below 2"])
    for (start, stop) in [(Double.nan, 10), (0, .infinity), (5, 1)] {
      try refuse(
        ["start": NumPyArray(scalar: start), "stop": NumPyArray(scalar: stop)], timed: true,
        ["start, stop", "\(start), \(stop)"])
    }
  }

  @Test(arguments: [-1, 0, 4_000_000_000_000, 1 << 62], [false, true])
  func `a number of neurons that cannot be is refused`(neurons: Int, timed: Bool) throws {
    try refuse(
      ["neurons": NumPyArray(scalar: neurons)].merging(
        timed ? [:] : ["network_offsets": NumPyArray([0, neurons])]
      ) { $1 }, timed: timed, ["neurons", "found \(neurons)"])
  }

  @Test func `times stay times when they are converted`() throws {
    try write(["time": NumPyArray([2.25, 1.5]), "neuron": NumPyArray([1, 1])], timed: true)
    let run = try folder.spiking("convert r.npz out.npz")
    expectSuccess(run)
    let recording = try Recording(contentsOf: folder.path("out.npz")).spikes
    #expect(recording.neuronCount == 2 && Array(recording.times) == [1.5, 2.25])
    #expect(recording.start == 0 && recording.stop == 10)
    expectFailure(
      try folder.spiking("convert r.npz dense.npy"), ["dense.npy", "found times", "or .npz"])
  }
}
