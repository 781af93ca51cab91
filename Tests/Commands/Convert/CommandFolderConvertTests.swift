import Foundation
import Spiking
import SpikingTestCases
import Testing

/// `spiking convert` of a folder of networks.
@Suite struct CommandFolderConvertTests {
  private let folder: CommandFolder
  private let networks: [Connectivity]

  /// Three networks with names that are no numbers, as files of others have.
  init() throws {
    folder = try CommandFolder()
    try folder.makeFolder("nets")
    networks = try NormalGenerator(neurons: 6).networks(count: 3, seed: 1)
    for (network, name) in zip(networks, ["left", "right", "7"]) {
      try network.write(to: folder.path("nets/\(name).npy"))
    }
  }

  private func convert(_ arguments: String) throws -> CommandFolder.Run {
    try folder.spiking("convert \(arguments)")
  }

  @Test func `networks keep their names, and none is there before all are`() throws {
    for format in NetworkFormat.allCases {
      let run = try convert("nets out-\(format) --format \(format)")
      expectSuccess(run)
      #expect(
        run.created.sorted()
          == ["", "/7.\(format)", "/left.\(format)", "/right.\(format)"].map {
            "out-\(format)\($0)"
          })
      #expect(
        try [Connectivity](contentsOf: folder.path("out-\(format)"))
          == [Connectivity](contentsOf: folder.path("nets")))
    }
    expectSuccess(try convert("nets out"))
    #expect(try folder.bytes("out/left.npy") == folder.bytes("nets/left.npy"))
    // As those of one file.
    expectSuccess(try convert("nets doubled --scale 2 --format npz"))
    let doubled = try networks[0].mapWeights { 2 * $2 }
    #expect(try Connectivity(contentsOf: folder.path("doubled/left.npz")) == doubled)
    try folder.write("no network", to: "nets/right.npy")
    expectFailure(try convert("nets broken --format pt"), ["nets/right.npy"])
  }

  @Test func `delays go with the networks, beside them where the format has no room`() throws {
    let run = try folder.spiking(
      "generate normal --neurons 5 --count 2 --delays uniform --seed 2 --output delayed --quiet")
    expectSuccess(run)
    let expected = try [Connectivity](contentsOf: folder.path("delayed"))
      .withDelays(contentsOf: folder.path("delayed/delays"))
    #expect(expected.allSatisfy { $0.hasDelays })
    expectSuccess(try convert("delayed one --delays delayed/delays --format npz"))
    #expect(try [Connectivity](contentsOf: folder.path("one")) == expected)
    let beside = try convert("one two --format pt")
    expectSuccess(beside)
    #expect(beside.output == "")
    #expect(
      try [Connectivity](contentsOf: folder.path("two"))
        .withDelays(contentsOf: folder.path("two/delays")) == expected)
    expectFailure(try convert("nets out --delays delayed/delays"), ["delays/7.npy"])
  }

  @Test func `names of neurons that are lost are said once`() throws {
    try folder.makeFolder("named")
    for name in ["a", "b"] {
      try NamedNetwork(networks[0], names: ["A", "B", "C", "D", "E", "F"])
        .write(to: folder.path("named/\(name).graphml"))
    }
    let run = try convert("named out --format pt")
    expectSuccess(run)
    #expect(run.output == "out does not hold the names of the neurons\n")
    expectSuccess(try convert("named kept --format npz"))
    #expect(try NamedNetwork(contentsOf: folder.path("kept/b.npz")).names.last == "F")
  }

  @Test func `nothing that is there is lost`() throws {
    expectSuccess(try convert("nets out --format pt"))
    for (arguments, words, code) in [
      ("nets nets --format npy --force", ["OUT", "nets/7.npy, which is read"], 1),
      ("nets nets --format pt", ["nets", "another network, 7.npy"], 1),
      ("nets out --format pt", ["out/7.pt", "--force"], 1),
      ("nets out --format npy", ["out", "another network, 7.pt"], 1),
      ("nets out.npz", ["OUT", "out.npz", "a folder", "--format"], 64),
      ("nets/7.npy seven.npz --format npz", ["--format", "extension of OUT"], 64),
      ("nets out2 --format dat", ["--format", "dat", "npy, npz, pt, graphml or csv"], 64),
      ("nowhere out3", ["nowhere", "No such file"], 1),
    ] as [(String, [String], Int32)] {
      expectFailure(try convert(arguments), words, exitCode: code)
    }
    try folder.makeFolder("empty")
    expectFailure(try convert("empty out4"), ["empty", "a folder without networks"])
    expectSuccess(try convert("nets out --format pt --force"))
  }
}
