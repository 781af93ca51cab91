internal import Foundation
internal import SpikingFiles
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
    try render([figure], to: path)
  }

  /// Draws figures as `render(_:to:)` draws one of them. They appear when all are complete.
  @discardableResult
  public func render(
    _ figures: [any Figure], to path: String
  ) throws(SpikingError) -> [String] {
    guard Paths.isFolder(path) else {
      throw SpikingError(
        .unwritableFile, path, found: "no folder", expected: "one for the figures")
    }
    let staging = try StagingFolder(in: path, for: path)
    var files: [(name: String, place: TemporaryPlace)] = []
    for figure in figures {
      for name in try draw(figure, in: staging.path, for: path) {
        files.append((name, try TemporaryPlace(for: "\(path)/\(name)")))
      }
    }
    for (name, place) in files { try staging.place(name, at: place) }
    return files.map(\.name)
  }

  /// Draws a figure in a folder from where its files are to go to another.
  ///
  /// - Returns: their names.
  private func draw(
    _ figure: some Figure, in folder: String, for destination: String
  ) throws(SpikingError) -> [String] {
    // No name but these stands in the script.
    let outputs = GnuplotScript.Terminal.allCases.map { ($0, $0.rawValue) }
    try run(
      GnuplotScript(figure.plot).text(outputs: outputs), in: folder, for: figure.name,
      "\(destination)/\(figure.name).png")
    return try outputs.map { terminal, output throws(SpikingError) in
      let name = "\(figure.name).\(terminal.rawValue)"
      try finish("\(folder)/\(output)", terminal, as: "\(folder)/\(name)", "\(destination)/\(name)")
      return name
    }
  }

  /// Runs gnuplot on a script, in the folder where it is to draw.
  private func run(
    _ script: String, in folder: String, for name: String, _ destination: String
  ) throws(SpikingError) {
    let input: Descriptor
    do {
      input = try Descriptor.unnamedFile(script, at: "\(folder)/script")
    } catch {
      throw SpikingError(
        .unwritableFile, destination, "cannot be written: \(error.reason)")
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

  /// Gives a complete drawing its name.
  ///
  /// Gnuplot reports success even where the disk is full: an incomplete file is no figure.
  private func finish(
    _ drawing: String, _ terminal: GnuplotScript.Terminal, as file: String, _ destination: String
  ) throws(SpikingError) {
    guard var data = try? InputFile.read(drawing),
      data.suffix(16).firstRange(of: Data(terminal.end.utf8)) != nil
    else {
      throw SpikingError(
        .unwritableFile, destination, "cannot be written: gnuplot could not finish it")
    }
    if terminal == .svg {
      // For viewers that lack the font.
      let (font, fallback) = ("font-family=\"\(TextMetrics.font)", ", Verdana, Arial, sans-serif")
      data = Data(
        String(decoding: data, as: UTF8.self).replacing("\(font)\"", with: "\(font)\(fallback)\"")
          .utf8)
    }
    do {
      var output = try OutputFile(file)
      try output.write(data.bytes)
      try output.finish()
    } catch {
      throw SpikingError(error.code, destination, error.message)
    }
  }
}
