import Foundation
import Spiking
import SpikingTestCases
import Testing

/// The README's Swift code, compiled and run.
@Suite struct ReadmeTests {
  @Test func `the introductory example does what it says`() async throws {
    // BEGIN README
    let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(
      count: 10, seed: 0)
    let pulses = RegularStimulus(strength: 5, period: 100, duration: 10)

    let spikes = try await Simulator(BernoulliGLM()).run(
      networks, steps: 100_000,
      stimuli: [TargetedStimulus(pulses, targets: .everyNetwork([3, 7, 11, 19]))], seed: 0)

    let recording = spikes.network(0).spikeTrains
    let stimulated = try recording.selecting([3, 7, 11, 19])
    let rates = try FiringRates().analyze(stimulated)
    let intervals = try IntervalHistogram(binWidth: 5, upperLimit: 400).analyze(stimulated)
    // END README
    #expect(rates.count == 4 && rates.allSatisfy { 14 < $0 && $0 < 20 })
    let mean = try #require(intervals.mean)
    #expect(50 < mean && mean < 70)
  }

  @Test func `a run is advanced in parts`() async throws {
    let networks = try NormalGenerator(neurons: 50, std: 5, glorot: true).networks(
      count: 2, seed: 0)
    // BEGIN README
    var simulation = try Simulator(BernoulliGLM()).start(networks, seed: 0)
    let first = try await simulation.advance(to: 1000)  // the spikes of bins 0 ..< 1000
    let checkpoint = try simulation.checkpoint()
    // END README
    #expect(first.binCount == 1000 && first.eventCount > 300 && checkpoint.bin == 1000)
  }

  // BEGIN README
  struct Quadratic: Nonlinearity {
    var gain = 0.01

    mutating func visitParameters(_ visit: inout some ParameterVisitor) {
      visit("gain", &gain, in: .nonnegative)
    }

    func rate(at drive: Double) -> Double { drive <= 0 ? 0 : gain * drive * drive }
  }
  // END README

  @Test func `a nonlinearity of ten lines works`() throws {
    var quadratic = Quadratic()
    try quadratic.setParameter("gain", to: 0.02)
    #expect(abs(quadratic.rate(at: 3) - 0.18) < 1e-12)
    #expect(abs(quadratic.rateAndSlope(at: 3).slope - 0.12) < 1e-8)
  }

  @Test func `the commands do what the README says`() throws {
    let readme = try String(
      contentsOf: TestFiles.package.appending(path: "README.md"), encoding: .utf8)
    let section = try #require(
      readme.components(separatedBy: "## The command\n").last?.components(separatedBy: "\nStopped")
        .first)
    let commands = section.split(separator: "\n").filter { $0.hasPrefix("    ") }
    #expect(commands.count == 12)
    let folder = try CommandFolder()
    let process = try folder.process([])
    let program = try #require(process.executableURL).path
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-ec", "spiking() { \"\(program)\" \"$@\"; }\n" + commands.joined(separator: "\n"),
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.contains("20 of 20 fits converged"))
    #expect(text.contains("20 of 20 neurons better than a constant rate"), "\(text.suffix(600))")
  }

  @Test func `the README shows exactly this code`() throws {
    let tests = URL(filePath: #filePath)
    let own = try lines(of: tests)
    var blocks: [[String]] = []
    var block: [String]?
    for line in own {
      switch line {
      case "// BEGIN README": block = []
      case "// END README":
        if let block { blocks.append(block) }
        block = nil
      default: block?.append(line)
      }
    }
    #expect(blocks.count == 3)
    let readme = try lines(
      of: TestFiles.package.appending(path: "README.md"))
    let shown = readme.split(separator: "```swift").dropFirst().map {
      Array($0.prefix { $0 != "```" })
    }
    #expect(shown.count == 3)
    for (block, code) in zip(blocks, shown) {
      let code = code.filter { !$0.isEmpty && $0 != "import Spiking" }
      #expect(code == block.filter { !$0.isEmpty })
    }
  }

  private func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }
}
