package import Foundation
package import Testing

/// A fresh folder in which the command `spiking` runs as a user runs it; removed with the value.
package final class CommandFolder {
  /// What a run of the command did.
  package struct Run {
    package let exitCode: Int32
    /// Standard output.
    package let output: String
    /// Standard error.
    package let error: String
    /// The files and folders that were not there before, hidden ones and temporary ones included.
    package let created: [String]

    package var errorLines: [Substring] {
      error.split(separator: "\n", omittingEmptySubsequences: false)
    }
  }

  private let base: URL
  /// Where the command runs.
  package let folder: URL
  /// The folder that the system gives for temporary files.
  package let temporary: URL

  package init() throws {
    base = FileManager.default.temporaryDirectory.appending(
      path: "spiking-command-\(UUID().uuidString)")
    folder = base.appending(path: "work")
    temporary = base.appending(path: "temporary")
    for url in [folder, temporary] {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: base) }

  /// Runs `spiking`, its words separated by blanks.
  package func spiking(_ arguments: String, environment: [String: String] = [:]) throws -> Run {
    try spiking(arguments.split(separator: " ").map(String.init), environment: environment)
  }

  /// Runs `spiking`.
  ///
  /// - Parameters:
  ///   - arguments: each as it is.
  ///   - environment: variables that differ from those of the tests.
  ///   - fileLimit: the size that no file may exceed, in 512 bytes, to stand for a full disk:
  ///     writing fails where the system would otherwise end the program.
  package func spiking(
    _ arguments: [String], environment: [String: String] = [:], fileLimit: Int? = nil
  ) throws -> Run {
    let process = try process(arguments, environment: environment, fileLimit: fileLimit)
    // Files, unlike pipes, never fill up.
    let streams = ["output", "error"].map { base.appending(path: $0) }
    let handles = try streams.map { url in
      try Data().write(to: url)
      return try FileHandle(forWritingTo: url)
    }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    let before = Set(contents)
    try process.run()
    process.waitUntilExit()
    for handle in handles { try handle.close() }
    // A crash is not an exit code.
    let code =
      process.terminationReason == .exit
      ? process.terminationStatus : -process.terminationStatus
    return Run(
      exitCode: code, output: try String(contentsOf: streams[0], encoding: .utf8),
      error: try String(contentsOf: streams[1], encoding: .utf8),
      created: contents.filter { !before.contains($0) })
  }

  /// The process of a run that is not started yet.
  package func process(
    _ arguments: [String], environment: [String: String] = [:], fileLimit: Int? = nil
  ) throws -> Process {
    let process = Process()
    let program = try Self.program()
    if let fileLimit {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments =
        ["-c", "trap '' XFSZ; ulimit -f \(fileLimit); exec \"$0\" \"$@\"", program.path]
        + arguments
    } else {
      process.executableURL = program
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment
      .merging(["TMPDIR": temporary.path]) { $1 }.merging(environment) { $1 }
    return process
  }

  /// All that is in the folder and in the folder for temporary files, sorted.
  package var contents: [String] {
    let own = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    let others = FileManager.default.enumerator(atPath: temporary.path)?.map { "temporary \($0)" }
    return ((own ?? []) + (others ?? [])).sorted()
  }

  /// The executable stands beside the tests in the build folder.
  private static func program() throws -> URL {
    let bundles = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    let build = TestFiles.package.appending(path: ".build/\(configuration)")
    let candidates = ([tests] + bundles + [build]).map { $0.appending(path: "spiking") }
    return try #require(
      candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) },
      "the executable spiking is not beside the tests: \(candidates.map(\.path))")
  }
}

extension CommandFolder {
  package func url(_ name: String) -> URL { folder.appending(path: name) }

  package func path(_ name: String) -> String { url(name).path }

  package func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  package func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: url(name))
  }

  package func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: url(name))) }

  package func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: url(name), withIntermediateDirectories: true)
  }

  /// The object of a JSON file.
  package func json(_ name: String) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: url(name))) as? [String: Any])
  }
}

extension CommandFolder {
  /// The bytes of the hidden files, which grow while a run writes.
  package func hiddenBytes() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix(".") }
      .reduce(0) { sum, name in
        let path = folder.appending(path: name).path
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return sum + (size ?? 0)
      }
  }
}

/// Expects that a run failed as the command promises: its exit code, one line that holds all
/// `words`, nothing on standard output, and no files but `created`.
package func expectFailure(
  _ run: CommandFolder.Run, _ words: [String], exitCode: Int32 = 1, created: [String] = [],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(run.exitCode == exitCode, "\(run.error.prefix(300))", sourceLocation: sourceLocation)
  #expect(run.errorLines.count == 2, "\(run.error.prefix(300))", sourceLocation: sourceLocation)
  #expect(run.errorLines.last == "", sourceLocation: sourceLocation)
  #expect(run.error.hasPrefix("spiking: "), sourceLocation: sourceLocation)
  for word in words {
    #expect(run.error.contains(word), "\(run.error.prefix(300))", sourceLocation: sourceLocation)
  }
  #expect(run.output == "", sourceLocation: sourceLocation)
  #expect(run.created == created, sourceLocation: sourceLocation)
}

/// Expects that a run did what it was asked and complained of nothing.
package func expectSuccess(
  _ run: CommandFolder.Run, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(run.exitCode == 0, "\(run.error.prefix(300))", sourceLocation: sourceLocation)
  #expect(run.error == "", sourceLocation: sourceLocation)
  let left = run.created.filter {
    $0.contains("/.") || $0.hasPrefix(".") || $0.hasPrefix("temp")
  }
  #expect(left == [], sourceLocation: sourceLocation)
}
