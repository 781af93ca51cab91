import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Messages about files, trials and widths that are not what they were taken for.
@Suite struct CommandMessageTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  /// Forty trials, two neurons that fire every 10 and 15 ms, in bins of 1 ms.
  private func write() throws {
    var counts = [UInt8](repeating: 0, count: 2 * 4000)
    for bin in 0..<4000 {
      counts[bin] = bin % 10 == 3 ? 1 : 0
      counts[4000 + bin] = bin % 15 == 4 ? 1 : 0
    }
    try NumPyArray(counts, shape: [2, 4000]).write(to: folder.path("counts.npy"))
    expectSuccess(try folder.spiking("convert counts.npy events.npz"))
  }

  private let options = "--history none --coupling boxcar:2:20 --output f.npz"

  private func trials(_ edges: [Double]) throws {
    try NumPyArray(edges, shape: [edges.count / 2, 2]).write(to: folder.path("trials.npy"))
  }

  @Test func `trials that are not evaluated are counted, and why`() throws {
    try write()
    // In seconds.
    try trials((0..<40).flatMap { [0.1 * Double($0), 0.1 * Double($0) + 0.09] })
    let command = "fit events.npz --trials trials.npy \(options)"
    expectFailure(
      try folder.spiking(command),
      [
        "trials.npy: found none of 40 trials that can be evaluated: 40 no longer than the 20 bins",
        "the first is 0.0 to 0.09 ms", "expected starts and stops in ms",
      ])
    try trials([0, 100, 100, 115, 200, 300, 5000, 5100])
    let run = try folder.spiking(command)
    expectSuccess(run)
    #expect(
      run.output.hasPrefix(
        "trials.npy: 2 of 4 trials not evaluated: 1 outside 0.0 to 4000.0 ms, 1 no longer than the 20 bins"
      ))
    #expect(try CoupledFit(contentsOf: folder.path("f.npz")).binsUsed == 160)
    expectFailure(
      try folder.spiking(command + " --start 1000"),
      ["none of 4 trials", "4 outside 1000.0 to 4000.0 ms"])
    try trials([0, 100, 90, 200])
    expectFailure(
      try folder.spiking(command), ["trials.npy: data[1]: found 90.0 to 200.0 ms", "100.0 ms"])
    try trials([0, 100, 200, 150])
    expectFailure(try folder.spiking(command), ["data[1]", "a start before its stop"])
  }

  @Test func `a width of bins has one meaning`() throws {
    try write()
    for file in ["counts.npy", "events.npz"] {
      let run = try folder.spiking("fit \(file) --bin 2 \(options)")
      expectSuccess(run)
      #expect(run.output.hasPrefix("\(file): bins of 1.0 ms joined to bins of 2.0 ms\n"))
      let fit = try CoupledFit(contentsOf: folder.path("f.npz"))
      #expect(fit.dt == 2 && fit.binsUsed == 2000 - 20)
      // Every 10 ms a spike, after the first 40 ms.
      #expect(fit.neurons[0].spikeCount == 396)
      let narrow = try folder.spiking("fit \(file) --bin 1.5 \(options)")
      expectFailure(narrow, ["--bin: found 1.5 ms", "a multiple of the bins of \(file), 1.0 ms"])
    }
    let run = try folder.spiking("fit counts.npy --dt 2 \(options)")
    expectSuccess(run)
    #expect(!run.output.contains("joined"))
    let fit = try CoupledFit(contentsOf: folder.path("f.npz"))
    #expect(fit.dt == 2 && fit.binsUsed == 4000 - 20)
    // Counts of 2 ms, or two bins of 1 ms: the file does not say.
    let check = "check f.npz counts.npy --no-figures --output c"
    expectFailure(try folder.spiking(check), ["--dt: found none", "counts.npy", "2.0 ms"])
    expectSuccess(try folder.spiking(check + " --dt 2"))
    let rows = try #require(try folder.json("c/check.json")["neurons"] as? [[String: Any]])
    #expect(rows[0]["bins"] as? Int == 4000 - 20)
  }

  @Test func `bins without a value are not evaluated`() throws {
    try write()
    var values = (0..<4000).map { Double($0 % 7) }
    for bin in 0..<1000 { values[bin] = .nan }
    values[3000] = .nan
    try NumPyArray(values).write(to: folder.path("light.npy"))
    let command = "fit events.npz \(options) --stimulus-basis identity:5"
    let run = try folder.spiking(command + " --stimulus light.npy")
    expectSuccess(run)
    #expect(
      run.output.hasPrefix("light.npy: 1021 of 3980 bins not evaluated: no value there, or in"))
    #expect(try CoupledFit(contentsOf: folder.path("f.npz")).binsUsed == 2000 - 20 + 999 - 20)
    let offset = try folder.spiking(command + " --offset light.npy --start 2000")
    expectSuccess(offset)
    #expect(offset.output.hasPrefix("light.npy: 21 of 1980 bins not evaluated"))
    expectFailure(
      try folder.spiking(command + " --stimulus light.npy --stop 1000"),
      ["light.npy: found values (not NaN) in none of the 980 bins"])
    values[2000] = .infinity
    try NumPyArray(values).write(to: folder.path("light.npy"))
    expectFailure(
      try folder.spiking(command + " --stimulus light.npy"),
      ["light.npy", "bin 2000: found inf, expected a finite number"])
  }

  @Test func `files of another kind are named`() throws {
    try write()
    try folder.write("0.5,1\n2,3\n", to: "light.csv")
    expectSuccess(try folder.spiking("fit events.npz \(options)"))
    let fit = "fit events.npz --history none --coupling none --output g.npz"
    func stimulus(_ name: String) throws -> CommandFolder.Run {
      try folder.spiking("\(fit) --stimulus \(name)")
    }
    expectFailure(
      try stimulus("light.csv"), ["light.csv: shape: found [2, 2]", "[channels, 4000]"])
    expectFailure(
      try folder.spiking("\(fit) --offset light.csv"),
      ["light.csv", "found a text, such as a table", "(.npy)"])
    expectFailure(
      try stimulus(recording("series")), ["series.nwb", "found an HDF5 file (.nwb)", "(.npy)"])
    expectFailure(
      try stimulus("events.npz"), ["events.npz", "found an archive of arrays (.npz)", "(.npy)"])
    try FileManager.default.copyItem(
      atPath: folder.path("counts.npy"), toPath: folder.path("renamed.npz"))
    expectFailure(
      try folder.spiking("info renamed.npz"),
      ["renamed.npz", "found one array of NumPy (.npy)", "an archive of arrays (.npz)"])
    guard NWBFile.isSupported else { return }
    try FileManager.default.copyItem(
      atPath: folder.path("counts.npy"), toPath: folder.path("renamed.nwb"))
    expectFailure(
      try folder.spiking("info renamed.nwb"),
      ["renamed.nwb", "found one array of NumPy (.npy)", "HDF5"])
  }

  @Test func `networks, fits and spikes are told apart`() throws {
    try write()
    expectSuccess(try folder.spiking("fit events.npz \(options)"))
    expectSuccess(try folder.spiking("generate normal --neurons 5 --output nets --quiet"))
    for command in ["analyze nets/0.npy --output a", "fit nets/0.npy \(options)"] {
      let run = try folder.spiking(command)
      #expect(run.exitCode == 1 && run.errorLines.count == 2)
      #expect(run.error.contains("nets/0.npy: descr: found '<f4' (5, 5), as a network has"))
    }
    let simulate = "simulate --model BernoulliGLM --steps 10 --output s.npz --networks"
    expectFailure(
      try folder.spiking("\(simulate) f.npz"),
      ["f.npz", "0 square matrices, a fit, the arrays baseline"])
    expectFailure(
      try folder.spiking("\(simulate) events.npz"),
      ["events.npz", "spike events, the arrays neuron"])
    expectFailure(
      try folder.spiking("check nets/0.npy events.npz --output c"),
      ["nets/0.npy", "found one array of NumPy (.npy)", "archive"])
    expectFailure(
      try folder.spiking("check events.npz events.npz --output c"),
      ["events.npz", "found spike events", "expected a fit"])
    expectFailure(
      try folder.spiking("analyze f.npz --output a"), ["f.npz", "found a fit", "expected spikes"])
    let info = try folder.spiking("info f.npz")
    expectSuccess(info)
    #expect(info.output.hasPrefix("f.npz: fit of 2 of 2 neurons"))
  }

  @Test func `times and numbers are told without digits of rounding`() throws {
    #expect(inMilliseconds(670.6407 * 1000) == "670640.7 ms")
    #expect(inMilliseconds(0.1 + 0.2) == "0.3 ms" && inMilliseconds(-1.5) == "-1.5 ms")
    #expect(inMilliseconds(0) == "0.0 ms" && inMilliseconds(-0.0) == "0.0 ms")
    #expect(inMilliseconds(.infinity) == "inf ms" && inMilliseconds(1e-300) == "0.0 ms")
    #expect(inMilliseconds(1_600_000_000_123.25) == "1600000000123.25 ms")
    #expect(listed([0, 2, 3, 5, 6, 7, 9]) == "0, 2, 3, 5 to 7, 9" && listed([]) == "")
    let help = try folder.spiking("help check").output
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(help.contains("The seed of the random numbers of time rescaling. [default: 0]"))
    #expect(!help.contains("taken from the system"))
  }
}

private func recording(_ name: String) -> String {
  TestFiles.golden("recordings/\(name).nwb")
}
