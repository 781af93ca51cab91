import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What users expect of `analyze`, `info` and `intro` beyond the numbers.
@Suite struct CommandAnalyzeTests {
  private let folder: CommandFolder

  /// Spikes s.npz of three neurons in 20 bins of 1 ms.
  init() throws {
    folder = try CommandFolder()
    let spikes = try BinnedSpikes(
      neurons: [0, 1, 0, 2, 0], bins: [1, 2, 5, 6, 12], binCount: 20, dt: 1,
      networkOffsets: [0, 3], seed: 4)
    try spikes.write(to: folder.path("s.npz"))
  }

  @Test func `chosen neurons keep their numbers`() throws {
    expectSuccess(
      try folder.spiking("analyze s.npz --neurons 2,0 --statistics isi --no-figures --output out"))
    let archive = try NumPyArchive(contentsOf: folder.path("out/statistics.npz"))
    #expect(try archive.array("neuron").integers() == [2, 0])
    #expect(try archive.array("isi_counts").integers()[..<10] == [0, 0, 0, 0, 1, 0, 0, 1, 0, 0])
    let table = String(decoding: try folder.bytes("out/statistics.json"), as: UTF8.self)
    #expect(table.contains("\"neuron\" : 2") && table.contains("\"neuron\" : 0"))
    #expect(!table.contains("\"neuron\" : 1"))
  }

  @Test func `measures of pairs and Fano factors are arrays`() throws {
    expectSuccess(
      try folder.spiking(
        "analyze s.npz --statistics fano,correlation,covariance,sttc,van-rossum,victor-purpura --bin 5 --window 3 "
          + "--set windowLength=4 --set timeConstant=10 --set costPerSecond=50 --no-figures --output out"
      ))
    let archive = try NumPyArchive(contentsOf: folder.path("out/statistics.npz"))
    let data = try Recording(contentsOf: folder.path("s.npz")).spikes
    let expected: [(String, PairMatrix)] = [
      ("correlation", try CountCorrelation(binWidth: 5).analyze(data)),
      ("covariance", try CountCovariance(binWidth: 5).analyze(data)),
      ("sttc", try SpikeTimeTiling(window: 3).analyze(data)),
      ("van_rossum", try VanRossumDistance(timeConstant: 10).analyze(data)),
      ("victor_purpura", try VictorPurpuraDistance(costPerSecond: 50).analyze(data)),
    ]
    for (name, matrix) in expected {
      let array = try archive.array(name)
      #expect(array.shape == [3, 3], "\(name)")
      #expect(try array.doubles() == matrix.values, "\(name)")
    }
    let factors = try archive.array("fano").doubles()
    #expect(try factors == FanoFactor(windowLength: 4).analyze(data) && factors.count == 3)
    let table = String(decoding: try folder.bytes("out/statistics.json"), as: UTF8.self)
    #expect(table.components(separatedBy: "\"fano\" : ").count == 4)
    expectFailure(
      try folder.spiking("analyze s.npz --statistics fano --set windowLength=2.5 --output o"),
      ["windowLength", "2.5 ms", "a multiple of the bins"], exitCode: 1)
    expectFailure(
      try folder.spiking("analyze s.npz --statistics isi --window 3 --output o"),
      ["--window", "sttc"], exitCode: 64)
  }

  @Test(.enabled(if: (try? Gnuplot()) != nil, "gnuplot is not installed"))
  func `measures of pairs have figures, and those of an earlier analysis go`() throws {
    expectSuccess(
      try folder.spiking(
        "analyze s.npz --statistics sttc,spike-sync,correlogram --set longestLag=5 --neurons 2,0 --threads 2 --output out"
      ))
    let figure = String(decoding: try folder.bytes("out/sttc.svg"), as: UTF8.self)
    #expect(figure.contains(">Spike time tiling coefficient<"))
    #expect(figure.contains(">neurons 2, 0, in this order<"))
    let archive = try NumPyArchive(contentsOf: folder.path("out/statistics.npz"))
    #expect(try archive.array("correlogram").shape == [2, 2, 11])
    #expect(try archive.array("lags_ms").doubles() == (-5...5).map(Double.init))
    // Neuron 0 at 1, 5 and 12 ms, neuron 2 at 6 ms.
    let counts = try archive.array("correlogram").doubles()
    #expect(Array(counts[11..<22]) == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    expectSuccess(try folder.spiking("analyze s.npz --statistics isi-distance --output out"))
    #expect(throws: (any Error).self) { try folder.bytes("out/sttc.svg") }
    #expect(try !folder.bytes("out/isi-distance.svg").isEmpty)
  }

