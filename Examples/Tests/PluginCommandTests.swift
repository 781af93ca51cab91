import Foundation
import Testing

/// The types of the package by their names in the command, in a folder of its own.
@Suite final class PluginCommandTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "plugins-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What the command prints on standard output and standard error.
  private func spiking(_ arguments: String) throws -> String {
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let bundles = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    let program = ([tests] + bundles).map { $0.appending(path: "PluginCommand") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    let process = Process()
    process.executableURL = try #require(program)
    process.arguments = arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(arguments): \(text)")
    return text
  }

  @Test func `each plugin goes by its name in every command`() throws {
    _ = try spiking("generate normal --neurons 10 --set std=0.1 --seed 1 --output n")
    _ = try spiking(
      "simulate --model Cascade --set nonlinearity=Quadratic --set emission=Geometric "
        + "--set coupling=Box --set history=Box --set gain=0.02 --set history.weight=-0.1 "
        + "--set coupling.window=5 --set baseline=1 --networks n --steps 20000 --seed 2 --output s.npz"
    )
    let fit = try spiking(
      "fit s.npz --emission geometric --nonlinearity quadratic --set gain=0.02 "
        + "--history triangle:2:10 --coupling none --stability-runs 0 --output f.npz")
    #expect(fit.contains("10 of 10 fits converged"))
    let description = try spiking("info f.npz")
    #expect(description.contains("quadratic"))
    #expect(description.contains("history: triangle, 2 functions over 10 bins"))
    #expect(try spiking("check f.npz s.npz --no-figures --output c").contains("in c"))
    _ = try spiking("simulate --model f.npz --steps 1000 --seed 3 --output again.npz")
    _ = try spiking(
      "analyze s.npz --statistics isi,burst-fraction --set longest=5 --no-figures --output a")
    let table = try String(
      contentsOf: folder.appending(path: "a/statistics.json"), encoding: .utf8)
    #expect(table.contains("burst_fraction"))
    #expect(try spiking("count s.npz").hasSuffix(" spikes\n"))
    let list = try spiking("info")
    for name in [
      "QuadraticLNP", "quadratic", "geometric", "box", "triangle", "Chirp", "burst-fraction",
      "count",
    ] {
      #expect(list.contains("  \(name)"), "\(name)")
    }
  }
}
