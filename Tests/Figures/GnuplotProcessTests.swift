import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Programs by the name of gnuplot that hang, start others, never fall silent, or die: an error of one line
/// within the time limit, no file and no process left.
@Suite struct GnuplotProcessTests {
  /// A folder with a false gnuplot, and one for its figures. The false one notes its process, its group and
  /// those it starts in the file `processes`.
  private struct FalseGnuplot: ~Copyable {
    let folder: FormatsFolder

    init(_ script: String) throws {
      let folder = try FormatsFolder()
      try FileManager.default.createDirectory(
        atPath: folder("figures"), withIntermediateDirectories: true)
      let note = "note() { echo $1 >> '\(folder("processes"))'; }; note $$"
      try writeProgram("#!/bin/sh\n\(note)\n\(script)\n", to: folder("gnuplot"))
      self.folder = folder
    }

    func draw(_ figure: some Figure = Line(), seconds: Double = 30) throws {
      try Gnuplot(searchPath: folder.path, timeLimit: .seconds(seconds)).render(
        figure, to: folder("figures"))
    }

    /// The processes that were noted and still run.
    var running: [Int32] {
      let text = (try? String(contentsOfFile: folder("processes"), encoding: .utf8)) ?? ""
      return text.split(separator: "\n").compactMap { Int32($0) }.filter(isRunning)
    }

    /// Those that run still when ten seconds have passed: the end of a process takes a moment.
    var left: [Int32] {
      let deadline = ContinuousClock.now + .seconds(10)
      while !running.isEmpty, ContinuousClock.now < deadline { usleep(5000) }
      return running
    }

    var figures: [String]? {
      try? FileManager.default.contentsOfDirectory(atPath: folder("figures"))
    }
  }

  private struct Line: Figure {
    let name = "line"
    var title = "A line"
    var plot: Plot {
      var plot = Plot(title: title, xAxis: Axis("x", 0...1), yAxis: Axis("y", 0...1))
      plot.layers = [
        Layer(.lines([[Point(0, 0), Point(1, 1)]], width: 2, isDashed: false), color: .ink)
      ]
      return plot
    }
  }

  /// The lines of a shell's script that find the names of the files that are to be drawn.
  private static let names =
    "names=$(sed -n 's/^set output \"\\(..*\\)\"$/\\1/p' /dev/stdin)"

  @Test(arguments: [
    // Signals are ignored, by it and by what it starts, which holds standard error.
    ("trap '' HUP INT TERM; sleep 1000 & note $!; wait", "took longer than 1 s"),
    ("exec sleep 1000 2>&-", "took longer than 1 s"),
    ("exec yes 'no end'", "took longer than 1 s"),
    ("echo oh, no >&2; kill -SEGV $$", "Segmentation fault"),
    ("echo first >&2; echo '  second' >&2; exit 3", "first second"),
    ("exit 3", "no message"),
    // It ends at once, and leaves one behind that does not.
    ("(trap '' TERM HUP; exec sleep 1000) & note $!; exit 1", "no message"),
    ("echo 'spiking: version 5.2' >&2", "found version 5.2, expected gnuplot 5.4 or later"),
  ])
  func `a program that does not draw is an error`(script: String, message: String) throws {
    let gnuplot = try FalseGnuplot(script)
    expectError(.missingProgram, ["\(gnuplot.folder.path)/gnuplot: ", message]) {
      // A program that ends by itself has all the time.
      try gnuplot.draw(seconds: message.hasPrefix("took") ? 1 : 60)
    }
    #expect(gnuplot.left == [])
    #expect(gnuplot.figures == [])
  }

  @Test func `messages have a bound`() throws {
    let gnuplot = try FalseGnuplot("exec yes 'no end' >&2")
    expectError(.missingProgram, ["wrote more than 4 MB of messages about the figure line"]) {
      try gnuplot.draw()
    }
    #expect(gnuplot.left == [])
    // Of many the last ones are shown.
    let wordy = try FalseGnuplot("yes dull | head -n 100000 >&2; echo end >&2; exit 1")
    expectError(.missingProgram, ["cannot draw the figure line: dull end"]) { try wordy.draw() }
  }

  @Test(arguments: [
    "exit 0", "\(names); for name in $names; do echo half > $name; done",
    "\(names); for name in $names; do mkfifo $name; done",
    "\(names); for name in $names; do mkdir $name; done",
    // One of two.
    "\(names); for name in $names; do case $name in *svg) echo '</svg>' > $name;; esac; done",
  ])
  func `a figure that is not finished is none`(script: String) throws {
    let gnuplot = try FalseGnuplot(script)
    expectError(.unwritableFile, ["figures/line.png", "gnuplot could not finish it"]) {
      try gnuplot.draw()
    }
    #expect(gnuplot.figures == [])
  }

