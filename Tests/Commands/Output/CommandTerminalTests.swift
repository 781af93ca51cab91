import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What the command says where its streams are closed or full, and where names hold what acts on
/// terminals.
@Suite struct CommandTerminalTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    try NormalGenerator(neurons: 5).network(0, seed: 0).write(to: folder.path("w.npy"))
  }

  /// The exit code of a line of the shell in which `spiking` is the command.
  private func shell(_ line: String, _ environment: [String: String] = [:]) throws -> (
    Int32, String
  ) {
    let process = try folder.process([], environment: environment)
    let program = try #require(process.executableURL).path
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "spiking() { \"\(program)\" \"$@\"; }\n\(line)"]
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let error = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return (process.terminationStatus, String(decoding: error, as: UTF8.self))
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [
      ("spiking info no.npz 2>&-", 1), ("spiking info no.npz 2>/dev/full", 1),
      ("spiking info w.npy >/dev/full", 1), ("spiking info w.npy >&-", 1),
      ("spiking --help >/dev/full", 1), ("spiking info BernoulliGLM >/dev/full 2>/dev/full", 1),
      ("spiking simulte 2>&-", 64), ("spiking info w.npy <&-", 0), ("spiking --version 2>&-", 0),
      ("spiking convert w.npy >&- 2>&-", 64),
    ])
  func `streams that are closed or full are no reason to trap`(line: String, code: Int32) throws {
    #expect(try shell(line).0 == code)
  }

  @Test func `an error is not written into a file that takes the place of a closed stream`() throws
  {
    let (code, _) = try shell(
      "spiking simulate --model BernoulliGLM --networks w.npy --steps 10 --output no/o.npz 2>&- >&-"
    )
    #expect(code == 1)
    #expect(folder.contents == ["w.npy"])
  }

  @Test func `what would act on a terminal is escaped`() throws {
    let names = ["a\u{1B}[31mb.npy", "a\nb.npy", "a\u{7}b.npz", "a\u{202E}b.json"]
    for name in names {
      let run = try folder.spiking(["info", name])
      expectFailure(run, ["No such file"])
      #expect(!run.error.dropLast().unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" })
    }
    // The library that writes archives refuses such names; others do not.
    try NumPyArchive.write(
      ["a-]0;title-": NumPyArray([1.0]), "b-c": NumPyArray([1.0])], to: folder.path("odd.npz"))
    var bytes = try folder.bytes("odd.npz")
    for (plain, odd) in [("a-]0;title-", "a\u{1B}]0;title\u{7}"), ("b-c", "b\nc")] {
      let (plain, odd) = (Array(plain.utf8), Array(odd.utf8))
      for start in 0..<(bytes.count - plain.count)
      where Array(bytes[start..<(start + plain.count)]) == plain {
        bytes.replaceSubrange(start..<(start + plain.count), with: odd)
      }
    }
    try folder.write(bytes, to: "odd.npz")
    let run = try folder.spiking("info odd.npz")
    #expect(run.exitCode == 0)
    #expect(run.output.split(separator: "\n").count == 3 && !run.output.contains("\u{1B}"))
  }

  @Test func `what is quoted is short`() throws {
    let long = String(repeating: "x", count: 1_000_000)
    try folder.write("{\"model\": \"\(long)\"}", to: "long.json")
    try NumPyArchive.write(
      [String(long.prefix(60_000)): NumPyArray([1.0])], to: folder.path("l.npz"))
    for arguments in [
      ["info", String(long.prefix(100_000))],
      [
        "simulate", "--model", "long.json", "--networks", "w.npy", "--steps", "5", "--output",
        "o.npz",
      ],
      ["analyze", "l.npz", "--output", "out"], ["fit", "l.npz", "--output", "o.npz"],
      ["check", "l.npz", "l.npz", "--output", "out"], ["generate", String(long.prefix(100_000))],
    ] {
      let run = try folder.spiking(arguments)
      #expect(run.exitCode == 1 || run.exitCode == 64)
      #expect(run.errorLines.count == 2 && run.error.count < 2700, "\(run.error.count)")
    }
  }

  @Test func `results are short lines without control characters`() throws {
    try folder.write(
      "{\"model\": \"\(String(repeating: "x", count: 1_000_000))\"}", to: "long.json")
    let run = try folder.spiking("info long.json")
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 2000 })
  }

  @Test func `names that are not UTF-8 are refused`() throws {
    let (code, error) = try shell(
      "spiking convert w.npy \"$(printf 'o\\377.npy')\"")
    #expect(code == 64 && error.contains("argument 3") && error.contains("UTF-8"), "\(error)")
    #expect(folder.contents == ["w.npy"])
  }

  @Test func `few file descriptors are an error`() throws {
    for count in 4...40 where count < 18 || count > 30 {
      let (code, error) = try shell(
        "ulimit -n \(count); spiking simulate --model BernoulliGLM --networks w.npy --steps 10 --quiet "
          + "--output o\(count).npz")
      #expect(code == 0 || code == 1, "\(count): \(error)")
      if code == 1 {
        #expect(error.hasPrefix("spiking: ") && error.split(separator: "\n").count == 1)
      }
      if code == 0 { try FileManager.default.removeItem(at: folder.url("o\(count).npz")) }
    }
    #expect(folder.contents == ["w.npy"])
  }

  @Test func `nothing but text is written where there is no terminal`() throws {
    for environment in [[:], ["NO_COLOR": "1"], ["TERM": "xterm-256color"]] {
      let run = try folder.spiking(
        [
          "simulate", "--model", "BernoulliGLM", "--networks", "w.npy", "--steps", "100", "--seed",
          "1",
          "--output", "o.npz",
        ], environment: environment)
      #expect(run.exitCode == 0 && run.error == "" && !run.output.contains("\u{1B}"))
    }
  }
}
