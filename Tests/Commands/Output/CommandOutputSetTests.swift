import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Commands that write more than one file, run again over what an earlier run has left, and stopped or failing
/// on the way: the folder then holds the files of the one run or of the other.
@Suite struct CommandOutputSetTests {
  private let folder: CommandFolder

  /// Networks, spikes and a fit.
  init() throws {
    folder = try CommandFolder()
    let networks = try NormalGenerator(neurons: 4).networks(count: 2, seed: 0)
    try networks.write(to: folder.path("nets"))
    try Self.spikes(every: 3).write(to: folder.path("s.npz"))
    try Self.spikes(every: 4).write(to: folder.path("other.npz"))
    try networks[0].write(to: folder.path("w.npy"))
  }

  private static func spikes(every interval: Int) throws -> BinnedSpikes {
    let bins = stride(from: 0, to: 2000, by: interval).map { UInt32($0) }
    return try BinnedSpikes(
      neurons: bins.map { $0 / UInt32(interval) % 4 }, bins: bins, binCount: 2000, dt: 1,
      networkOffsets: [0, 4], seed: 0)
  }

  /// A run that makes a folder, and one that makes it again with other content.
  struct Pair: CustomTestStringConvertible, Sendable {
    let first: String
    let second: String
    let hasFigures: Bool
    var testDescription: String { String(first.prefix { $0 != " " }) }

    init(_ first: String, _ second: String, hasFigures: Bool = true) {
      (self.first, self.second, self.hasFigures) = (first, second, hasFigures)
    }
  }

  private static let intro = "intro --networks 2 --neurons 10 --steps 300 --output out"
  private static let pairs = [
    Pair(
      "generate normal --neurons 20 --count 3 --seed 1 --delays uniform --output out",
      "generate normal --neurons 20 --count 2 --seed 2 --output out", hasFigures: false),
    Pair(
      "analyze s.npz --statistics isi,psth --period 100 --output out",
      "analyze other.npz --output out"),
    Pair("check fit.npz s.npz --output out", "check fit.npz other.npz --output out"),
    Pair(
      "recover --model BernoulliGLM --networks nets --steps 2000 --lengths 1000 --seed 1 --output out",
      "recover --model BernoulliGLM --networks nets --steps 2000 --seed 2 --output out"),
    Pair("\(intro) --seed 1", "\(intro) --seed 2"),
  ]

  private func spiking(
    _ command: String, environment: [String: String] = [:], fileLimit: Int? = nil
  ) throws -> CommandFolder.Run {
    if command.hasPrefix("check"), !FileManager.default.fileExists(atPath: folder.path("fit.npz")) {
      expectSuccess(
        try folder.spiking(
          "fit s.npz --observation bernoulli --coupling none --ridge 1e-2 --quiet --output fit.npz")
      )
    }
    return try folder.spiking(
      command.split(separator: " ").map(String.init), environment: environment,
      fileLimit: fileLimit)
  }

