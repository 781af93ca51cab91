import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking simulate` stopped, by a signal or at a step, and resumed.
@Suite struct CommandResumeTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    expectSuccess(
      try folder.spiking(
        "generate normal --neurons 60 --count 3 --seed 1 --set std=5 --set glorot=true "
          + "--output nets"))
    let stimulus = """
      {"stimulus": "Regular", "targets": [3, 7], "parameters":
       {"strength": 5, "period": 100, "duration": 10}}
      """
    try Data(stimulus.utf8).write(to: folder.folder.appending(path: "pulses.json"))
  }

  private func command(_ steps: Int, _ rest: String) -> String {
    "simulate --model BernoulliGLM --networks nets --stimulus pulses.json --steps \(steps) "
      + "--quiet \(rest)"
  }

  @Test(arguments: ["npz", "npy"])
  func `a run stopped at a step and resumed writes the same file`(kind: String) throws {
    expectSuccess(try folder.spiking(command(3000, "--seed 5 --output whole.\(kind)")))
    let whole = try folder.bytes("whole.\(kind)")
    expectSuccess(
      try folder.spiking(
        command(1234, "--seed 5 --threads 1 --output part.\(kind) --checkpoint stop.npz")))
    let part = try BinnedSpikes(contentsOf: folder.path("part.\(kind)"))
    #expect(part.binCount == 1234)
    // A checkpoint is a file of events, too.
    #expect(try BinnedSpikes(contentsOf: folder.path("stop.npz")).neurons == part.neurons)
    expectSuccess(
      try folder.spiking(
        command(3000, "--threads 2 --force --output part.\(kind) --resume stop.npz")))
    #expect(try folder.bytes("part.\(kind)") == whole)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal writes a checkpoint from which the run goes on`(signal: Int32) throws {
    // Some seconds' work, stopped when the spikes' temporary files have grown.
    let steps = 12_000_000
    let process = try folder.process(
      command(steps, "--seed 5 --output out.npz").split(separator: " ").map(String.init))
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while try folder.hiddenBytes() < 1_000_000, process.isRunning, .now < deadline { usleep(2000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 1)
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(text.hasPrefix("spiking: interrupted: at bin "))
    #expect(text.contains("of \(steps); the same command with --resume out.checkpoint.npz goes on"))
    #expect(text.split(separator: "\n").count == 1)
    #expect(
      folder.contents.filter { !$0.hasPrefix("nets") }.sorted()
        == ["out.checkpoint.npz", "pulses.json"])

    // Another one does not take its place.
    let second = try folder.process(
      command(steps, "--seed 6 --output out.npz").split(separator: " ").map(String.init))
    second.standardError = Pipe()
    try second.run()
    while try folder.hiddenBytes() < 1_000_000, second.isRunning, .now < deadline { usleep(2000) }
    kill(second.processIdentifier, signal)
    second.waitUntilExit()
    #expect(try Checkpoint(contentsOf: folder.path("out.checkpoint-2.npz")).seed == 6)
    #expect(try Checkpoint(contentsOf: folder.path("out.checkpoint.npz")).seed == 5)

    let stop = try Checkpoint(contentsOf: folder.path("out.checkpoint.npz")).bin
    #expect(0 < stop && stop < steps)
    let end = stop + 5000
    expectSuccess(
      try folder.spiking(command(end, "--output out.npz --resume out.checkpoint.npz")))
    expectSuccess(try folder.spiking(command(end, "--seed 5 --output whole.npz")))
    #expect(try folder.bytes("out.npz") == folder.bytes("whole.npz"))
  }

  @Test func `what cannot be resumed is an error of one line`() throws {
    expectSuccess(
      try folder.spiking(command(500, "--seed 5 --output a.npz --checkpoint stop.npz")))
    for (rest, words) in [
      ("--resume none.npz", ["none.npz", "No such file"]),
      ("--resume a.npz", ["a.npz", "expected a checkpoint"]),
      ("--resume nets/0.npy", ["nets/0.npy"]),
      ("--resume stop.npz --seed 6", ["--seed", "6", "5, the seed of stop.npz"]),
      ("--resume stop.npz --set theta=4", ["stop.npz", "another model"]),
      ("--resume stop.npz --stimulus pulses.json", ["stop.npz", "another stimuli"]),
    ] {
      expectFailure(try folder.spiking(command(1000, "--output b.npz \(rest)")), words)
    }
    expectFailure(
      try folder.spiking(command(499, "--output b.npz --resume stop.npz")),
      ["--steps", "499", "at least the 500 bins of stop.npz"])
    expectFailure(
      try folder.spiking(command(500, "--output b.npz --checkpoint no/folder.npz")),
      ["no/folder.npz"])
    for wrong in ["b.npz", "nets/0.npy", "stop"] {
      let run = try folder.spiking(command(500, "--output b.npz --checkpoint \(wrong)"))
      #expect(run.exitCode == 64 && run.error.contains("--checkpoint") && run.created == [])
    }
    // A checkpoint without its memory.
    let archive = try NumPyArchive(contentsOf: folder.path("stop.npz"))
    let arrays = try archive.names.map { name in
      (name, name == "checkpoint_memory" ? NumPyArray([UInt8]()) : try archive.array(name))
    }
    try NumPyArchive.write(arrays, to: folder.path("cut.npz"))
    expectFailure(
      try folder.spiking(command(1000, "--output b.npz --resume cut.npz")),
      ["cut.npz", "checkpoint_memory_offsets"])
  }

  @Test func `storage is a choice that changes no spike`() throws {
    for storage in ["automatic", "dense", "sparse"] {
      expectSuccess(
        try folder.spiking(
          command(500, "--seed 5 --storage \(storage) --output \(storage).npz")))
    }
    #expect(try folder.bytes("dense.npz") == folder.bytes("sparse.npz"))
    #expect(try folder.bytes("automatic.npz") == folder.bytes("sparse.npz"))
    let wrong = try folder.spiking(command(500, "--storage thin --output b.npz"))
    #expect(wrong.exitCode == 64 && wrong.error.contains("thin"))
  }

  @Test func `a bound of the rate stops the run and leaves nothing`() throws {
    let run = try folder.spiking(command(5000, "--seed 5 --maximum-rate 4 --output b.npz"))
    expectFailure(run, ["network 0", "Hz a neuron", "at most 4.0 Hz", "spectral radius"])
    expectSuccess(
      try folder.spiking(command(500, "--seed 5 --maximum-rate inf --output b.npz")))
    let wrong = try folder.spiking(command(500, "--maximum-rate 0 --output b.npz"))
    #expect(wrong.exitCode == 64 && wrong.error.contains("--maximum-rate"))
  }
}