  @Test func `a cancelled task ends it`() async throws {
    let gnuplot = try FalseGnuplot("exec sleep 1000")
    let (program, figures) = (gnuplot.folder.path, gnuplot.folder("figures"))
    let task = Task { try Gnuplot(searchPath: program).render(Line(), to: figures) }
    let deadline = ContinuousClock.now + .seconds(60)
    while gnuplot.running.isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(5))
    }
    task.cancel()
    let error = await #expect(throws: SpikingError.self) { _ = try await task.value }
    #expect(error?.code == .interrupted)
    #expect(gnuplot.left == [])
  }

  @Test func `a program that cannot be run is an error`() throws {
    let gnuplot = try FalseGnuplot("")
    try writeProgram("#!/nowhere/shell\n", to: gnuplot.folder("gnuplot"))
    expectError(.missingProgram, ["gnuplot", "cannot draw the figure line", "not found"]) {
      try gnuplot.draw()
    }
  }

  /// A command and its gnuplot, which hangs, end together, whatever signal ends the command.
  @Test(arguments: [SIGKILL, SIGTERM, SIGINT, SIGHUP])
  func `no gnuplot outlives the command`(signal: Int32) throws {
    let gnuplot = try FalseGnuplot(
      "trap '' HUP INT TERM; sleep 1000 & note $!; exec sleep 1001")
    let folder = try CommandFolder()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let process = try folder.process(
      ["intro", "--networks", "1", "--neurons", "10", "--steps", "100", "--output", "out"],
      environment: ["PATH": "\(gnuplot.folder.path):\(path)"])
    process.standardError = FileHandle.nullDevice
    try process.run()
    while gnuplot.running.count < 2, process.isRunning { usleep(5000) }
    #expect(gnuplot.running.count == 2)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(gnuplot.left == [])
    // The script has no name that could stay.
    #expect(!folder.contents.contains { $0.hasPrefix("temporary") })
  }
}

/// The same program, the one that is installed.
@Suite(.enabled(if: (try? Gnuplot()) != nil, "gnuplot is not installed"))
struct GnuplotDrawingTests {
  private struct Text: Figure {
    let name = "text"
    let title: String
    var plot: Plot {
      Plot(title: title, xAxis: Axis("x", 0...1), yAxis: Axis("y", 0...1))
    }
  }

  @Test(arguments: [
    "it''s", "a \"b\" `c` $(d) \\e", "a\u{7}b\u{1B}[1mc\nd", "-e 'exit'", "é 日本", "a%d;b|c&d",
  ])
  func `folders and titles may have any name`(name: String) throws {
    let folder = try FormatsFolder()
    let place = folder(name)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let title = "\(name) %g @x {/Bold y}"
    #expect(try Gnuplot().render(Text(title: title), to: place) == ["text.png", "text.svg"])
    #expect(folder.names == [name])
    let drawn = try FileManager.default.contentsOfDirectory(atPath: place)
    #expect(drawn.sorted() == ["text.png", "text.svg"])
    let shown = String(
      title.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
    let escaped = shown.replacing("&", with: "&amp;")
    #expect(try String(contentsOfFile: "\(place)/text.svg", encoding: .utf8).contains(escaped))
  }

  /// What old versions, and those without a terminal, are asked, gnuplot is asked by another name.
  @Test(arguments: [
    ("GPVAL_VERSION", "5.2", "found version 5.2, expected gnuplot 5.4 or later"),
    ("'pngcairo '", "'noterminal '", "found no terminal pngcairo"),
    ("'svg '", "'noterminal '", "found no terminal svg"),
  ])
  func `an unsuitable version is an error`(asked: String, answer: String, message: String) throws {
    let folder = try FormatsFolder()
    let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let script = "#!/bin/sh\nPATH='\(search)'\nsed \"s/\(asked)/\(answer)/g\" | exec gnuplot -d -\n"
    try writeProgram(script, to: folder("gnuplot"))
    try FileManager.default.createDirectory(
      atPath: folder("figures"), withIntermediateDirectories: true)
    expectError(.missingProgram, [folder("gnuplot"), message]) {
      try Gnuplot(searchPath: folder.path).render(Text(title: ""), to: folder("figures"))
    }
  }

  /// What gnuplot is given does not depend on which standard streams the command was given.
  @Test func `closed standard streams draw the same`() throws {
    let folder = try CommandFolder()
    let words = [
      "intro", "--networks", "1", "--neurons", "10", "--steps", "100", "--output", "out",
    ]
    let process = try folder.process(words)
    process.arguments =
      ["-c", "exec \"$0\" \"$@\" <&- >&- 2>&-", process.executableURL?.path ?? ""] + words
    process.executableURL = URL(filePath: "/bin/sh")
    try process.run()
    process.waitUntilExit()
    #expect(folder.contents.count { $0.hasSuffix(".png") || $0.hasSuffix(".svg") } == 12)
  }
}

/// Whether a process runs: not where it has ended and nobody has asked how.
private func isRunning(_ process: Int32) -> Bool {
  guard kill(process, 0) == 0 else { return false }
  let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
  return !status.contains(") Z ")
}