  /// The files of `out` and what they hold; times of an introduction do not count.
  private func files() throws -> [String: [UInt8]] {
    let names = folder.contents.filter { $0.hasPrefix("out/") && !folder.isFolder($0) }
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        let bytes = try folder.bytes(name)
        guard name == "out/summary.json" else { return (name, bytes) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
          .filter { !$0.contains("seconds") }
        return (name, Array(lines.joined(separator: "\n").utf8))
      })
  }

  /// What the second run of a pair leaves in a folder of its own.
  private func alone(
    _ pair: Pair, environment: [String: String] = [:]
  ) throws -> [String: [UInt8]] {
    if FileManager.default.fileExists(atPath: folder.path("out")) {
      try FileManager.default.removeItem(atPath: folder.path("out"))
    }
    _ = try spiking(pair.second, environment: environment)
    let files = try files()
    try FileManager.default.removeItem(atPath: folder.path("out"))
    return files
  }

  /// The folder of a gnuplot that draws so many figures and then fails. What it draws has the ends that are
  /// looked for.
  private func gnuplot(figures: Int, then failure: String = "echo enough >&2; exit 1") throws
    -> [String: String]
  {
    try folder.makeFolder("bin")
    let count = folder.path("count")
    try writeProgram(
      """
      #!/bin/sh
      echo >> '\(count)'
      if [ $(wc -l < '\(count)') -gt \(figures) ]; then \(failure); fi
      names=$(sed -n 's/^set output "\\(..*\\)"$/\\1/p' /dev/stdin)
      for name in $names; do echo 'IEND</svg>' > $name; done

      """, to: folder.path("bin/gnuplot"))
    try? FileManager.default.removeItem(atPath: count)
    return ["PATH": "\(folder.path("bin")):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"]
  }

  @Test(arguments: pairs)
  func `a second run leaves nothing of the first but what others have put there`(
    pair: Pair
  ) throws {
    let environment = try gnuplot(figures: 1000)
    let expected = try alone(pair, environment: environment)
    expectSuccess(try spiking(pair.first, environment: environment))
    try folder.write("mine", to: "out/notes.txt")
    try folder.write("mine", to: "out/picture.png")
    let first = try files()
    expectSuccess(try spiking(pair.second, environment: environment))
    var found = try files()
    #expect(found["out/notes.txt"] == Array("mine".utf8))
    #expect(found["out/picture.png"] == Array("mine".utf8))
    for name in ["notes.txt", "picture.png"] { found["out/\(name)"] = nil }
    #expect(found == expected)
    #expect(first.keys.count > expected.keys.count || pair.testDescription != "generate")
  }

  @Test(arguments: pairs.filter(\.hasFigures), [0, 1])
  func `where a figure fails there is none`(pair: Pair, drawn: Int) throws {
    let whole = try gnuplot(figures: 1000)
    let expected = try alone(pair, environment: whole)
    expectSuccess(try spiking(pair.first, environment: whole))
    let run = try spiking(pair.second, environment: gnuplot(figures: drawn))
    if drawn == expected.keys.count(where: { $0.hasSuffix(".png") }) {
      #expect(try run.exitCode == 0 && files() == expected)
      return
    }
    #expect(run.exitCode == 1 && run.error.contains("enough"))
    let found = try files()
    #expect(
      found.keys.sorted()
        == expected.keys.filter { !$0.hasSuffix(".png") && !$0.hasSuffix(".svg") }.sorted())
    for (name, bytes) in found where name != "out/summary.json" {
      #expect(bytes == expected[name])
    }
  }

  /// Of a disk that is nearly full to one where all but the figures fits, or these, too.
  @Test(arguments: pairs)
  func `a full disk leaves the one set or the other`(pair: Pair) throws {
    let environment = try gnuplot(figures: 1000)
    let expected = try alone(pair, environment: environment)
    expectSuccess(try spiking(pair.first, environment: environment))
    let before = try files()
    for limit in [1, 3, 9] {
      let run = try spiking(pair.second, environment: environment, fileLimit: limit)
      let found = try files()
      if run.exitCode == 0 {
        #expect(found == expected)
      } else {
        #expect(run.error.contains("out") && run.error.contains("File too large"))
        let data = expected.filter { !$0.key.hasSuffix(".png") && !$0.key.hasSuffix(".svg") }
        #expect(found == before || found.keys.sorted() == data.keys.sorted(), "\(limit)")
        if found == before { continue }
      }
      break
    }
    #expect(!folder.contents.contains { $0.contains("/.") || $0.hasPrefix(".") })
  }

  @Test(arguments: pairs)
  func `a new folder whose set fails is not there`(pair: Pair) throws {
    let run = try spiking(
      pair.second.replacing("--output out", with: "--output a/b/out"), fileLimit: 1)
    expectFailure(run, ["a/b/out", "File too large"], created: run.created)
    #expect(!folder.contents.contains { $0 == "a" || $0.hasPrefix("a/") })
  }

  /// While the figures of a second run are drawn, nothing of the first has changed, and a signal leaves it so.
  @Test(arguments: zip(pairs.filter(\.hasFigures), [SIGINT, SIGTERM, SIGHUP, SIGINT]))
  func `a signal while figures are drawn leaves the first set`(pair: Pair, signal: Int32) throws {
    expectSuccess(try spiking(pair.first, environment: gnuplot(figures: 1000)))
    let before = try files()
    let environment = try gnuplot(figures: 0, then: "exec sleep 1000")
    let process = try folder.process(
      pair.second.split(separator: " ").map(String.init), environment: environment)
    let errors = folder.url("errors")
    try Data().write(to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while !FileManager.default.fileExists(atPath: folder.path("count")), process.isRunning {
      usleep(2000)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 1)
    #expect(
      try String(contentsOf: errors, encoding: .utf8)
        == "spiking: out: stopped by a signal, nothing there has changed\n")
    #expect(try files() == before)
    #expect(!folder.contents.contains { $0.contains("/.") || $0.hasPrefix(".") })
  }

  /// The kill may come while nothing has changed yet, in the middle, which is said, or at the end. The next
  /// run completes the set and takes away what is left.
  @Test func `networks that are killed are of one seed or say that they are not`() throws {
    func generate(_ seed: Int, count: Int) -> String {
      "generate normal --neurons 3 --count \(count) --seed \(seed) --quiet --output out"
    }
    func networks(_ seed: UInt64, _ count: Int) throws -> [Connectivity] {
      try NormalGenerator(neurons: 3).networks(count: count, seed: seed)
    }
    let (old, new) = (try networks(1, 80), try networks(2, 60))
    let start = ContinuousClock.now
    expectSuccess(try spiking(generate(1, count: 80)))
    let duration = (ContinuousClock.now - start) / .microseconds(1)
    var random = RandomSource(seed: 5)["moments"].stream(0)
    for _ in 0..<8 {
      expectSuccess(try spiking(generate(1, count: 80)))
      let process = try folder.process(
        generate(2, count: 60).split(separator: " ").map(String.init))
      try process.run()
      usleep(UInt32(duration * (0.1 + random.uniform())))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let found = Result { try [Connectivity](contentsOf: folder.path("out")) }
      if FileManager.default.fileExists(atPath: folder.path("out/spiking-incomplete.txt")) {
        #expect(throws: SpikingError.self) { try found.get() }
      } else {
        let seed = try folder.json("out/generator.json")["seed"] as? Int
        #expect(try found.get() == (seed == 1 ? old : new))
      }
      expectSuccess(try spiking(generate(2, count: 60)))
      #expect(try [Connectivity](contentsOf: folder.path("out")) == new)
      #expect(!folder.contents.contains { $0.contains("/.") || $0.contains("incomplete") })
    }
  }
}

extension CommandFolder {
  fileprivate func isFolder(_ name: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
