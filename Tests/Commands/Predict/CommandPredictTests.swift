import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The command `predict` on the recording of the golden values of encoding models.
@Suite struct CommandPredictTests {
  private let folder: CommandFolder

  private static let design = """
    {"terms": [{"term": "History", "basis": "raised-cosine-log:3:8"},
      {"term": "Tuning", "of": "direction", "basis": "cyclic-b-spline:8:0:6.283185307179586"},
      {"term": "Tuning", "name": "place", "of": ["x", "y"],
        "basis": ["b-spline:4:0:100", "b-spline:4:0:100"], "smooth": 0.01},
      {"term": "Event", "of": "trials.cue_time", "basis": "raised-cosine-log:4:20"},
      {"term": "Category", "of": "trials.side"}]}
    """

  /// The session s.npz of two neurons, design.json and the fit f.npz.
  init() throws {
    folder = try CommandFolder()
    let recording: EncodedRecording = try golden("encoding_data")
    let counts = [3, 4].map { step in
      (0..<recording.bins).map { ($0 * $0 / step) % (step + 2) == 0 ? 1 : 0 }
    }
    try write(recording.session(counts).session, to: "s.npz")
    try folder.write(Self.design, to: "design.json")
    let run = try folder.spiking(
      "fit s.npz --bin 10 --design design.json --standard-errors --stability-runs 0 --quiet --output f.npz"
    )
    try #require(run.exitCode == 0, "\(run.error)")
  }

  /// Writes a session whose spikes are times, as these go with tables and series.
  private func write(_ session: Recording, to name: String, series: Bool = true) throws {
    try Recording(
      session.spikes, intervals: session.intervals, events: session.events,
      series: series ? session.series : []
    ).write(to: folder.path(name))
  }