  @Test func `a part of the recording`() throws {
    expectSuccess(
      try folder.spiking(
        "analyze s.npz --start 5 --stop 12 --statistics rates --no-figures --output out"))
    let table = String(decoding: try folder.bytes("out/statistics.json"), as: UTF8.self)
    // A spike in 7 ms; the one at 12 ms is outside.
    #expect(table.components(separatedBy: "\"rate_hz\" : 142.857142857142").count == 3)
    #expect(table.contains("\"rate_hz\" : 0"))
  }

  @Test(
    .enabled(if: (try? Gnuplot()) != nil, "gnuplot is not installed"),
    arguments: [
      ("", "all neurons", 3), ("--neurons 2,0", "neurons 2, 0", 2),
      ("--neurons 1", "neuron 1", 1), ("--neurons 0-1", "neurons 0, 1", 2),
    ])
  func `figures say whose spikes they show`(option: String, name: String, count: Int) throws {
    expectSuccess(
      try folder.spiking("analyze s.npz \(option) --statistics isi,psth --period 5 --output out"))
    func figure(_ name: String) throws -> String {
      String(decoding: try folder.bytes("out/\(name).svg"), as: UTF8.self)
    }
    #expect(try figure("interval-histogram").contains(">Interspike intervals of \(name)<"))
    #expect(try figure("peristimulus-histogram").contains(">\(name) (n = \(count))<"))
  }

  @Test(
    arguments: [
      ("--neurons 3", ["s.npz", "--neurons", "neuron 3", "0 to 2"], 1),
      ("--neurons 1,x", ["--neurons", "\"1,x\""], 64),
      ("--period 5", ["--period", "psth"], 64),
      ("--statistics psth --period 5 --onset 20", ["--onset", "20.0 ms", "before the end"], 1),
      ("--statistics psth --period 5 --start 10", ["--start", "--onset"], 64),
      ("--start 20", ["--start, --stop", "a part of s.npz"], 1),
      ("--stop 0", ["--start, --stop", "a part of s.npz"], 1),
      ("--start 5 --stop 5", ["--start, --stop", "a part of s.npz"], 1),
      ("--statistics isi --set binWidth=1.5", ["--bin", "1.5 ms", "multiple"], 1),
      ("--statistics correlogram --set longestLag=30", ["spiking: longestLag", "30", "20"], 1),
      ("--statistics psth --period 5 --bin 0.5", ["--bin", "0.5 ms", "multiple"], 1),
      ("--statistics isi --bin 1.5", ["--bin", "1.5 ms", "multiple"], 1),
    ] as [(String, [String], Int32)])
  func `settings that would show nothing are errors`(
    options: String, words: [String], exitCode: Int32
  ) throws {
    let run = try folder.spiking("analyze s.npz \(options) --no-figures --output out")
    expectFailure(run, words, exitCode: exitCode)
  }

  @Test func `an earlier analysis does not remain beside a new one`() throws {
    _ = try folder.spiking("analyze s.npz --statistics isi --no-figures --output out")
    try folder.write("old", to: "out/interval-histogram.png")
    try folder.write("mine", to: "out/notes.txt")
    expectSuccess(
      try folder.spiking("analyze s.npz --statistics rates --no-figures --output out"))
    #expect(throws: (any Error).self) { try folder.bytes("out/interval-histogram.png") }
    #expect(try folder.bytes("out/notes.txt") == Array("mine".utf8))
    #expect(
      try NumPyArchive(contentsOf: folder.path("out/statistics.npz")).names == [
        "neuron", "version",
      ])
  }

  @Test(arguments: [
    ("BernoulliGLM", "theta = 5"), ("mexican-hat", "sigma1 = 6.98"), ("Regular", "period = 100"),
  ])
  func `info lists the parameters of a type`(name: String, line: String) throws {
    let run = try folder.spiking("info \(name)")
    expectSuccess(run)
    #expect(run.output.contains(line))
  }

  @Test func `simulate repeats the introductory example from its files`() throws {
    // Without gnuplot there are no figures; the files are written all the same.
    _ = try folder.spiking("intro --networks 3 --neurons 20 --steps 600 --seed 2 --output demo")
    let run = try folder.spiking(
      "simulate --model BernoulliGLM --networks demo/networks --stimulus demo/stimulus.json "
        + "--steps 600 --seed 2 --output again.npz")
    expectSuccess(run)
    #expect(
      try BinnedSpikes(contentsOf: folder.path("again.npz"))
        == BinnedSpikes(contentsOf: folder.path("demo/spikes.npz")))
  }

  @Test func `inhibitory labels make weights negative, whatever they were`() throws {
    try folder.write("0 2\n-3 0\n", to: "w.csv")
    try folder.write("A\nB\n", to: "labels.txt")
    for pattern in ["A,B", "*"] {
      expectSuccess(
        try folder.spiking(
          "convert w.csv w.npy --force --labels labels.txt --inhibitory \(pattern)"))
      #expect(try Connectivity(contentsOf: folder.path("w.npy")).matrix() == [0, -2, -3, 0])
    }
  }
}
