import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Names on the command line: misspelt options, commands, and types that there are not.
@Suite struct CommandNameTests {
  private let folder: CommandFolder

  /// A network w.npy and spikes s.npz.
  init() throws {
    folder = try CommandFolder()
    try NormalGenerator(neurons: 5).network(0, seed: 0).write(to: folder.path("w.npy"))
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 0], bins: [1, 2, 5], binCount: 10, dt: 1, networkOffsets: [0, 2], seed: 0)
    try spikes.write(to: folder.path("s.npz"))
  }

  @Test(arguments: [
    ("simulate --modell X --networks n --steps 5 --output o.npz", "--modell", "--model"),
    ("simulate --modell X", "--modell", "--model"), ("simulate --step=5", "--step", "--steps"),
    ("simulate --steps x --netwroks n", "--netwroks", "--networks"),
    ("simulate -steps 5", "-steps", "--steps"), ("simulate --resum f", "--resum", "--resume"),
    ("fit s.npz --crosscoupling none --couplin none", "--crosscoupling", nil),
    ("fit s.npz --ridge -1 --couplin none", "--couplin", "--coupling"),
    ("simulate --colour", "--colour", nil), ("analyze --stat isi", "--stat", "--statistics"),
    ("generate normal --neurons 5 --wieghts normal", "--wieghts", "--weights"),
    ("--verzion", "--verzion", "--version"), ("convert w.npy -p", "-p", nil),
    ("generate normal --set --neurons", "--set", nil),
  ])
  func `a misspelt option is named, whatever else is wrong`(
    arguments: String, option: String, meant: String?
  ) throws {
    let run = try folder.spiking(arguments)
    expectFailure(run, [], exitCode: 64)
    if option == "--set" {
      // This one there is; what follows is no value.
      #expect(run.error.contains("Missing value for '--set"))
    } else {
      #expect(run.error.hasPrefix("spiking: \(option): no such option of spiking"), "\(run.error)")
      #expect(run.error.contains(meant.map { "did you mean \($0)?" } ?? ", see spiking help"))
    }
  }

  @Test(arguments: [
    ("simulat --model X", "did you mean simulate?"), ("ananlyze", "did you mean analyze?"),
    ("check-all", "see spiking help"), ("plot s.npz", "see spiking help"),
  ])
  func `a misspelt command is named`(arguments: String, end: String) throws {
    let name = arguments.prefix { $0 != " " }
    expectFailure(
      try folder.spiking(arguments), ["spiking: \(name): no such command, \(end)"], exitCode: 64)
  }

  @Test func `help of a misspelt command names it`() throws {
    expectFailure(
      try folder.spiking("help simulat"),
      ["spiking: simulat: no such command, did you mean simulate?"], exitCode: 64)
    expectSuccess(try folder.spiking("help simulate"))
  }

  @Test func `values that look like options are values`() throws {
    let run = try folder.spiking("convert w.npy o.npy --scale -1")
    expectSuccess(run)
    expectFailure(
      try folder.spiking("analyze s.npz --period -1 --onset -5 --output o"), ["psth"], exitCode: 64)
  }

  @Test(arguments: [
    (
      "simulate --model Bernouli \(Self.run)",
      ["--model: found \"Bernouli\"", "BernoulliGLM, PoissonGLM"]
    ),
    (
      "simulate --model BernoulliGLM --set thta=5 \(Self.run)",
      ["--set", "thta", "theta, dt", "beta"]
    ),
    ("recover --model Foo --networks w.npy --steps 10 --output o", ["--model: found \"Foo\""]),
    (
      "fit s.npz --history boxcar:1:3 --coupling none --set foo=1 --output f.npz",
      ["--set: Fit.foo", "nonlinearity.scale"]
    ),
    ("generate foo --neurons 5 --output o", ["<generator>: found \"foo\"", "normal, uniform"]),
    ("generate normal --neurons 5 --set foo=1 --output o", ["--set", "foo", "mean, std"]),
    ("generate normal --neurons 5 --set weights.mu=1 --output o", ["--set", "weights.mu"]),
    (
      "generate normal --neurons 5 --weights foo --output o",
      ["--weights: found \"foo\"", "constant, uniform, normal, log-normal"]
    ),
    (
      "generate normal --neurons 5 --delays foo --output o", ["--delays: found \"foo\"", "uniform"]
    ),
    ("fit s.npz --coupling cosine:5:20 --output o.npz", ["--coupling: found \"cosine:5:20\""]),
    ("analyze s.npz --statistics foo --output o", ["\"foo\", expected some of rates, isi, psth"]),
    (
      "tune --model BernoulliGLM --networks w.npy --target-rate 9 --parameters thta --output o.json",
      ["--parameters: thta", "expected some of theta"]
    ),
    (
      "fit s.npz --history none --coupling none --turn angle=360 --output o.npz",
      ["--turn: found angle"]
    ),
  ])
  func `a name that there is not is a wrong command line`(
    arguments: String, words: [String]
  ) throws {
    expectFailure(try folder.spiking(arguments), words, exitCode: 64)
  }

  private static let run = "--networks w.npy --steps 5 --output o.npz"

  @Test func `the same name in a file is wrong data`() throws {
    try folder.write(#"{"model": "Bernouli"}"#, to: "m.json")
    expectFailure(
      try folder.spiking("simulate --model m.json \(Self.run)"), ["m.json: ", "\"Bernouli\""])
    try folder.write(#"{"stimulus": "Regular", "parameters": {"strengh": 1}}"#, to: "s.json")
    expectFailure(
      try folder.spiking("simulate --model BernoulliGLM --stimulus s.json \(Self.run)"),
      ["s.json: ", "strengh"])
  }
}
