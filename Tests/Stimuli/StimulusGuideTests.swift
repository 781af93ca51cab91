import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What `Docs/Stimuli.md` shows.
@Suite struct StimulusGuideTests {
  @Test func `its files are read`() throws {
    let folder = try FormatsFolder()
    try NumPyArray([1.0, 2]).write(to: folder("drive.npy"))
    for name in ["small.npy", "large.npy"] { try NumPyArray([1.0]).write(to: folder(name)) }
    try NumPyArray([1.0, 2, 3, 4], shape: [2, 2]).write(to: folder("spectrogram.npy"))
    try NumPyArray([true, false]).write(to: folder("mask.npy"))
    let guide = TestFiles.package.appending(path: "Docs/Stimuli.md")
    let text = try String(contentsOf: guide, encoding: .utf8)
    let block = try #require(text.firstMatch(of: /```json\n(?<lines>[^`]*)```/)).output.lines
    let files = ("\n" + block).split(separator: "\n{").map { "{" + $0 }
    let stimuli = try files.map { text in
      try ParameterFile(contentsOf: folder.file("s.json", text))
        .stimulus()
    }
    #expect(
      stimuli.map { type(of: $0.stimulus).typeName } == [
        "RegularStimulus", "PulseTrainStimulus", "LoadedStimulus", "LoadedStimulus",
        "FilteredStimulus", "SumStimulus",
      ])
    #expect(stimuli[5].targets == .mask([true, false]))
  }

  @Test func `its Swift code runs`() async throws {
    let folder = try FormatsFolder()
    try NumPyArray((0..<4000).map { Double($0 % 5) }, shape: [4, 1000]).write(
      to: folder("drive.npy"))
    let networks = try NormalGenerator(neurons: 4).networks(count: 2, seed: 0)
    let pulses = PoissonStimulus(strength: 3, meanInterval: 40, duration: 10)
    let gated = pulses * WhiteNoiseStimulus(stdPerBin: 2, mean: 1)
    let array = try NumPyArray(contentsOf: folder("drive.npy")).numericArray()
    let drive = LoadedStimulus(array, scale: 0.5)
    let spikes = try await Simulator(BernoulliGLM()).run(
      networks, steps: 1000,
      stimuli: [
        TargetedStimulus(gated, targets: .perNetwork([[0, 3], [1, 2]])),
        TargetedStimulus(drive),
      ], seed: 0)
    let quiet = try await Simulator(BernoulliGLM()).run(networks, steps: 1000, seed: 0)
    #expect(spikes.spikeCount > quiet.spikeCount + 50)
  }
}
