import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Stimuli of simulations as covariates of fits.
@Suite struct CommandStimulusFitTests {
  private let folder: CommandFolder

  /// Spikes of four neurons s.npz, two of which pulses.json stimulates.
  init() throws {
    folder = try CommandFolder()
    let network = try Connectivity(matrix: [Float](repeating: 0, count: 16), neuronCount: 4)
    try network.write(to: folder.path("w.npy"))
    try save("pulses.json", #"{"strength": 2, "period": 20, "duration": 3, "start": 5}"#, "[1, 2]")
    let run = try folder.spiking(
      "simulate --model BernoulliGLM --set theta=3 --networks w.npy --stimulus pulses.json --steps 4000 --seed 1 "
        + "--output s.npz")
    try #require(run.exitCode == 0, "\(run.error)")
  }

  private func save(
    _ name: String, _ parameters: String, _ targets: String, type: String = "Regular"
  ) throws {
    try folder.write(
      #"{"stimulus": "\#(type)", "parameters": \#(parameters), "targets": \#(targets)}"#, to: name)
  }

  private func fit(_ options: String, output: String = "f.npz") throws -> CommandFolder.Run {
    try folder.spiking(
      "fit s.npz --observation bernoulli --history raised-cosine-log:3:10 --coupling none "
        + "--stability-runs 0 --ridge 1e-4 \(options) --output \(output)")
  }

  @Test func `a fit sees the drive of the stimulus`() throws {
    let values = (0..<4000).map { bin in bin >= 5 && (bin - 5) % 20 < 3 ? 2.0 : 0.0 }
    try NumPyArray(values).write(to: folder.path("values.npy"))
    #expect(try fit("--stimulus values.npy", output: "a.npz").exitCode == 0)
    #expect(try fit("--stimulus pulses.json", output: "b.npz").exitCode == 0)
    let arrays = try ["a.npz", "b.npz"].map { name in
      let archive = try NumPyArchive(contentsOf: folder.path(name))
      return try ["stimulus", "history", "log_likelihood"].map { try archive.array($0).doubles() }
    }
    #expect(arrays[0] == arrays[1])
    // Weight 1 is that of the simulation, 0 that of neurons that are no targets: standard errors are up to
    // 0.09 and 0.18.
    let weights = arrays[0][0]
    #expect(weights.count == 4)
    for neuron in [1, 2] { #expect(abs(weights[neuron] - 1) < 0.4, "\(weights)") }
    for neuron in [0, 3] { #expect(abs(weights[neuron]) < 0.72, "\(weights)") }
    let check = "check b.npz s.npz --stimulus pulses.json --no-figures --output c"
    #expect(try folder.spiking(check).exitCode == 0)
  }

  @Test func `a stimulus that is no covariate is told`() throws {
    try save(
      "poisson.json", #"{"strength": 1, "meanInterval": 50, "duration": 10}"#, "[1]",
      type: "Poisson")
    try save("noise.json", #"{"stdPerBin": 1}"#, "[1, 2]", type: "WhiteNoise")
    try save("far.json", #"{"strength": 1, "period": 9, "duration": 1}"#, "[4]")
    let drive = (0..<4 * 4000).map { Double($0 / 4000) }
    try NumPyArray(drive, shape: [4, 4000]).write(to: folder.path("drive.npy"))
    try folder.write(
      #"{"stimulus": "Loaded", "file": "drive.npy", "targets": [0, 1, 2]}"#, to: "rows.json")
    for (name, words) in [
      ("poisson.json", ["PoissonStimulus: found values drawn at random"]),
      ("noise.json", ["WhiteNoiseStimulus: found neurons 1 and 2 driven differently in bin 0"]),
      ("far.json", ["neuron 4", "0 to 3"]), ("none.json", ["No such file"]),
      ("rows.json", ["LoadedStimulus: found neurons 0 and 1 driven differently in bin 0"]),
    ] {
      expectFailure(try fit("--stimulus \(name)"), ["\(name): "] + words)
    }
  }
}
