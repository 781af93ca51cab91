import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Numbers at the ends of what can be written: each gives a result or one line, never a trap.
@Suite struct ExtremeNumberTests {
  private let folder: CommandFolder

  private static let numbers = [
    "0", "-0", "-1", "5e-324", "1e305", "inf", "nan", "9223372036854775807",
    "18446744073709551616",
  ]

  init() throws {
    folder = try CommandFolder()
    let train = stride(from: 3.25, to: 200, by: 7.5).map { $0 }
    try SpikeTrains(trains: [train, []], start: 0, stop: 200).write(to: folder.path("times.npz"))
    try [Connectivity(matrix: [0, 1, 1, 0], neuronCount: 2)].write(to: folder.path("net"))
  }

  /// Expects a result, or an error of one line about what was given, or about the command line.
  private func expectOneLine(_ run: CommandFolder.Run, _ words: String) {
    #expect(
      [0, 1, 64].contains(run.exitCode), "\(words): \(run.exitCode) \(run.error.prefix(300))")
    if run.exitCode == 1 {
      #expect(
        run.errorLines.count == 2 && run.error.hasPrefix("spiking: "), "\(words): \(run.error)")
    }
    #expect(!run.error.contains("Encoding"), "\(words): \(run.error)")
    for name in run.created where !name.contains("/") {
      try? FileManager.default.removeItem(at: folder.url(name))
    }
  }

  @Test(arguments: [
    (
      "analyze times.npz --statistics isi,psth --period 100 --no-figures --output a",
      ["--bin", "--longest", "--dt", "--period", "--onset", "--start", "--stop"]
    ),
    (
      "fit times.npz --history boxcar:1:3 --coupling none --output f.npz",
      [
        "--bin", "--dt", "--start", "--stop", "--longest-gap", "--shape", "--ridge",
        "--group-lasso", "--stable-up-to", "--tolerance", "--memory",
      ]
    ),
    (
      "generate normal --neurons 4 --seed 1 --output g",
      ["--neurons", "--spectral-radius", "--excitatory-fraction", "--set std="]
    ),
  ])
  func `options`(command: String, options: [String]) throws {
    for option in options {
      for number in Self.numbers {
        let last = option.hasSuffix("=") ? [option + number] : [option, number]
        var words = command.split(separator: " ").map(String.init)
        // An option that is there is replaced.
        if let place = words.firstIndex(of: option) { words.removeSubrange(place...place + 1) }
        words += last.flatMap { $0.split(separator: " ").map(String.init) } + ["--quiet"]
        expectOneLine(try folder.spiking(words), words.joined(separator: " "))
      }
    }
  }

  /// The pairs that were once a trap, with the figures whose axes they become.
  @Test(arguments: ["5e-324", "1e-310", "1e-300", "1e305"])
  func `widths of histograms`(width: String) throws {
    try NumPyArray([UInt8]([1, 0, 1, 1, 0, 0, 1, 1]), shape: [2, 4]).write(to: folder.path("c.npy"))
    for recording in ["times.npz", "c.npy --dt \(width)"] {
      for rest in ["--longest \(width)", "--statistics psth --period \(width)"] {
        let words = "analyze \(recording) --bin \(width) \(rest) --quiet --output a"
        expectOneLine(try folder.spiking(words), words)
      }
    }
  }

  @Test func `times of any size have statistics, null where they are not defined`() throws {
    for (stop, times) in [
      (1e305, [0, 1e300, 1e305]), (1.7e308, [0, 1e308, 1.7e308]), (5e-324, [0, 0, 5e-324]),
    ] {
      try SpikeTrains(trains: [times, [0]], start: 0, stop: stop).write(to: folder.path("late.npz"))
      let run = try folder.spiking("analyze late.npz --quiet --no-figures --output a")
      expectSuccess(run)
      let neurons = try #require(
        try folder.json("a/statistics.json")["neurons"] as? [[String: Any]])
      #expect(neurons.count == 2 && neurons[0]["spikes"] as? Int == 3)
      // Squares of such times are beyond numbers, rates within so short a time, too.
      #expect(neurons[0][stop < 1 ? "rate_hz" : "cv"] is NSNull)
      let words = "fit late.npz --coupling none --quiet --output f.npz"
      expectFailure(try folder.spiking(words), ["late.npz, --bin: width: found 1.0"])
    }
  }

  @Test func `numbers in files`() throws {
    for number in Self.numbers.filter({ Double($0)?.isFinite ?? false }) {
      for (name, key) in [
        ("run", "steps"), ("run", "equilibration"), ("run", "bin"), ("run", "seed"),
      ] {
        let fields = ["steps": "10", "equilibration": "5", "seed": "1"].merging([key: number]) {
          $1
        }
        let text = fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
        try folder.write(
          "{\"model\": {\"model\": \"BernoulliGLM\"}, \"networks\": \"net\", \(text)}",
          to: "\(name).json")
        // So many bins as there can be would take a while.
        if ["steps", "equilibration"].contains(key), number == "2147483648" { continue }
        expectOneLine(
          try folder.spiking("simulate --run run.json --quiet --output s.npz"), "\(key) \(number)")
      }
      try folder.write(
        "{\"stimulus\": \"Regular\", \"targets\": [\(number)]}", to: "targets.json")
      expectOneLine(
        try folder.spiking(
          "simulate --model BernoulliGLM --networks net --steps 9 --stimulus targets.json --quiet "
            + "--output s.npz"), "targets \(number)")
    }
  }
}
