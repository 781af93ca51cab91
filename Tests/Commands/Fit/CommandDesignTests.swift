import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Encoding models from the command line: designs in files and terms one by one, of tables beside the spikes.
@Suite struct CommandDesignTests {
  /// A folder with the recording of the golden values: spikes of two neurons, and tables.
  private func session() throws -> CommandFolder {
    let folder = try CommandFolder()
    let recording: EncodedRecording = try golden("encoding_data")
    let counts = (0..<2).map { neuron in
      (0..<recording.bins).map { ($0 * 7 + neuron * 3) % 11 == 0 ? 1 : 0 }
    }
    let session = try recording.session(counts)
    try session.spikes.write(to: folder.path("spikes.npz"))
    let names = recording.covariates.keys.sorted()
    var lines = ["time_ms," + names.joined(separator: ",")]
    for bin in 0..<recording.bins {
      let values = names.map { "\(recording.covariates[$0]?[bin] ?? .nan)" }
      lines.append("\(bin * 10)," + values.joined(separator: ","))
    }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "behavior.csv")
    let licks = recording.events["lick"] ?? []
    try folder.write("time_ms\n" + licks.map { "\($0)\n" }.joined(), to: "licks.csv")
    let trials = recording.trials
    var rows = ["start_ms,stop_ms,side,cue_time_ms,reward"]
    for row in trials.start.indices {
      rows.append(
        "\(trials.start[row]),\(trials.stop[row]),\(trials.side[row]),\(trials.cueTime[row]),"
          + "\(trials.reward[row])")
    }
    try folder.write(rows.joined(separator: "\n") + "\n", to: "trials.csv")
    return folder
  }

  private static let tables = "--table behavior.csv --table licks.csv --table trials.csv"
  private static let terms = """
    --history raised-cosine-log:3:8 --coupling none --tuning speed=b-spline:6:0:60 \
    --tuning x,y=b-spline:4:0:100*b-spline:4:0:100 --event licks=raised-cosine-log:4:20 \
    --event trials.cue_time@-30=raised-cosine-log:3:15 --category trials.side
    """
  private static let design = """
    {"bin": 10, "terms": [
      {"term": "History", "basis": "raised-cosine-log:3:8"},
      {"term": "Tuning", "of": "speed", "basis": "b-spline:6:0:60"},
      {"term": "Tuning", "of": ["x", "y"], "basis": ["b-spline:4:0:100", "b-spline:4:0:100"]},
      {"term": "Event", "of": "licks", "basis": "raised-cosine-log:4:20"},
      {"term": "Event", "of": "trials.cue_time", "basis": "raised-cosine-log:3:15", "from": -30},
      {"term": "Category", "of": "trials.side"}]}
    """

  @Test func `options, a file and Swift make the same model`() async throws {
    let folder = try session()
    try folder.write(Self.design, to: "design.json")
    let options = try folder.spiking(
      "fit spikes.npz \(Self.tables) \(Self.terms) --ridge 0.01 --output options.npz")
    expectSuccess(options)
    expectSuccess(
      try folder.spiking(
        "fit spikes.npz \(Self.tables) --design design.json --ridge 0.01 --output file.npz"))
    let info = try folder.spiking("info design.json")
    expectSuccess(info)
    #expect(info.output.contains("design.json: design of 6 terms, bins of 10 ms"), "\(info.output)")
    #expect(info.output.contains("  trials.side: Category of trials.side"))
    let (first, second) = (
      try CoupledFit(contentsOf: folder.path("options.npz")),
      try CoupledFit(contentsOf: folder.path("file.npz"))
    )
    #expect(first == second)
    #expect(first.terms.map(\.name) == ["speed", "x_y", "licks", "trials.cue_time", "trials.side"])
    #expect(first.terms.map(\.count) == [6, 16, 4, 3, 2])
    var recording = try Recording(contentsOf: folder.path("spikes.npz"))
    for table in ["behavior", "licks", "trials"] {
      try recording.addTable(contentsOf: folder.path("\(table).csv"))
    }
    let file = try DesignFile(contentsOf: folder.path("design.json"))
    let fit = try await file.design.fit(recording.binned(width: 10)) {
      $0.penalty = Penalty(ridge: 0.01)
    }
    #expect(fit == first)
  }

  @Test func `options give each category its own weights`() throws {
    let folder = try session()
    try folder.write(
      """
      {"terms": [
        {"term": "Tuning", "of": "speed", "basis": "b-spline:6:0:60", "by": "trials.side"},
        {"term": "Event", "of": "trials.cue_time", "basis": "raised-cosine-log:3:15", "from": -30, "by": "side"}]}
      """, to: "by.json")
    let start = ["fit", "spikes.npz"] + Self.tables.split(separator: " ").map(String.init)
    let end = ["--ridge", "0.01", "--output"]
    expectSuccess(
      try folder.spiking(
        start + [
          "--history", "none", "--coupling", "none", "--tuning",
          "speed=b-spline:6:0:60 by trials.side", "--event",
          "trials.cue_time@-30=raised-cosine-log:3:15 by side",
        ] + end + ["options.npz"]))
    expectSuccess(try folder.spiking(start + ["--design", "by.json"] + end + ["file.npz"]))
    let fit = try CoupledFit(contentsOf: folder.path("options.npz"))
    #expect(try fit == CoupledFit(contentsOf: folder.path("file.npz")))
    #expect(fit.terms.map(\.name) == ["speed_by_trials.side", "trials.cue_time_by_side"])
    #expect(fit.terms.map(\.count) == [18, 9])
    expectFailure(
      try folder.spiking(
        start + ["--tuning", "speed=b-spline:6:0:60 by trials.colour"] + end + ["other.npz"]),
      ["trials.colour", "side"], exitCode: 1)
  }

  @Test func `other bins than those of the design, and other numbers of neurons, are said`() throws
  {
    let folder = try session()
    try folder.write(Self.design, to: "design.json")
    let run = try folder.spiking(
      "fit spikes.npz \(Self.tables) --design design.json --bin 20 --neurons 1 --ridge 0.01 --output fit.npz"
    )
    expectSuccess(run)
    let message = run.output
    #expect(
      message.contains("design.json: bins of 10 ms, of which --bin makes 20 ms"), "\(message)")
    #expect(
      message.contains("numbers of neurons are those among the chosen: 0 is 1 of the recording"),
      "\(message)")
    let same = try folder.spiking(
      "fit spikes.npz \(Self.tables) --design design.json --bin 10 --ridge 0.01 --output same.npz")
    expectSuccess(same)
    #expect(!same.output.contains("--bin") && !same.output.contains("numbers of neurons"))
  }

  @Test func `info prints the design, and check needs nothing repeated`() throws {
    let folder = try session()
    expectSuccess(
      try folder.spiking(
        "fit spikes.npz \(Self.tables) \(Self.terms) --smooth 0.01 --smooth-order 2 --output fit.npz"
      ))
    let info = try folder.spiking("info fit.npz")
    expectSuccess(info)
    for line in [
      "speed: Tuning of speed, basis b-spline:6:0:60, 6 weights",
      "x_y: Tuning of x, y, basis b-spline:4:0:100, b-spline:4:0:100, 4 × 4 weights",
      "trials.cue_time: Event of trials.cue_time, basis raised-cosine-log:3:15, from -30, 3 weights",
      "trials.side: Category of trials.side, levels both, left, right, 2 weights",
    ] {
      #expect(info.output.contains(line), "\(info.output)")
    }
    expectSuccess(try folder.spiking("info --json fit.npz"))
    let check = try folder.spiking(
      "check fit.npz spikes.npz \(Self.tables) --bootstrap 19 --no-figures --output results")
    expectSuccess(check)
    expectFailure(
      try folder.spiking("check fit.npz spikes.npz --no-figures --output other"),
      ["fit.npz", "term speed", "no covariate \"speed\""], exitCode: 1)
  }

  @Test func `strengths are chosen by folds, and the file has the scores`() throws {
    let folder = try session()
    let run = try folder.spiking(
      """
      fit spikes.npz \(Self.tables) --coupling none --tuning speed=b-spline:6:0:60 --smooth 1 --cross-validate 4 \
      --factors 1,0.1,0.01 --trials trials --output fit.npz
      """)
    expectSuccess(run)
    #expect(run.output.contains("4 folds: penalties × "), "\(run.output)")
    let archive = try NumPyArchive(contentsOf: folder.path("fit.npz"))
    #expect(try archive.array("cv_factors").doubles() == [1, 0.1, 0.01])
    #expect(try archive.array("cv_log_likelihood").shape == [2, 3, 4])
    let scores = try archive.array("cv_log_likelihood").doubles()
    #expect(scores.allSatisfy { $0.isFinite && $0 < 0 })
    for neuron in 0..<2 {
      let means = (0..<3).map { factor in
        (0..<4).reduce(0) { $0 + scores[(neuron * 3 + factor) * 4 + $1] }
      }
      let best = try #require(means.indices.max { means[$0] < means[$1] })
      #expect(try archive.array("cv_chosen").doubles()[neuron] == [1, 0.1, 0.01][best])
    }
    expectFailure(
      try folder.spiking(
        "fit spikes.npz \(Self.tables) --smooth 1 --cross-validate 13 --trials trials --output no.npz"
      ),
      ["--cross-validate", "found 13", "2 to 12, the number of trials"], exitCode: 1)
  }

  @Test func `a fitted design runs in the simulator with the covariates of a recording`() throws {
    let folder = try session()
    expectSuccess(
      try folder.spiking(
        "fit spikes.npz \(Self.tables) \(Self.terms) --ridge 0.01 --output fit.npz"))
    expectSuccess(
      try folder.spiking(
        "simulate --model fit.npz --recording spikes.npz \(Self.tables) --trials 40 --seed 3 "
          + "--output trials.npz"))
    let spikes = try BinnedSpikes(contentsOf: folder.path("trials.npz"))
    #expect(spikes.binCount == 600 && spikes.networkOffsets.count == 41)
    // 40 trials of 600 bins at one spike in 11 bins: the rate is that of the fit to within its own error of five sigma.
    let expected = 2.0 * 40 * 600 / 11
    #expect(abs(Double(spikes.spikeCount) - expected) < 5 * (3 * expected).squareRoot())
    let one = try folder.spiking(
      "simulate --model fit.npz --recording spikes.npz \(Self.tables) --seed 3 --output one.npz")
    expectSuccess(one)
    let alone = try BinnedSpikes(contentsOf: folder.path("one.npz"))
    #expect(
      Array(alone.neurons)
        == (0..<spikes.neurons.count).filter { spikes.neurons[$0] < 2 }
        .map { spikes.neurons[$0] })
    expectFailure(
      try folder.spiking("simulate --model fit.npz --steps 100 --output no.npz"),
      ["--recording", "found none", "speed"], exitCode: 1)
    expectFailure(
      try folder.spiking("simulate --model PoissonGLM --trials 3 --output no.npz"),
      ["--trials", "without a fit"], exitCode: 64)
  }

  @Test(arguments: [
    ("--tuning speed", "NAME=NAME:COUNT:LOW:HIGH", 64),
    ("--tuning speed=b-spline:6:0", "NAME:COUNT:LOW:HIGH", 64),
    ("--tuning speed=b-spline:6:5:5", "LOW below HIGH", 1),
    ("--tuning speed=b-splines:6:0:5", "NAME:COUNT:LOW:HIGH", 64),
    ("--tuning x,y=b-spline:4:0:100", "a basis for each of 2 covariates", 64),
    ("--tuning pace=b-spline:4:0:100", "behavior/speed", 1),
    ("--event lick=raised-cosine-log:4:20", "no events \"lick\"", 1),
    ("--event licks=raised-cosine-log", "NAME:COUNT:WINDOW", 64),
    ("--event licks@soon=raised-cosine-log:4:20", "a time in ms behind @", 64),
    ("--category side", "no categories \"side\"", 1), ("--smooth -1", "at least 0", 64),
    ("--smooth-order 3", "--smooth-order", 64), ("--factors 1,0.1", "--cross-validate", 64),
    ("--smooth 1 --cross-validate 3 --factors 0.1,1", "descending", 64),
    ("--design design.json --event licks=raised-cosine-log:4:20", "one of the two", 64),
    ("--design design.json --history none", "as terms of the design", 64),
    ("--design missing.json", "missing.json", 1), ("--design wrong.json", "wrong.json", 1),
  ])
  func `a wrong term is one line`(_ option: String, _ expected: String, _ code: Int) throws {
    let folder = try session()
    try folder.write(Self.design, to: "design.json")
    try folder.write(#"{"terms": [{"term": "Tuning", "off": "x"}]}"#, to: "wrong.json")
    let run = try folder.spiking("fit spikes.npz \(Self.tables) \(option) --output no.npz")
    expectFailure(run, [expected], exitCode: Int32(code))
    #expect(run.created.isEmpty)
  }
}
