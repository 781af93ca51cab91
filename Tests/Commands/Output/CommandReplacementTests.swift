import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Which files an output takes the place of.
@Suite struct CommandReplacementTests {
  private let folder: CommandFolder
  private let run = "simulate --model BernoulliGLM --networks w.npy --steps 50 --seed 1 --quiet"

  init() throws {
    folder = try CommandFolder()
    try NormalGenerator(neurons: 5).network(0, seed: 0).write(to: folder.path("w.npy"))
    expectSuccess(try folder.spiking("\(run) --output s.npz"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.npz"), withDestinationPath: "s.npz")
    try FileManager.default.linkItem(atPath: folder.path("s.npz"), toPath: folder.path("hard.npz"))
    try FileManager.default.createDirectory(
      at: folder.url("nets"), withIntermediateDirectories: false)
    try FileManager.default.copyItem(at: folder.url("w.npy"), to: folder.url("nets/w.npy"))
  }

  @Test(arguments: [
    "fit s.npz --output s.npz", "fit s.npz --output ./s.npz", "fit s.npz --output link.npz",
    "fit s.npz --output hard.npz", "fit hard.npz --force --output s.npz",
    "simulate --model BernoulliGLM --networks w.npy --steps 5 --output w.npy",
    "simulate --model BernoulliGLM --networks nets --steps 5 --output nets/../nets/w.npy",
    "simulate --model BernoulliGLM --networks w.npy --steps 5 --checkpoint ./o.npz --output o.npz",
    "simulate --model BernoulliGLM --networks w.npy --steps 5 --output o.npz --checkpoint s.npz "
      + "--resume hard.npz",
    "convert s.npz s.npz", "convert w.npy ./w.npy", "fit s.npz --mask w.npy --output hard.npz",
  ])
  func `what is read is not replaced`(command: String) throws {
    let before = try ["s.npz", "w.npy", "nets/w.npy"].map { try folder.bytes($0) }
    let run = try folder.spiking(command)
    #expect(run.exitCode == 1 && run.errorLines.count == 2 && run.created == [], "\(run.error)")
    #expect(run.error.contains("found "), "\(run.error)")
    #expect(try ["s.npz", "w.npy", "nets/w.npy"].map { try folder.bytes($0) } == before)
  }

  @Test func `files of others are replaced only where that is said`() throws {
    try NumPyArchive.write(["mine": NumPyArray([1.0])], to: folder.path("mine.npz"))
    try NumPyArray([1.0, 2]).write(to: folder.path("mine.npy"))
    try folder.write("dear diary", to: "diary.npz")
    for name in ["mine.npz", "mine.npy", "diary.npz"] {
      let before = try folder.bytes(name)
      let refused = try folder.spiking("\(run) --output \(name)")
      expectFailure(refused, [name, "--force"])
      #expect(try folder.bytes(name) == before)
      expectSuccess(try folder.spiking("\(run) --force --output \(name)"))
      #expect(try folder.bytes(name) != before)
      // Now it says that it is ours, but for a .npy, which cannot.
      let again = try folder.spiking("\(run) --output \(name)")
      #expect(again.exitCode == (name.hasSuffix("npy") ? 1 : 0), "\(again.error)")
    }
    try folder.write("{\"name\": \"app\", \"version\": \"1.2.3\"}", to: "package.json")
    expectFailure(
      try folder.spiking(
        "tune --model BernoulliGLM --networks w.npy --target-rate 20 --parameters theta "
          + "--output package.json"), ["package.json", "--force"])
    try folder.write("", to: "empty.npz")
    expectSuccess(try folder.spiking("\(run) --output empty.npz"))
  }

  @Test func `what an input names is an input`() throws {
    try NumPyArray([true, false, true, false, true]).write(to: folder.path("mask.npy"))
    try folder.write(
      """
      {"stimulus": "Regular", "targets": "mask.npy", "parameters":
       {"strength": 5, "period": 100, "duration": 10}}
      """, to: "pulses.json")
    let before = try folder.bytes("mask.npy")
    expectFailure(
      try folder.spiking("\(run) --stimulus pulses.json --force --output mask.npy"),
      ["mask.npy", "would be lost"])
    #expect(try folder.bytes("mask.npy") == before)
  }

  @Test func `arrays of others beside a description are not replaced`() throws {
    try NumPyArray([1.0, 2]).write(to: folder.path("run.stimulus-0.targets.npy"))
    expectFailure(
      try folder.spiking("\(run) --output n.npz --save-run run.json"),
      ["run.stimulus-0.targets.npy", "--force"])
  }

  @Test func `links are written through, and permissions stay`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("dangling.npz"), withDestinationPath: "target.npz")
    expectSuccess(try folder.spiking("\(run) --output dangling.npz"))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("dangling.npz"))
        == "target.npz")
    #expect(try folder.bytes("target.npz") == folder.bytes("s.npz"))
    for mode in [0o600, 0o640, 0o664] {
      for name in ["target.npz", "w2.npy"] {
        if name == "w2.npy" {
          try? FileManager.default.removeItem(at: folder.url(name))
          try FileManager.default.copyItem(at: folder.url("w.npy"), to: folder.url(name))
        }
        try FileManager.default.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: folder.path(name))
        let command = name == "w2.npy" ? "convert --force w.npy" : "\(run) --output"
        expectSuccess(try folder.spiking("\(command) \(name)"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
        #expect(attributes[.posixPermissions] as? Int == mode)
        // What the file says of its entries does not depend on them.
        if name == "target.npz" {
          #expect(try folder.bytes(name) == folder.bytes("s.npz"))
        }
      }
    }
  }

  @Test func `what a killed run left is removed by the next`() throws {
    let steps =
      "simulate --model BernoulliGLM --networks w.npy --steps 400000000 --quiet --output k.npz"
    let process = try folder.process(steps.split(separator: " ").map(String.init))
    try process.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while try folder.hiddenBytes() < 1000, .now < deadline { usleep(1000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(folder.contents.contains { $0.hasPrefix(".spiking-") })
    // That of a process that runs stays.
    let name = try #require(folder.contents.first { $0.hasPrefix(".spiking-") })
    let parts = name.split(separator: "-")
    let own = ".spiking-\(parts[1])-\(getpid())-1"
    try folder.write("busy", to: own)
    expectSuccess(try folder.spiking("\(run) --output k.npz"))
    #expect(folder.contents.filter { $0.hasPrefix(".spiking-") } == [own])
  }
}
