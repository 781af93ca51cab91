import Foundation
import Spiking
import SpikingTestCases
import Testing

/// From generate over info and simulate to analyze, with what must agree between them.
@Suite struct CommandPipelineTests {
  private let folder: CommandFolder
  private let random = RandomSource(seed: 0)

  init() throws { folder = try CommandFolder() }

  private func run(_ arguments: String) throws -> CommandFolder.Run {
    let run = try folder.spiking(arguments)
    expectSuccess(run)
    return run
  }

  private func simulate(_ networks: String, _ output: String, _ options: String = "") throws {
    _ = try run(
      "simulate --model BernoulliGLM --set theta=2 --networks \(networks) --steps 1000 --seed 5 "
        + "--output \(output) \(options)")
  }

  @Test(arguments: ["normal", "uniform", "mexican-hat"])
  func `generated networks are what the files and info say`(generator: String) throws {
    let made = try run("generate \(generator) --neurons 12 --count 3 --seed 4 --output nets")
    #expect(
      made.created
        == ["nets", "nets/0.npy", "nets/1.npy", "nets/2.npy", "nets/generator.json"])
    #expect(made.output.contains("seed 4"))
    let record = try folder.json("nets/generator.json")
    #expect(record["generator"] as? String == generator && record["seed"] as? Int == 4)
    #expect((record["parameters"] as? [String: Any])?["neurons"] as? Int == 12)
    let lines = try run("info nets").output.split(separator: "\n")
    #expect(lines.count == 3)
    for (index, line) in lines.enumerated() {
      let array = try NumPyArray(contentsOf: folder.path("nets/\(index).npy"))
      #expect(array.shape == [12, 12] && array.elementType == .float32)
      let synapses = try array.floats().count { $0 != 0 }
      #expect(synapses > 0)
      #expect(line.hasPrefix("nets/\(index).npy: network of 12 neurons, \(synapses) synapses"))
    }
    let again = try run("generate \(generator) --neurons 12 --seed 4 --output one")
    #expect(again.created.count == 3)
    #expect(try folder.bytes("one/0.npy") == folder.bytes("nets/0.npy"))
  }

  @Test func `the same seed gives the same bytes, on any number of threads`() throws {
    _ = try run("generate normal --neurons 20 --count 3 --seed 4 --output nets --quiet")
    try simulate("nets", "one.npz", "--threads 1")
    let one = try folder.bytes("one.npz")
    for threads in [2, 8] {
      try simulate("nets", "more.npz", "--threads \(threads)")
      #expect(try folder.bytes("more.npz") == one)
    }
    let spikes = try BinnedSpikes(contentsOf: folder.path("one.npz"))
    #expect(spikes.spikeCount > 500 && spikes.seed == 5 && spikes.binCount == 1000)
    // A network alone fires as it does among others.
    for index in 0..<3 {
      try simulate("nets/\(index).npy", "alone.npz")
      #expect(try BinnedSpikes(contentsOf: folder.path("alone.npz")) == spikes.network(index))
    }
  }

  @Test func `dense counts hold the same spikes as events`() throws {
    _ = try run("generate normal --neurons 20 --count 2 --seed 4 --output nets --quiet")
    try simulate("nets", "s.npz")
    try simulate("nets", "s.npy")
    let events = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    var counts = [UInt8](repeating: 0, count: 40 * 1000)
    for (index, neuron) in events.neurons.enumerated() {
      counts[Int(neuron) * 1000 + Int(events.bins[index])] += UInt8(events.count(ofEvent: index))
    }
    let dense = try NumPyArray(contentsOf: folder.path("s.npy"))
    #expect(dense == NumPyArray(counts, shape: [40, 1000]))
    _ = try run("convert s.npy back.npz")
    let back = try BinnedSpikes(contentsOf: folder.path("back.npz"))
    #expect(back.neurons == events.neurons && back.bins == events.bins)
    _ = try run("convert s.npz back.npy")
    #expect(try folder.bytes("back.npy") == folder.bytes("s.npy"))
    for name in ["s.npz", "s.npy"] {
      #expect(try run("info \(name)").output.contains("\(events.spikeCount) spikes of 40 neurons"))
    }
  }

  @Test func `the arrays of events are those that are promised`() throws {
    _ = try run("generate normal --neurons 6 --count 2 --seed 4 --output nets --quiet")
    try simulate("nets", "s.npz", "--set dt=0.5")
    let archive = try NumPyArchive(contentsOf: folder.path("s.npz"))
    var found: [String: NumPyArray] = [:]
    for name in archive.names { found[name] = try archive.array(name) }
    let events = try #require(found["neuron"]).count
    #expect(
      found.mapValues { "\($0.elementType.descriptor) \($0.shape)" } == [
        "neuron": "<u4 [\(events)]", "bin": "<u8 [\(events)]", "count": "<u2 [\(events)]",
        "neurons": "<i8 []", "bins": "<i8 []", "dt": "<f8 []", "network_offsets": "<i8 [3]",
        "seed": "<u8 []",
        "version": NumPyArray(scalar: spikingVersion).elementType.descriptor + " []",
      ])
    #expect(try found["neurons"]?.integers() == [12] && found["bins"]?.integers() == [1000])
    #expect(try found["dt"]?.doubles() == [0.5] && found["seed"]?.integers() == [5])
    #expect(try found["network_offsets"]?.integers() == [0, 6, 12])
  }

  @Test func `a folder is read in natural order`() throws {
    try folder.makeFolder("nets")
    for (name, neurons) in [("10", 4), ("2", 3), ("1", 2), ("b", 6), ("a", 5)] {
      let network = try NormalGenerator(neurons: neurons).network(0, seed: 0)
      try network.write(to: folder.path("nets/\(name).npy"))
    }
    try simulate("nets", "s.npz")
    let spikes = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    #expect(spikes.networkOffsets == [0, 2, 5, 9, 14, 20])
  }

  @Test func `statistics are those of the spikes`() throws {
    // Neuron 0 fires every 10 ms from 3 ms on, neuron 1 twice in one bin, neuron 2 never.
    let bins = (0..<10).map { UInt32(3 + 10 * $0) }
    let spikes = try BinnedSpikes(
      neurons: [UInt32](repeating: 0, count: 10) + [1], bins: bins + [99],
      counts: [UInt16](repeating: 1, count: 10) + [2], binCount: 100, dt: 1,
      networkOffsets: [0, 3], seed: 9)
    try spikes.write(to: folder.path("s.npz"))
    let done = try run("analyze s.npz --statistics rates,isi,psth --period 10 --output out")
    #expect(done.output.contains("12 spikes of 3 neurons"))
    let table = try #require(folder.json("out/statistics.json")["neurons"] as? [[String: Any]])
    #expect(table.map { $0["neuron"] as? Int } == [0, 1, 2])
    #expect(table.map { $0["spikes"] as? Int } == [10, 2, 0])
    #expect(table.map { $0["rate_hz"] as? Double } == [100, 20, 0])
    #expect(table[0]["isi_mean_ms"] as? Double == 10 && table[0]["cv"] as? Double == 0)
    for key in ["isi_mean_ms", "cv", "cv2", "lv", "lvr"] { #expect(table[2][key] is NSNull) }
    let archive = try NumPyArchive(contentsOf: folder.path("out/statistics.npz"))
    let counts = try archive.array("isi_counts").integers()
    // Nine intervals of 10 ms and one of none.
    #expect(counts[10] == 9 && counts.reduce(0, +) == 10)
    let rates = try archive.array("psth_rate_hz").doubles()
    #expect(rates.count == 10 && rates.enumerated().allSatisfy { ($1 > 0) == [3, 9].contains($0) })
    // A spike in each period, of three neurons, in a bin of 1 ms.
    #expect(abs(rates[3] - 1000 / 3) < 1e-9)
    for name in ["interval-histogram", "peristimulus-histogram"] {
      #expect(done.created.contains("out/\(name).png") && done.created.contains("out/\(name).svg"))
    }
  }

  @Test func `an onset before the recording may be given`() throws {
    let trains: [[Double]] = [[-3.5, 1.5, 6.5], []]
    try SpikeTrains(trains: trains, start: -5, stop: 10).write(to: folder.path("t.npz"))
    _ = try run(
      "analyze t.npz --statistics psth --period 5 --onset -5 --no-figures --output out")
    let rates = try NumPyArchive(contentsOf: folder.path("out/statistics.npz")).array(
      "psth_rate_hz"
    ).doubles()
    #expect(rates == [0, 500, 0, 0, 0])
    #expect(try run("info t.npz").output.contains("3 spikes of 2 neurons, -5.0 to 10.0 ms"))
  }

  @Test func `a network of 3000 neurons runs`() throws {
    _ = try run("generate normal --neurons 3000 --set glorot=true --seed 1 --output nets")
    _ = try run(
      "simulate --model BernoulliGLM --networks nets --steps 500 --seed 5 --output s.npz")
    let spikes = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    #expect(spikes.neuronCount == 3000 && spikes.spikeCount > 3000)
  }
}
