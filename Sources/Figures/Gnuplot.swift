internal import Foundation
public import SpikingFramework

/// The program gnuplot, which draws the figures: as PNG for slides and as SVG for print.
///
/// Needs gnuplot 5.4 or later with the terminals pngcairo and svg.
public struct Gnuplot: Sendable {
  private let program: URL

  /// Finds gnuplot.
  ///
  /// - Parameter searchPath: the folders to look in, separated by colons; by default those of the
  ///   environment variable PATH.
  /// - Throws: `missingProgram` where none of them holds gnuplot.
  public init(searchPath: String? = nil) throws(SpikingError) {
    let path = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? ""
    let candidates = path.split(separator: ":").map {
      URL(filePath: String($0)).appending(path: "gnuplot")
    }
    guard
      let program = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0.path)
      })
    else {
      throw SpikingError(
        .missingProgram, "gnuplot",
        "not found on the search path; figures need it: install Debian's package gnuplot-nox, or "
          + "Homebrew's gnuplot")
    }
    self.program = program
  }

  /// Draws a figure into `name.png`, 1600 pixels wide, and `name.svg`, replacing older ones. Both
  /// appear when both are complete; after an error neither has changed.
  ///
  /// Blocks its thread while gnuplot runs, about a second.
  ///
  /// - Parameters:
  ///   - figure: what is drawn.
  ///   - path: an existing folder.
  /// - Returns: the names of the files.
  /// - Throws: `unwritableFile` where the folder does not exist or cannot be written to,
  ///   `missingProgram` where gnuplot does not start or does not understand the script.
  @discardableResult
  public func render(
    _ figure: some Figure, to path: String
  ) throws(SpikingError) -> [String] {
    let folder = URL(filePath: path)
    guard FileManager.default.isWritableFile(atPath: folder.path),
      (try? folder.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
    else {
      throw SpikingError(
        .unwritableFile, folder.path, found: "no folder that can be written to",
        expected: "one for the figure \(figure.name)")
    }
    let unique = UUID().uuidString
    let outputs = GnuplotScript.Terminal.allCases.map { terminal in
      (
        terminal: terminal, name: "\(figure.name).\(terminal.rawValue)",
        temporary: folder.appending(path: ".\(figure.name)-\(unique).\(terminal.rawValue)")
      )
    }
    defer { for output in outputs { try? FileManager.default.removeItem(at: output.temporary) } }
    let script = GnuplotScript(figure.plot).text(
      outputs: outputs.map { ($0.terminal, $0.temporary.path) })
    try run(script, for: figure.name)
    for output in outputs where output.terminal == .svg { nameSimilarFonts(in: output.temporary) }
    for output in outputs {
      try check(output.temporary, canBecome: folder.appending(path: output.name))
    }
    for output in outputs {
      try move(output.temporary, to: folder.appending(path: output.name))
    }
    return outputs.map(\.name)
  }

  /// Runs gnuplot on a script, which it reads from a file: it reads its standard input one letter
  /// at a time, and where it stops early a pipe would break, and with it this program.
  private func run(_ script: String, for name: String) throws(SpikingError) {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "spiking-\(UUID().uuidString).gnuplot")
    defer { try? FileManager.default.removeItem(at: file) }
    let messages = Pipe()
    let process = Process()
    process.executableURL = program
    // Without the user's own start-up files.
    process.arguments = ["--default-settings", file.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = messages
    do {
      try Data(script.utf8).write(to: file)
    } catch {
      throw SpikingError(
        .unwritableFile, file.path,
        "cannot be written: \(error.localizedDescription); the figure \(name) needs it")
    }
    do {
      try process.run()
    } catch {
      throw SpikingError(.missingProgram, program.path, "does not start: \(error)")
    }
    let output = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
      let message = lines.map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty && $0 != "^" }.suffix(2).joined(separator: " ")
      throw SpikingError(
        .missingProgram, program.path,
        "cannot draw the figure \(name): \(message.isEmpty ? "no message" : message)")
    }
  }

  /// Names fonts for viewers of an SVG file that lack the one it is drawn with.
  private func nameSimilarFonts(in file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return }
    let (font, fallback) = ("font-family=\"\(TextMetrics.font)", ", Verdana, Arial, sans-serif")
    try? Data(text.replacing("\(font)\"", with: "\(font)\(fallback)\"").utf8).write(to: file)
  }

  /// Gnuplot ends well even where the disk is full: a file that has not got its end is no figure. A
  /// folder by the name of the file could not be replaced.
  private func check(_ file: URL, canBecome target: URL) throws(SpikingError) {
    let end = file.pathExtension == "png" ? "IEND" : "</svg>"
    let tail = (try? Data(contentsOf: file))?.suffix(16) ?? Data()
    guard tail.firstRange(of: Data(end.utf8)) != nil else {
      throw SpikingError(
        .unwritableFile, target.path, "cannot be written: gnuplot could not finish it")
    }
    guard (try? target.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory != true else {
      throw SpikingError(
        .unwritableFile, target.path, found: "a folder", expected: "a file, or nothing")
    }
  }

  /// Gives a complete file its name.
  private func move(_ file: URL, to target: URL) throws(SpikingError) {
    guard rename(file.path, target.path) == 0 else {
      throw SpikingError(
        .unwritableFile, target.path, String(cString: strerror(errno)))
    }
  }
}
