import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Variables of MATLAB's files: FILE.mat:VARIABLE and --variable say the same, in every command.
@Suite(.readsMATLAB) struct CommandVariableTests {
  private let folder: CommandFolder

  /// Two lists of spike trains, and a network.
  init() throws {
    folder = try CommandFolder()
    for name in ["several", "dense"] {
      try folder.write([UInt8](bytes(TestFiles.golden("matlab/\(name).mat"))), to: "\(name).mat")
    }
  }

  @Test func `recordings are read by the name of a variable`() throws {
    for file in ["several.mat:left", "several.mat --variable left"] {
      let info = try folder.spiking("info \(file)")
      expectSuccess(info)
      #expect(info.output.contains("several.mat: 20 spikes of 2 neurons"))
      expectSuccess(try folder.spiking("convert \(file) left.npz"))
      #expect(
        try Recording(contentsOf: folder.path("left.npz")).spikes
          == Recording(contentsOf: folder.path("several.mat:left")).spikes)
      expectSuccess(try folder.spiking("analyze \(file) --no-figures --quiet --output out"))
      expectSuccess(
        try folder.spiking(
          "fit \(file) --neurons 0 --bin 10 --history none --coupling none --output f.npz"))
    }
  }

  @Test func `networks are read by the name of a variable`() throws {
    for file in ["dense.mat:W", "dense.mat --variable W"] {
      let info = try folder.spiking("info \(file)")
      expectSuccess(info)
      #expect(info.output.contains("network of 4 neurons, 4 synapses"))
      expectSuccess(try folder.spiking("convert \(file) w.npy --force"))
      #expect(
        try Connectivity(contentsOf: folder.path("w.npy"))
          == Connectivity(contentsOf: folder.path("dense.mat")))
    }
    // Its name, on which random numbers depend, is that of the file.
    for file in ["dense.mat", "dense.mat:W"] {
      expectSuccess(
        try folder.spiking(
          "simulate --model BernoulliGLM --networks \(file) --steps 500 --seed 1 --output s.npz"))
      try FileManager.default.moveItem(at: folder.url("s.npz"), to: folder.url("\(file).npz"))
    }
    #expect(try folder.bytes("dense.mat.npz") == folder.bytes("dense.mat:W.npz"))
  }

  @Test func `what is not there is named in one line`() throws {
    for command in ["info", "convert", "analyze"] {
      for (file, words, code) in [
        ("several.mat", ["several variables", "left, right", "several.mat:left"], 1),
        ("several.mat:up", ["several.mat", "no variable up", "left, right"], 1),
        ("several.mat --variable up", ["several.mat", "no variable up", "left, right"], 1),
        ("several.mat:", ["variable", "\"\""], 1),
        ("several.mat:left{9}", ["several.mat", "cell 9"], 1),
        ("missing.mat:left", ["missing.mat", "No such file"], 1),
        ("several.mat:left --variable right", ["--variable", "right of several.mat:left"], 64),
        ("left.npz --variable right", ["--variable", "right of left.npz", ".mat"], 64),
      ] as [(String, [String], Int32)] {
        let rest =
          command == "info" ? "" : command == "convert" ? " o.npz" : " --no-figures --output out"
        expectFailure(try folder.spiking("\(command) \(file)\(rest)"), words, exitCode: code)
      }
    }
    expectFailure(
      try folder.spiking("convert several.mat:left several.mat --force"),
      ["OUT", "several.mat, which is read"])
  }
}