  @Test func `chosen neurons keep their numbers and what they are coupled with`() async throws {
    expectSuccess(
      try folder.spiking(
        "fit s.npz --bin 10 --coupling raised-cosine-log:2:5 --stability-runs 0 --quiet --output c.npz"
      ))
    for fit in ["f.npz", "c.npz"] {
      expectSuccess(
        try folder.spiking("predict \(fit) s.npz --no-figures --quiet --output all --force"))
      expectSuccess(
        try folder.spiking("predict \(fit) s.npz --neurons 1 --no-figures --output one --force"))
      let all = try NumPyArchive(contentsOf: folder.path("all/predictions.npz")).array("rates_hz")
      let one = try NumPyArchive(contentsOf: folder.path("one/predictions.npz"))
      #expect(try one.array("neuron").integers() == [1])
      #expect(
        try one.array("rates_hz").doubles().elementsEqual(all.doubles().suffix(600)) {
          $0 == $1 || $0.isNaN && $1.isNaN
        })
      expectSuccess(
        try folder.spiking("check \(fit) s.npz --neurons 1 --no-figures --output check --force"))
      let check = try String(contentsOfFile: folder.path("check/check.json"), encoding: .utf8)
        .filter { !$0.isWhitespace }
      #expect(check.contains("\"neuron\":1,") && !check.contains("\"neuron\":0,"))
    }
  }

  @Test func `rates, parts, curves and trials are those of the library`() async throws {
    let run = try folder.spiking(
      "predict f.npz s.npz --psth trials --by side --window -50:300 --no-figures --output out")
    expectSuccess(run)
    #expect(run.output.contains("parts of history, direction, place, trials.cue_time, trials.side"))
    let session = try Recording(contentsOf: folder.path("s.npz")).binned(width: 10)
    let fit = try CoupledFit(contentsOf: folder.path("f.npz"))
    let rates = try await fit.rates(in: session)
    let archive = try NumPyArchive(contentsOf: folder.path("out/predictions.npz"))
    func same(_ name: String, _ values: [Double], _ shape: [Int]) throws {
      let array = try archive.array(name)
      #expect(array == NumPyArray(values, shape: shape), "\(name)")
    }
    try same("rates_hz", rates.flatMap(\.rates), [2, 600])
    try same("baseline", rates.map(\.baseline), [2])
    for (number, name) in ["history", "direction", "place", "trials.cue_time", "trials.side"]
      .enumerated()
    {
      try same("contribution/\(name)", rates.flatMap { $0.parts[number].drive }, [2, 600])
    }
    try same("tuning_direction", rates.flatMap { $0.curves[0].drive }, [2, 48])
    try same(
      "tuning_direction_se", rates.flatMap { $0.curves[0].standardErrors ?? [] }, [2, 48])
    try same("tuning_place_hz", rates.flatMap { $0.curves[1].rates }, [2, 24, 24])
    try same("tuning_trials.cue_time_grid", (0..<20).map { Double($0) * 10 }, [20])
    try same(
      "tuning_trials.side_recorded_hz", rates.flatMap { $0.curves[3].recordedRates }, [2, 3])
    #expect(
      try archive.array("tuning_trials.side_categories").strings() == ["both", "left", "right"])
    #expect(try archive.array("evaluated").booleans().count { $0 } == 592)
    let trials = try TrialAlignment(to: "trials", by: "side", window: -50...300, in: session)
    let averages = rates.map { trials.average(of: $0) }
    let predicted = (0..<3).flatMap { condition in
      averages.flatMap { $0.predicted[condition * 35..<(condition + 1) * 35] }
    }
    try same("psth_predicted", predicted, [3, 2, 35])
    #expect(try archive.array("psth").shape == [3, 2, 35])
    #expect(try archive.array("psth_ms").doubles().first == -50)
    let description = try folder.json("out/predictions.json")
    #expect(description["evaluated_bins"] as? Int == 592)
    #expect((description["curves"] as? [[String: Any]])?.count == 4)
    #expect(description["figures"] as? [String] == [])
  }

  @Test(.enabled(if: (try? Gnuplot()) != nil, "gnuplot is not installed"))
  func `figures are those of neurons and terms, and former ones go`() throws {
    expectSuccess(
      try folder.spiking("predict f.npz s.npz --psth trials --by side --quiet --output out"))
    let stems = [
      "psth", "tuning-direction", "tuning-place", "tuning-trials-cue-time", "tuning-trials-side",
    ]
    let names = (0..<2).flatMap { neuron in
      stems.map { "\($0)-neuron-\(neuron)" } + ["tuning-place-neuron-\(neuron)-recorded"]
    }
    let expected = names.flatMap { ["out/\($0).png", "out/\($0).svg"] }
    let drawn = folder.contents.filter { $0.hasSuffix("g") && $0.hasPrefix("out/") }
    #expect(drawn == expected.sorted())
    expectSuccess(try folder.spiking("predict f.npz s.npz --no-figures --quiet --output out"))
    #expect(
      folder.contents.filter { $0.hasPrefix("out/") }
        == ["out/predictions.json", "out/predictions.npz"])
  }

  @Test func `wrong inputs are told in one line`() throws {
    let session = try Recording(contentsOf: folder.path("s.npz"))
    try write(session, to: "bare.npz", series: false)
    let recording: EncodedRecording = try golden("encoding_data")
    try write(
      recording.session([(0..<600).map { $0 % 2 }]).session, to: "one.npz")
    func predict(_ text: String) throws -> CommandFolder.Run {
      try folder.spiking("predict f.npz \(text) --no-figures --output out")
    }
    expectFailure(
      try predict("bare.npz"),
      ["term direction", "no covariate \"direction\"", "trials.reward", "trials.cue_time"])
    expectFailure(try predict("one.npz"), ["one.npz", "1 neurons", "2, as many as the fit has"])
    expectFailure(
      try predict("s.npz --psth tries"), ["--psth", "\"tries\"", "one of trials, lick"],
      exitCode: 64)
    expectFailure(
      try predict("s.npz --psth trials --by sides"), ["--psth", "\"sides\"", "side"], exitCode: 64)
    expectFailure(
      try predict("s.npz --psth trials --window 5:1"), ["--window", "later"], exitCode: 64)
    expectFailure(try predict("s.npz --by side"), ["--by", "--psth"], exitCode: 64)
    expectFailure(
      try predict("s.npz --memory 1e-4"), ["GB of memory", "--memory"])
  }

  @Test func `other bins have curves without standard errors, which is said`() throws {
    let run = try folder.spiking("predict f.npz s.npz --stop 3000 --no-figures --output out")
    expectSuccess(run)
    #expect(run.output.contains("these are not the bins of the fit"))
    let archive = try NumPyArchive(contentsOf: folder.path("out/predictions.npz"))
    #expect(!archive.names.contains("tuning_direction_se"))
    #expect(try archive.array("evaluated").booleans().count { $0 } == 292)
  }
}
