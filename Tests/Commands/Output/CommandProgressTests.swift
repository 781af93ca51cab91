import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What is seen on a terminal while the command works.
@Suite(
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "no script(1)"))
struct CommandProgressTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  /// What a terminal shows of a command that is ended after 1.5 s.
  private func terminal(_ arguments: String) throws -> String {
    let process = try folder.process([])
    let program = try #require(process.executableURL).path
    process.executableURL = URL(filePath: "/usr/bin/script")
    process.arguments = ["-qec", "timeout 1.5 '\(program)' \(arguments)", "/dev/null"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  @Test func `a fit has a bar after a second, before its first neuron is done`() throws {
    let bins = (0..<400_000).filter { $0 % 7 != 3 }
    let count = bins.count
    let spikes = try BinnedSpikes(
      neurons: bins.flatMap { _ in [0, 1] as [UInt32] },
      bins: bins.flatMap { [UInt32($0), UInt32($0)] },
      binCount: 400_000, dt: 1, networkOffsets: [0, 2], seed: 0)
    try #require(spikes.eventCount == 2 * count)
    try spikes.write(to: folder.path("s.npz"))
    let fit = "fit s.npz --threads 1 --coupling raised-cosine-log:9:200 --output f.npz"
    #expect(try terminal(fit).contains(" %"))
    #expect(try !terminal(fit + " --quiet").contains(" %"))
  }
}
