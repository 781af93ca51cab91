import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A wrong command line ends with 64 and one line; help and version end well.
@Suite struct CommandLineTests {
  private let folder: CommandFolder

  /// A network w.npy and spikes s.npz.
  init() throws {
    folder = try CommandFolder()
    let network = try NormalGenerator(neurons: 5).network(0, seed: 0)
    try network.write(to: folder.path("w.npy"))
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 0], bins: [1, 2, 5], binCount: 10, dt: 1, networkOffsets: [0, 2], seed: 0)
    try spikes.write(to: folder.path("s.npz"))
  }

  @Test(arguments: [
    ("", "'--steps <steps>'"), ("--steps", "Missing value for '--steps"),
    ("--steps 0", "--steps: found 0"), ("--steps -5", "--steps: found -5"),
    ("--steps 1.5", "--steps: found \"1.5\", expected a whole number such as 100000"),
    ("--steps 99999999999999999999", "expected a whole number ≤ 9223372036854775807"),
    ("--steps 5000000000", "--steps: found 5000000000"),
    ("--steps 9 --threads 0", "--threads: found 0"),
    ("--steps 9 --threads -2", "--threads: found -2"),
    ("--steps 9 --equilibration -1", "--equilibration: found -1"),
    ("--steps 9 --seed -1", "--seed: found \"-1\", expected a whole number ≥ 0"),
    ("--steps 9 --seed x", "--seed: found \"x\""),
    ("--steps 9 --colour", "--colour: no such option of spiking simulate"),
    ("--steps 9 extra", "'extra'"),
    ("--steps 9 --output out.txt", "\"out.txt\""), ("--steps 9 --output out", "\"out\""),
    ("--steps 9 --output .npz", "\".npz\""),
  ])
  func `wrong options of simulate`(options: String, word: String) throws {
    let output = options.contains("--output") ? "" : "--output out.npz "
    let run = try folder.spiking(
      "simulate --model BernoulliGLM --networks w.npy \(output)\(options)")
    expectFailure(run, [word], exitCode: 64)
  }

  @Test(arguments: [
    ("simulte", "simulte"), ("--colour", "colour"), ("simulate", "--output"),
    ("simulate --output out.npz", "--model"),
    ("generate normal --output out", "--neurons"),
    ("generate --neurons 5 --output out", "generator"),
    ("generate normal --neurons 0 --output out", "--neurons: found 0"),
    ("generate normal --neurons -3 --output out", "--neurons: found -3"),
    ("generate normal --neurons 5 --count 0 --output out", "--count: found 0"),
    ("generate normal --neurons 5 --set neurons=7 --output out", "--set neurons"),
    ("generate normal --neurons 5", "--output"),
    ("intro", "--output"), ("intro --networks 0 --output out", "--networks: found 0"),
    ("intro --neurons 0 --output out", "--neurons: found 0"),
    ("intro --steps 0 --output out", "--steps: found 0"),
    ("intro --threads 0 --output out", "--threads: found 0"),
    ("analyze s.npz --statistics foo --output out", "\"foo\", expected some of rates, isi, psth"),
    ("analyze s.npz --statistics isi, --output out", "found \"\""),
    ("analyze s.npz --statistics psth --output out", "--period"),
    ("analyze s.npz --statistics psth --period 0 --output out", "--period: found 0.0"),
    ("analyze s.npz --statistics psth --period 5 --onset nan --output out", "--onset: found nan"),
    ("analyze s.npz --stop nan --output out", "--stop: found nan"),
    ("analyze s.npz --bin -1 --output out", "--bin: found -1.0"),
    ("analyze s.npz --longest inf --output out", "--longest: found inf"),
    ("analyze s.npz --dt nan --output out", "--dt: found nan"), ("analyze s.npz", "--output"),
    ("convert w.npy", "OUT"), ("convert w.npy out.npy --inhibitory A", "--labels"),
    ("convert w.npy out.npy --labels l.txt", "--inhibitory"),
    ("convert w.npy out.npy --scale nan", "--scale: found nan"),
    ("convert s.npz out.npy --dt 0", "--dt: found 0.0"), ("info s.npz --dt 0", "--dt: found 0.0"),
    ("info missing", "missing: no such file, and no such type, see spiking info"),
    ("info mexican-hut", "mexican-hut: no such file, and no such type, did you mean mexican-hat?"),
  ])
  func `a wrong command line`(arguments: String, word: String) throws {
    expectFailure(try folder.spiking(arguments), [word], exitCode: 64)
  }

  @Test(arguments: [
    ["intro"], ["generate", "normal", "--neurons", "5"], ["analyze", "s.npz"],
  ])
  func `an empty name is no folder for output`(arguments: [String]) throws {
    let run = try folder.spiking(arguments + ["--output", ""])
    expectFailure(run, ["--output: found \"\""], exitCode: 64)
  }

  @Test(arguments: [
    ("generate normal --neurons 5 --set std=-1 --output out", ["--set", "std", "found -1"]),
    ("generate normal --neurons 4000000000 --output out", ["--neurons", "found 4000000000"]),
    ("intro --neurons 4000000000 --output out", ["--neurons", "found 4000000000"]),
    ("analyze missing.npz --output out", ["missing.npz", "No such file"]),
    ("analyze w.npy --output out", ["w.npy", "'<f4'", "whole numbers"]),
    ("analyze s.npz --bin 1e-9 --output out", ["--bin", "1e-09"]),
    ("analyze s.npz --bin 900 --output out", ["--bin", "900", "500"]),
    ("convert missing.npy out.npy", ["missing.npy", "No such file"]),
    ("convert w.npy out.wav", ["out.wav", ".npy"]),
    ("convert w.npy out.npy --scale 1e300", ["w.npy", "--scale 1e+300", "W["]),
    ("convert s.npz out.wav", ["out.wav", "npz", "npy"]),
    ("convert s.npz out.npz --scale 2", ["s.npz", "found spikes", "--scale"]),
    ("info missing.npy", ["missing.npy", "No such file"]),
  ])
  func `wrong values that are no wrong command line`(arguments: String, words: [String]) throws {
    expectFailure(try folder.spiking(arguments), words)
  }

  @Test(arguments: ["intro", "generate", "simulate", "analyze", "convert", "info"])
  func `every subcommand has help`(command: String) throws {
    for arguments in ["\(command) --help", "\(command) -h", "help \(command)"] {
      let run = try folder.spiking(arguments)
      expectSuccess(run)
      #expect(run.output.contains("USAGE: spiking \(command)"))
      #expect(run.created == [])
    }
  }

  @Test func `the command alone prints its help, and its version when asked`() throws {
    for arguments in ["", "--help", "help"] {
      let run = try folder.spiking(arguments)
      expectSuccess(run)
      for command in ["intro", "generate", "simulate", "analyze", "convert", "info"] {
        #expect(run.output.contains("  \(command) "))
      }
    }
    let version = try folder.spiking("--version")
    expectSuccess(version)
    #expect(version.output == "\(spikingVersion)\n")
  }

  @Test func `--quiet prints nothing`() throws {
    for arguments in [
      "generate normal --neurons 5 --output nets",
      "simulate --model BernoulliGLM --networks nets --steps 50 --output out.npz",
      "analyze out.npz --no-figures --output statistics",
    ] {
      let run = try folder.spiking(arguments + " --quiet")
      expectSuccess(run)
      #expect(run.output == "")
      #expect(!run.created.isEmpty)
    }
  }

  @Test func `a seed that was not given is reported, and makes the same again`() throws {
    let command = "simulate --model BernoulliGLM --set theta=1 --networks w.npy --steps 500 "
    let first = try folder.spiking(command + "--output a.npz")
    expectSuccess(first)
    let words = first.output.split(whereSeparator: \.isWhitespace)
    let seed = try #require(words.firstIndex(of: "seed").map { String(words[$0 + 1]) })
    #expect(try BinnedSpikes(contentsOf: folder.path("a.npz")).seed == UInt64(seed))
    expectSuccess(try folder.spiking(command + "--output b.npz --seed \(seed)"))
    #expect(try folder.bytes("a.npz") == folder.bytes("b.npz"))
    let other = try folder.spiking(command + "--output c.npz")
    #expect(!other.output.contains("seed \(seed)"))
    let networks = try folder.spiking("generate normal --neurons 4 --output nets")
    let record = try folder.json("nets/generator.json")
    #expect(networks.output.contains("seed \(try #require(record["seed"]))"))
  }
}
