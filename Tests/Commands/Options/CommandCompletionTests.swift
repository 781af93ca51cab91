import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What shells offer: the scripts, and what these ask the command for.
@Suite struct CommandCompletionTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  /// What bash offers behind a line, by the function that it calls for a tabulator.
  private func bash(_ line: String) throws -> [String] {
    let script = try folder.spiking("--generate-completion-script bash")
    try #require(script.exitCode == 0)
    try folder.write(script.output, to: "completions")
    let process = try folder.process([])
    let program = try #require(process.executableURL).deletingLastPathComponent().path
    let words = line.components(separatedBy: " ")
    try folder.write(
      """
      PATH='\(program)':$PATH
      source completions
      COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " ")))
      COMP_CWORD=\(words.count - 1) COMP_LINE='\(line)' COMP_POINT=\(line.count)
      _spiking spiking '\(words[words.count - 1])' '\(words[words.count - 2])'
      printf '%s\\n' "${COMPREPLY[@]}"

      """, to: "ask")
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["--norc", "ask"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash"), "there is no bash"))
  func `bash completes commands, options, names and files`() throws {
    try folder.makeFolder("networks")
    for name in ["model.json", "model.txt", "spikes.npz", "networks/0.npy", "networks/a.json"] {
      try folder.write("", to: name)
    }
    #expect(try bash("spiking sim") == ["simulate"])
    #expect(try bash("spiking simulate --sav") == ["--save-run"])
    #expect(try bash("spiking simulate --model Be") == ["BernoulliGLM"])
    #expect(try bash("spiking simulate --model mo") == ["model.json"])
    #expect(try bash("spiking simulate --model networks/") == ["networks/a.json"])
    #expect(try bash("spiking simulate --networks n") == ["networks"])
    #expect(try bash("spiking simulate --networks networks/") == ["networks/0.npy"])
    #expect(try bash("spiking simulate --model BernoulliGLM --set th") == ["theta=5.0"])
    #expect(try bash("spiking fit s") == ["spikes.npz"])
    #expect(try bash("spiking fit spikes.npz --observation b") == ["bernoulli"])
    #expect(try bash("spiking fit spikes.npz --history m") == ["m-spline:5:20"])
    #expect(try bash("spiking analyze spikes.npz --statistics isi,p") == ["isi,psth"])
    #expect(try bash("spiking generate log") == [])
    #expect(try bash("spiking generate mex") == ["mexican-hat"])
    #expect(try bash("spiking generate normal --weights l") == ["log-normal"])
    #expect(
      try bash("spiking generate normal --weights log-normal --set weights.m") == [
        "weights.mu=0.0"
      ])
    #expect(try bash("spiking info wat") == ["watts-strogatz"])
    #expect(try bash("spiking check spikes.npz spikes.npz --output n") == ["networks"])
  }

  @Test(arguments: ["zsh", "fish"])
  func `other shells have scripts, too`(shell: String) throws {
    let run = try folder.spiking("--generate-completion-script \(shell)")
    expectSuccess(run)
    for word in ["simulate", "save-run", "npz"] {
      #expect(run.output.contains(word))
    }
  }
}
