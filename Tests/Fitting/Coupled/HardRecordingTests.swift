import Foundation
import Spiking
import SpikingTestCases
import Testing

/// A file made by `Golden/scripts/recordings.py`.
private func recording(_ name: String) -> String {
  TestFiles.golden("recordings/\(name).nwb")
}

/// Values of numpy and scipy.
private struct Expected: Decodable {
  struct Unit: Decodable {
    let spikes: Int
    let rate: Double
    let mean: Double
    let cv: Double
    let cv2: Double
    let lv: Double
  }

  let units: [Unit]
  let means: [String: [Double]]
}

/// Pauses, clocks that do not begin at 0, angles, and series that cannot be read.
@Suite(.readsNWB) struct HardRecordingTests {
  @Test func `a pause of a hundred seconds is left out`() throws {
    let expected: Expected = try golden("recordings/expected")
    let paused = try NWBFile(recording("paused")).units()
    #expect(
      paused.observations == [
        [0...100_000, 200_000...300_000], [0...100_000, 200_000...300_000], [50_000...250_000],
      ])
    for (found, expected) in zip(try IntervalStatistics().analyze(paused), expected.units) {
      #expect(found.spikes == expected.spikes)
      for (value, expected) in [
        (found.rate, expected.rate), (found.meanInterval, expected.mean), (found.cv, expected.cv),
        (found.cv2, expected.cv2), (found.lv, expected.lv),
      ] {
        #expect(abs((value ?? .nan) - expected) < 1e-9 * expected)
      }
    }
    let folder = try FormatsFolder()
    try paused.write(to: folder("times.npz"))
    #expect(try SpikeTrains(contentsOf: folder("times.npz")) == paused)
  }

  @Test func `times may count from another origin`() throws {
    let relative = try NWBFile(recording("relative")).units()
    #expect(relative.start == 0 && relative.stop == 100_000)
    let posix = try NWBFile(recording("posix")).units()
    #expect(posix.start == 1.6e12 && posix.stop == 1.6e12 + 100_000)
    // Spikes are drawn from 10 Hz times e^{0.5 x}, whose mean is e^{1/8}, and x is the same for both.
    #expect(try FiringRates().analyze(posix).allSatisfy { 9 < $0 && $0 < 13 })
    #expect(try FiringRates().analyze(posix) == FiringRates().analyze(relative))
    #expect(try posix.binned(width: 1) == relative.binned(width: 1))
    let late = try NWBFile(recording("relative")).series(named: "late")
      .sampled(binWidth: 1, binCount: 100_000)
    let same = try NWBFile(recording("posix")).series(named: "late")
      .sampled(binWidth: 1, start: posix.start, binCount: 100_000)
    // 20 to 50 s of values after 40 s, but for 2 s.
    let segments = [40_000..<60_000, 62_000..<90_000]
    for channels in [late, same] {
      #expect(Segments.withValues(of: channels, binCount: 100_000) == segments)
    }
    #expect(segments.allSatisfy { late[0][$0] == same[0][$0] })
  }

  @Test func `angles are averaged around the circle`() throws {
    let expected: Expected = try golden("recordings/expected")
    let file = try NWBFile(recording("directions"))
    for (name, means) in expected.means {
      let found = try file.series(named: name).sampled(binWidth: 50, binCount: means.count)[0]
      for (value, mean) in zip(found, means) { #expect(abs(value - mean) < 1e-9) }
    }
    // Two samples beside north have a mean of north; as numbers, of south.
    var heading = try TimeSeries(
      values: [350, 20, 10, 190], times: .regular(start: 0, step: 1), unit: "degrees")
    #expect(heading.turn == nil)
    #expect(try heading.sampled(binWidth: 2, binCount: 2) == [[185, 100]])
    heading.turn = 360
    let means = try heading.sampled(binWidth: 2, binCount: 2)[0]
    // Opposite directions have none.
    #expect(abs(means[0] - 5) < 1e-12 && means[1].isNaN)
    heading.turn = -1
    expectError(.invalidParameter, ["turn", "found -1.0"]) {
      _ = try heading.sampled(binWidth: 2, binCount: 2)
    }
  }

  @Test func `series that cannot be read do not matter to spikes`() throws {
    let file = try NWBFile(recording("neighbours"))
    let units = try file.units()
    #expect(Array(units[0]) == [500, 1500] && Array(units[1]) == [250, 1000])
    // To the end of the series that can be read.
    #expect(units.start == 0 && units.stop == 1750)
    #expect(try file.series(named: "good").sampleCount == 8)
    expectError(.invalidData, ["/acquisition/square/timestamps", "[2, 500]"]) {
      _ = try file.series(named: "square")
    }
  }
}

