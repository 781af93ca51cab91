import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Delays of synapses in files, as a user makes and runs them.
@Suite struct CommandDelayTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private func simulate(_ options: String) throws -> CommandFolder.Run {
    try folder.spiking(
      "simulate --model BernoulliGLM --steps 3000 --seed 2 --output s.npz \(options)")
  }

  @Test func `generated delays run as those of the library`() async throws {
    let made = try folder.spiking(
      "generate normal --neurons 30 --count 2 --set std=5 --set glorot=true --delays uniform "
        + "--set delays.maximum=7 --seed 4 --output nets")
    #expect(made.exitCode == 0, "\(made.error)")
    #expect(try folder.json("nets/generator.json")["delays"] as? String == "uniform")
    let networks = try NormalGenerator(neurons: 30, std: 5, glorot: true)
      .delayed(by: UniformDelays(minimum: 1, maximum: 7)).networks(count: 2, seed: 4)
    let saved = try NumPyArray(contentsOf: folder.path("nets/delays/1.npy"))
    #expect(saved.shape == [30, 30])
    let delays = try saved.integers()
    for source in 0..<30 {
      var expected = [Int](repeating: 0, count: 30)
      networks[1].forEachDelayedSynapse(from: source) { expected[$0] = $2 }
      #expect(Array(delays[source * 30..<(source + 1) * 30]) == expected)
    }
    // The library writes the same, and does not lose delays in a file that has no place for them.
    try networks.write(to: folder.path("own"))
    #expect(try folder.bytes("own/delays/1.npy") == folder.bytes("nets/delays/1.npy"))
    #expect(throws: SpikingError.self) {
      try networks[0].write(to: folder.path("one.npy"))
    }
    #expect(try simulate("--networks nets --delays nets/delays --save-run run.json").exitCode == 0)
    let spikes = try await Simulator(BernoulliGLM()).run(networks, steps: 3000, seed: 2)
    #expect(try BinnedSpikes(contentsOf: folder.path("s.npz")) == spikes)
    // A run file names them, and without them other spikes come.
    let first = try folder.bytes("s.npz")
    #expect(try folder.spiking("simulate --run run.json --output again.npz").exitCode == 0)
    #expect(try folder.bytes("again.npz") == first)
    #expect(try simulate("--networks nets").exitCode == 0)
    #expect(try folder.bytes("s.npz") != first)
  }

  @Test func `delays that do not fit are one clear line`() throws {
    try Connectivity(name: "n", matrix: [0, 2, 0, 0], neuronCount: 2).write(
      to: folder.path("n.npy"))
    func expect(_ delays: NumPyArray, _ words: [String]) throws {
      try delays.write(to: folder.path("d.npy"))
      expectFailure(try simulate("--networks n.npy --delays d.npy"), ["d.npy"] + words)
    }
    try expect(NumPyArray([1.0, 0, 1, 1], shape: [2, 2]), ["D[0, 1]", "found 0", "1 to 65535"])
    try expect(NumPyArray([1.0, 1.5, 1, 1], shape: [2, 2]), ["D[0, 1]", "found 1.5"])
    try expect(NumPyArray([1.0, 70_000, 1, 1], shape: [2, 2]), ["D[0, 1]", "found 70000"])
    try expect(NumPyArray([1.0, .nan, 1, 1], shape: [2, 2]), ["D[0, 1]", "nan"])
    try expect(NumPyArray([1.0, 1, 1], shape: [1, 3]), ["shape", "(1, 3)", "(2, 2)"])
    try expect(NumPyArray([1.0, 1, 1]), ["shape", "(3,)", "(2, 2)"])
    // Where there is no synapse, nothing is asked for.
    try NumPyArray([-1.0, 3, 0.5, 0], shape: [2, 2]).write(to: folder.path("d.npy"))
    #expect(try simulate("--networks n.npy --delays d.npy").exitCode == 0)
    expectFailure(try simulate("--networks n.npy --delays none.npy"), ["none.npy"], created: [])
    try folder.makeFolder("empty")
    expectFailure(try simulate("--networks n.npy --delays empty"), ["empty/n.npy"], created: [])
  }
}
