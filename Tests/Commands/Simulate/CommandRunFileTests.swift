import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking simulate --save-run` and `--run`.
@Suite struct CommandRunFileTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    expectSuccess(
      try folder.spiking(
        "generate normal --neurons 60 --count 3 --seed 1 --set std=5 --set glorot=true "
          + "--output nets"))
    try folder.write(
      #"""
      {"stimulus": "Product", "targets": [3, 7],
       "first": {"stimulus": "Poisson", "parameters": {"strength": 3, "meanInterval": 40}},
       "second": {"stimulus": "Loaded", "file": "gain.npy"}}
      """#, to: "pulses.json")
    try NumPyArray((0..<5000).map { 1 + Double($0 % 10) / 10 }).write(to: folder.path("gain.npy"))
  }

  private func command(_ steps: Int, _ rest: String) -> String {
    "simulate --model BernoulliGLM --set theta=4.5 --networks nets --stimulus pulses.json "
      + "--equilibration 30 --steps \(steps) --quiet \(rest)"
  }

  @Test func `a run file runs again, from another folder, with other inputs gone`() throws {
    expectSuccess(try folder.spiking(command(2000, "--seed 5 --output plain.npz")))
    let plain = try folder.bytes("plain.npz")
    try folder.makeFolder("runs")
    expectSuccess(
      try folder.spiking(command(2000, "--seed 5 --output a.npz --save-run runs/run.json")))
    #expect(try folder.bytes("a.npz") == plain)
    let fields = try folder.json("runs/run.json")
    #expect(fields["networks"] as? String == "../nets" && fields["bin"] as? Int == 2000)
    #expect(fields["checkpoint"] == nil && fields["format"] as? Int == 2)
    for name in ["pulses.json", "gain.npy"] {
      try FileManager.default.removeItem(atPath: folder.path(name))
    }
    expectSuccess(try folder.spiking("simulate --run runs/run.json --output b.npz --threads 1"))
    #expect(try folder.bytes("b.npz") == plain)
    expectSuccess(try folder.spiking("simulate --run runs/run.json --seed 6 --output c.npz"))
    #expect(try BinnedSpikes(contentsOf: folder.path("c.npz")).seed == 6)
    #expect(try folder.bytes("c.npz") != plain)
    expectSuccess(try folder.spiking("simulate --run runs/run.json --steps 900 --output d.npz"))
    #expect(try BinnedSpikes(contentsOf: folder.path("d.npz")).binCount == 900)
    let info = try folder.spiking("info runs/run.json")
    expectSuccess(info)
    for word in [
      "run of BernoulliGLM", "nets", "30 + 2000 bins", "seed 5", "complete", "theta = 4.5",
      "Product on 2 neurons", "first.meanInterval = 40", "second.values: (5000,)",
    ] {
      #expect(info.output.contains(word), "\(info.output)")
    }
  }

  @Test func `a run file notices that its networks have become others`() throws {
    expectSuccess(try folder.spiking(command(100, "--seed 5 --output a.npz --save-run run.json")))
    expectSuccess(
      try folder.spiking(
        "generate normal --neurons 60 --count 3 --seed 2 --set std=5 --set glorot=true "
          + "--output nets"))
    expectFailure(
      try folder.spiking("simulate --run run.json --output b.npz"),
      ["run.json: networks", "other networks", "the same names, synapses and delays"])
  }

  @Test func `a run file goes on from its checkpoint`() throws {
    expectSuccess(try folder.spiking(command(3000, "--seed 5 --output whole.npz")))
    expectSuccess(
      try folder.spiking(
        command(1234, "--seed 5 --output part.npz --checkpoint stop.npz --save-run run.json")))
    #expect(try folder.json("run.json")["checkpoint"] as? String == "stop.npz")
    expectSuccess(
      try folder.spiking("simulate --run run.json --steps 3000 --output part.npz --threads 2"))
    #expect(try folder.bytes("part.npz") == folder.bytes("whole.npz"))
    #expect(try folder.spiking("info run.json").output.contains("checkpoint stop.npz"))
    for (rest, words) in [
      ("--seed 6", ["--seed", "found 6", "5, the seed of stop.npz"]),
      ("--steps 1000", ["--steps", "1000", "at least the 1234 bins"]),
    ] {
      expectFailure(try folder.spiking("simulate --run run.json --output b.npz \(rest)"), words)
    }
    // Another run has taken the place of the checkpoint.
    expectSuccess(
      try folder.spiking(command(1000, "--seed 5 --output p.npz --checkpoint stop.npz")))
    expectFailure(
      try folder.spiking("simulate --run run.json --output b.npz"),
      ["run.json", "bin", "found 1234", "1000, as in stop.npz"])
  }

  @Test func `an interrupted run says where it stands`() throws {
    let steps = 12_000_000
    let process = try folder.process(
      command(steps, "--seed 5 --output out.npz --save-run run.json").split(separator: " ")
        .map(String.init))
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while try folder.hiddenBytes() < 1_000_000, process.isRunning, .now < deadline { usleep(2000) }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(text.contains("of \(steps); simulate --run run.json --output out.npz goes on"))
    #expect(!folder.contents.contains("out.npz"))

    let fields = try folder.json("run.json")
    let stop = try #require(fields["bin"] as? Int)
    #expect(fields["checkpoint"] as? String == "out.checkpoint.npz")
    #expect(try Checkpoint(contentsOf: folder.path("out.checkpoint.npz")).bin == stop)
    #expect(0 < stop && stop < steps)
    #expect(try folder.spiking("info run.json").output.contains("stopped at bin \(stop)"))
    expectSuccess(
      try folder.spiking("simulate --run run.json --quiet --steps \(stop + 5000) --output out.npz"))
    expectSuccess(try folder.spiking(command(stop + 5000, "--seed 5 --output whole.npz")))
    #expect(try folder.bytes("out.npz") == folder.bytes("whole.npz"))
  }

  @Test(arguments: [
    ("--run run.json --model BernoulliGLM", "--model: found beside --run"),
    ("--run run.json --set theta=1", "--set: found beside --run"),
    ("--run run.json --networks nets", "--networks: found beside --run"),
    ("--run run.json --array W", "--array: found beside --run"),
    ("--run run.json --stimulus s.json", "--stimulus: found beside --run"),
    ("--run run.json --equilibration 5", "--equilibration: found beside --run"),
    ("--run run.json --maximum-rate 5", "--maximum-rate: found beside --run"),
    ("--run run.txt", "--run: found \"run.txt\""),
    ("--model BernoulliGLM --networks nets --steps 5 --save-run run", "--save-run: found \"run\""),
    ("--model BernoulliGLM --steps 5", "'--networks <FILE|DIR>'"),
    ("--networks nets --steps 5", "'--model <NAME|FILE.json|FIT.npz>'"),
  ]) func `options that contradict are a wrong command line`(options: String, word: String) throws {
    expectFailure(
      try folder.spiking("simulate --output out.npz \(options)"), [word], exitCode: 64)
  }

  @Test func `a run file that does not hold is an error`() throws {
    expectFailure(
      try folder.spiking("simulate --run none.json --output a.npz"), ["none.json", "No such file"])
    let text = #"{"model": {"model": "BernoulliGLM"}, "networks": "no", "seed": 1, "steps": 9}"#
    try folder.write(text, to: "run.json")
    expectFailure(
      try folder.spiking("simulate --run run.json --output a.npz"),
      ["run.json: no", "No such file"])
    expectFailure(
      try folder.spiking(command(10, "--output a.npz --save-run no/folder.json")),
      ["no/folder.json"])
  }
}
