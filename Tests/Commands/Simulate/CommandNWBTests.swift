import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Simulations whose spikes go to NWB files.
@Suite(.readsNWB) struct CommandNWBTests {
  private let folder: CommandFolder
  private let run =
    "simulate --model BernoulliGLM --set theta=4 --networks nets --steps 600 --seed 5 --quiet"

  init() throws {
    folder = try CommandFolder()
    try FileManager.default.createDirectory(
      at: folder.url("nets"), withIntermediateDirectories: false)
    for name in ["a", "b"] {
      try NormalGenerator(neurons: 8).network(0, seed: 0).write(to: folder.path("nets/\(name).npy"))
    }
  }

  @Test func `the spikes are those of other formats`() throws {
    expectSuccess(try folder.spiking("\(run) --output s.npz"))
    expectSuccess(try folder.spiking("\(run) --output s.nwb"))
    let events = try BinnedSpikes(contentsOf: folder.path("s.npz"))
    #expect(events.spikeCount > 100)
    let recording = try Recording(contentsOf: folder.path("s.nwb"))
    #expect(recording.spikes == events.spikeTrains)
    #expect(
      recording.units["network"]?.values
        == .integers(Array(repeating: 0, count: 8) + Array(repeating: 1, count: 8)))
    #expect(recording.origin != nil)
    let text = Data(try folder.bytes("s.nwb"))
    for words in ["seed 5", "--set theta=4 --networks nets", spikingVersion] {
      #expect(text.range(of: Data(words.utf8)) != nil, "\(words)")
    }
    // It says whose it is, and is replaced; others are not.
    expectSuccess(try folder.spiking("\(run) --output s.nwb"))
    try FileManager.default.copyItem(
      atPath: TestFiles.golden("nwb/example.nwb"), toPath: folder.path("mine.nwb"))
    expectFailure(try folder.spiking("\(run) --output mine.nwb"), ["mine.nwb", "--force"])
  }

  @Test func `a run goes on from a checkpoint`() throws {
    expectSuccess(try folder.spiking("\(run) --output s.nwb"))
    let half = run.replacing("600", with: "300")
    expectSuccess(try folder.spiking("\(half) --output h.nwb --checkpoint c.npz"))
    expectSuccess(try folder.spiking("\(run) --output r.nwb --resume c.npz"))
    #expect(
      try Recording(contentsOf: folder.path("r.nwb")).spikes
        == Recording(contentsOf: folder.path("s.nwb")).spikes)
  }

  @Test func `spikes are converted there and back`() throws {
    expectSuccess(try folder.spiking("\(run) --output s.npz"))
    expectSuccess(try folder.spiking("convert s.npz s.nwb"))
    expectSuccess(try folder.spiking("convert s.nwb t.npz"))
    expectSuccess(try folder.spiking("convert t.npz t.nwb"))
    let expected = try BinnedSpikes(contentsOf: folder.path("s.npz")).spikeTrains
    for name in ["s.nwb", "t.npz", "t.nwb"] {
      #expect(try Recording(contentsOf: folder.path(name)).spikes == expected, "\(name)")
    }
  }
}
