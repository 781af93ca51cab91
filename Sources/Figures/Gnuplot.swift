internal import Foundation
public import SpikingFramework

/// The program gnuplot, which draws the figures: as PNG for slides and as SVG for print.
///
/// Needs gnuplot 5.4 or later with the terminals pngcairo and svg.
public struct Gnuplot: Sendable {
  private let program: String
  private let timeLimit: Duration

  /// Finds gnuplot.
  ///
  /// - Parameter searchPath: the folders to look in, separated by colons; by default those of the
  ///   environment variable PATH.
  /// - Parameter timeLimit: how long it may take for a figure, of which most take a second.
  /// - Throws: `missingProgram` where none of them holds gnuplot.
  public init(
    searchPath: String? = nil, timeLimit: Duration = .seconds(60)
  ) throws(SpikingError) {
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
    self.program = program.path
    self.timeLimit = timeLimit
  }

  /// Draws a figure into `name.png`, 1600 pixels wide, and `name.svg`, replacing older ones. Both
  /// appear when both are complete; after an error neither has changed.
  ///
  /// Blocks its thread while gnuplot runs, about a second. Gnuplot ends when the time limit has passed,
  /// when the task is cancelled, and when this program ends, however it does; what gnuplot has started
  /// ends with it.
  ///
  /// - Parameters:
  ///   - figure: what is drawn.
  ///   - path: an existing folder.
  /// - Returns: the names of the files.
  /// - Throws: `unwritableFile` where the folder does not exist or cannot be written to,
  ///   `missingProgram` where gnuplot does not start, is too old, lacks a terminal, ends early or takes too
  ///   long, `interrupted` where the task is cancelled.
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
        temporary: folder.appending(path: ".spiking-\(unique).\(terminal.rawValue)")
      )
    }
    defer { for output in outputs { try? FileManager.default.removeItem(at: output.temporary) } }
    // Names without a folder: no path stands in the script.
    let script = GnuplotScript(figure.plot).text(
      outputs: outputs.map { ($0.terminal, $0.temporary.lastPathComponent) })
    try run(script, in: folder.path, for: figure.name)
    for output in outputs where output.terminal == .svg { nameSimilarFonts(in: output.temporary) }
    for output in outputs {
      try check(output.temporary, canBecome: folder.appending(path: output.name))
    }
    for output in outputs {
      try move(output.temporary, to: folder.appending(path: output.name))
    }
    return outputs.map(\.name)
  }

  /// Runs gnuplot on a script, in the folder where it is to draw.
  private func run(_ script: String, in folder: String, for name: String) throws(SpikingError) {
    let input: Descriptor
    do {
      input = try Descriptor.unnamedFile(script)
    } catch {
      throw SpikingError(
        .unwritableFile, FileManager.default.temporaryDirectory.path,
        "cannot be written: \(error.reason); the figure \(name) needs it")
    }
    let process = GnuplotProcess(program: program, folder: folder, timeLimit: timeLimit)
    let (end, messages): (GnuplotProcess.End, [UInt8])
    do {
      (end, messages) = try process.run(input)
    } catch {
      throw SpikingError(.missingProgram, program, "does not start: \(error.reason)")
    }
    let lines = String(decoding: messages, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    if let missing = lines.first(where: { $0.hasPrefix(GnuplotScript.missing) }) {
      throw SpikingError(
        .missingProgram, program,
        "found \(missing.dropFirst(GnuplotScript.missing.count)), expected gnuplot 5.4 or later with the terminals pngcairo and svg"
      )
    }
    switch end {
    case .byItself(.exit(0)): return
    case .byItself(.exit):
      let message = lines.filter { !$0.isEmpty && $0 != "^" }.suffix(2).joined(separator: " ")
      throw SpikingError(
        .missingProgram, program,
        "cannot draw the figure \(name): \(message.isEmpty ? "no message" : message)")
    case .byItself(.signal(let number)):
      throw SpikingError(
        .missingProgram, program,
        "was ended by a signal, \(String(cString: strsignal(number))), before the figure \(name) was drawn"
      )
    case .tookTooLong:
      throw SpikingError(
        .missingProgram, program,
        "took longer than \(rounded(timeLimit / .seconds(1))) s for the figure \(name)")
    case .wroteTooMuch:
      throw SpikingError(
        .missingProgram, program,
        "wrote more than \(GnuplotProcess.messageLimit >> 20) MB of messages about the figure \(name)"
      )
    case .cancelled:
      throw SpikingError(.interrupted, program, "was stopped before the figure \(name) was drawn")
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
