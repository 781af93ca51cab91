import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Output that cannot be written: one line, and nothing half done.
@Suite struct CommandOutputTests {
  private let folder: CommandFolder

  /// Networks of 50 neurons, w.npy and nets/0.npy …; and spikes s.npz, more than 4 kB of them.
  init() throws {
    folder = try CommandFolder()
    let networks = try NormalGenerator(neurons: 50).networks(count: 2, seed: 0)
    try networks.write(to: folder.path("nets"))
    try networks[0].write(to: folder.path("w.npy"))
    let spikes = try BinnedSpikes(
      neurons: [UInt32](repeating: 1, count: 2000), bins: Array(0..<2000), binCount: 2000, dt: 1,
      networkOffsets: [0, 50], seed: 0)
    try spikes.write(to: folder.path("s.npz"))
  }

  private static let simulate = "simulate --model BernoulliGLM --networks nets --steps 1000"

  /// Commands that write a file, and the extensions it may have.
  private static let files = [
    "\(simulate) --output OUT.npz", "\(simulate) --output OUT.npy", "convert w.npy OUT.npy",
    "convert s.npz OUT.npz", "convert s.npz OUT.npy",
  ]
  /// Commands that write a folder.
  private static let folders = [
    "generate normal --neurons 50 --output OUT", "analyze s.npz --output OUT",
    "intro --networks 1 --neurons 20 --steps 500 --output OUT",
  ]

  private func run(_ command: String, to output: String, fileLimit: Int? = nil) throws
    -> CommandFolder.Run
  {
    try folder.spiking(
      command.replacing("OUT", with: output).split(separator: " ").map(String.init),
      fileLimit: fileLimit)
  }

  @Test(arguments: files)
  func `a file goes into a folder that is there`(command: String) throws {
    for (place, reason) in [
      ("w.npy/x", "Not a directory"), ("missing/x", "No such file or directory"),
      ("/proc/x", "cannot be"), ("nets/../missing/x", "No such file"),
    ] {
      expectFailure(try run(command, to: place), [": \(place).np", "written", reason])
    }
  }

  @Test(arguments: folders)
  func `a folder is made, but not below a file`(command: String) throws {
    for (place, reason) in [
      ("w.npy/x", "Not a directory"), ("w.npy", "File exists"), ("/proc/x", "cannot be"),
    ] {
      expectFailure(try run(command, to: place), [": \(place): ", "folder", reason])
    }
    expectSuccess(try run(command, to: "a/b/c"))
  }

  @Test(arguments: files)
  func `a folder or a device does not become a file`(command: String) throws {
    try folder.makeFolder("out.npz")
    try folder.makeFolder("out.npy")
    expectFailure(try run(command, to: "out"), [": out.np", "Is a directory"])
    for name in ["null.npz", "null.npy"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(name), withDestinationPath: "/dev/null")
    }
    expectFailure(try run(command, to: "null"), [": null.np", "not a regular file"])
  }

  @Test(arguments: files)
  func `a file that does not fit on the disk is not there`(command: String) throws {
    let run = try run(command, to: "out", fileLimit: 4)
    expectFailure(run, [": out.np", "File too large"])
  }

  @Test(arguments: files)
  func `a file that is replaced stays where the new one does not fit`(command: String) throws {
    for name in ["out.npz", "out.npy"] { try folder.write("precious", to: name) }
    for (option, word) in [("", "--force"), (" --force", "File too large")] {
      expectFailure(try run(command + option, to: "out", fileLimit: 4), [": out.np", word])
      for name in ["out.npz", "out.npy"] {
        #expect(try folder.bytes(name) == Array("precious".utf8))
      }
    }
  }

  @Test(arguments: [
    ("generate normal --neurons 50 --output OUT", "0.npy"),
    ("analyze s.npz --output OUT", "statistics.json"),
    ("intro --networks 1 --neurons 50 --steps 500 --output OUT", "0.npy"),
    // The networks and the spikes fit.
    ("intro --networks 1 --neurons 10 --steps 20000 --output OUT", "spikes.npz"),
  ])
  func `a full disk leaves no folder`(command: String, name: String) throws {
    for output in ["out", "a/b/out"] {
      let run = try run(command, to: output, fileLimit: 4)
      expectFailure(run, [": \(output)/", "\(name): cannot be written: File too large"])
    }
  }

  @Test(arguments: [
    ("analyze s.npz --output OUT", 30),
    ("intro --networks 1 --neurons 20 --steps 500 --output OUT", 150),
  ])
  func `a disk that is full for figures leaves all but figures`(
    command: String, fileLimit: Int
  ) throws {
    let run = try run(command, to: "out", fileLimit: fileLimit)
    expectFailure(run, [": out/", "cannot be written"], created: run.created)
    let endings = Set(run.created.map { URL(filePath: $0).pathExtension })
    #expect(endings.isSubset(of: ["", "json", "npz", "npy"]) && endings.contains("json"))
    #expect(!run.created.contains { $0.contains("/.") || $0.hasPrefix("temporary") })
  }

  @Test func `a folder with other networks is not added to`() throws {
    let run = try folder.spiking("generate normal --neurons 5 --output nets")
    expectFailure(run, ["nets", "another network, 1.npy"])
    expectSuccess(try folder.spiking("generate normal --neurons 5 --count 2 --output nets"))
  }
}