/// The command `spiking` on these files.
@Suite(.readsNWB) struct CommandHardRecordingTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private func fit(_ name: String, _ options: String) throws -> CommandFolder.Run {
    try folder.spiking(["fit", recording(name)] + options.split(separator: " ").map(String.init))
  }

  @Test func `fits score what all units were observed for`() throws {
    let run = try fit("paused", "--bin 5 --history none --coupling boxcar:1:20 --output f.npz")
    expectSuccess(run)
    // 50 to 100 s and 200 to 250 s.
    let evaluated = 2 * (10_000 - 20)
    #expect(
      run.output.contains(
        "\(60_000 - 20 - evaluated) of \(60_000 - 20) bins not evaluated: not all units were observed"
      ))
    let fit = try CoupledFit(contentsOf: folder.path("f.npz"))
    #expect(fit.binsUsed == evaluated)
    let spikes = try NWBFile(recording("paused")).units()
    for neuron in fit.neurons {
      let count = spikes[neuron.neuron].count {
        50_100...100_000 ~= $0 || 200_100...250_000 ~= $0
      }
      #expect(neuron.spikeCount == count)
    }
    let apart = try SpikeTrains(
      trains: [[1], [2], [18]], start: 0, stop: 20,
      observations: [[0...20], [0...10], [10...20]])
    try apart.write(to: folder.path("apart.npz"))
    expectFailure(
      try folder.spiking("fit apart.npz --output g.npz"), ["apart.npz", "20 bins"])
    expectFailure(
      try folder.spiking("fit apart.npz --history none --coupling none --output g.npz"),
      ["apart.npz", "units 1 and 2 were both observed"])
  }

  @Test func `fits are the same on either clock, and where a series begins late`() throws {
    for name in ["relative", "posix"] {
      let run = try fit(
        name,
        "--stimulus \(recording(name)):speed --stimulus \(recording(name)):late "
          + "--history boxcar:1:5 --coupling none --output \(name).npz")
      expectSuccess(run)
      #expect(
        run.output.contains(":late: 52005 of 99995 bins not evaluated: no value there, or in"))
    }
    let relative = try CoupledFit(contentsOf: folder.path("relative.npz"))
    let posix = try CoupledFit(contentsOf: folder.path("posix.npz"))
    #expect(relative.binsUsed == 20_000 - 5 + 28_000 - 5)
    #expect(posix.neurons.map(\.coefficients) == relative.neurons.map(\.coefficients))
    for neuron in relative.neurons {
      // 0.5 to four standard errors, 1/√(number of spikes), as the variance of x is 1; nothing of `late`.
      let error = 1 / Double(neuron.spikeCount).squareRoot()
      #expect(abs(neuron.coefficients[2] - 0.5) < 4 * error)
      #expect(abs(neuron.coefficients[3]) < 4 * error)
    }
    let info = try folder.spiking(["info", recording("posix")])
    expectSuccess(info)
    #expect(info.output.contains("1600000000000.0 to 1600000100000.0 ms, 10.92 Hz a neuron"))
    expectFailure(
      try fit("posix", "--stimulus \(recording("posix")):other --output g.npz"),
      [
        "posix.nwb:other: found 70000000000.0 to 70000019000.0 ms",
        "1600000000000.0 to 1600000100000.0 ms",
      ])
  }

  @Test func `a turn and a longest gap can be told`() throws {
    let times = try SpikeTrains(
      trains: [(1..<240).map { 100 * Double($0) }], start: 0, stop: 24_000)
    try times.write(to: folder.path("t.npz"))
    let file = recording("directions")
    func fit(_ options: String) throws -> [Double] {
      expectSuccess(
        try folder.spiking(
          "fit t.npz --bin 50 --history none --coupling none --stimulus \(file):temperature "
            + "--output f.npz " + options))
      return try CoupledFit(contentsOf: folder.path("f.npz")).neurons[0].coefficients
    }
    let numbers = try fit("")
    let angles = try fit("--turn temperature=360")
    #expect(numbers != angles)
    #expect(try fit("--turn temperature=0") == numbers)
    let options = "fit t.npz --bin 50 --history none --coupling none --output g.npz"
    expectFailure(
      try folder.spiking(options + " --stimulus \(file):degrees --turn heading=360"),
      ["--turn: found heading", "degrees"], exitCode: 64)
    // Samples every 17 ms and bins of 1 ms: 10 of them have a value.
    let run = try folder.spiking(
      "fit t.npz --history none --coupling none --stimulus \(file):degrees --longest-gap 10 "
        + "--output f.npz")
    expectSuccess(run)
    let evaluated = try CoupledFit(contentsOf: folder.path("f.npz")).binsUsed
    #expect(abs(evaluated - 24 * 60 * 10) <= 24 * 60)
  }

  @Test func `info lists series without units, and those that cannot be read`() throws {
    let run = try folder.spiking(["info", recording("series")])
    expectSuccess(run)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasSuffix("series.nwb: no units, 1 time series"))
    #expect(lines[1].hasPrefix("  /stimulus/presentation/good: shape (8,), at 0.0 to 1750.0 ms"))
    #expect(
      lines.contains(
        "  unreadable: /acquisition/square/timestamps: found shape [2, 500], expected one dimension"
      ))
    let units = try folder.spiking(["info", recording("neighbours")])
    expectSuccess(units)
    #expect(units.output.contains("4 spikes of 2 neurons, 0.0 to 1750.0 ms"))
    #expect(units.output.contains("nothing says when units were observed"))
    let converted = try folder.spiking(["convert", recording("neighbours"), "n.npz"])
    expectSuccess(converted)
    #expect(converted.output.contains("n.npz does not hold"))
    #expect(converted.output.contains("/acquisition/square/timestamps"))
  }
}
