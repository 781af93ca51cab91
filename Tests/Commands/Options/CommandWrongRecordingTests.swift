import Foundation
import Spiking
import SpikingTestCases
import Testing

/// What a stranger gives the commands that read a recording: one clear line, and no output.
@Suite struct CommandWrongRecordingTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    try SpikeTrains(trains: [[1, 5, 30], [2, 17, 90]], start: 0, stop: 100)
      .write(to: folder.path("r.npz"))
  }

  /// The words of each command that reads a recording, without the recording.
  private static let commands: [(before: [String], after: [String])] = [
    (["analyze"], ["--no-figures", "--output", "out"]),
    (["fit"], ["--bin", "10", "--history", "none", "--coupling", "none", "--output", "f.npz"]),
    (["convert"], ["out.npz"]),
    (["info"], []),
  ]

  private func refuse(
    _ recording: String, _ options: [String], _ words: [String], exitCode: Int32,
    among names: Set<String>
  ) throws {
    for (before, after) in Self.commands where names.contains(before[0]) {
      expectFailure(
        try folder.spiking(before + [recording] + after + options), words, exitCode: exitCode)
    }
  }

  @Test func `files that are missing, empty or others`() throws {
    let all: Set = ["analyze", "fit", "convert", "info"]
    for kind in ["npz", "nwb", "mat", "csv", "txt", "npy"] {
      try refuse(
        "missing.\(kind)", [], ["missing.\(kind)", "No such file"], exitCode: 1, among: all)
      try folder.write("", to: "empty.\(kind)")
      try refuse("empty.\(kind)", [], ["empty.\(kind): "], exitCode: 1, among: all)
      try folder.write("This is no data.", to: "other.\(kind)")
      try refuse("other.\(kind)", [], ["other.\(kind)"], exitCode: 1, among: all)
      try folder.makeFolder("folder.\(kind)")
      try refuse("folder.\(kind)", [], ["folder.\(kind)"], exitCode: 1, among: all)
    }
    try folder.makeFolder("empty")
    try folder.makeFolder("notes")
    try folder.write("Nothing.", to: "notes/readme.md")
    for name in ["empty", "notes"] {
      try refuse(name, [], ["\(name): found a folder without"], exitCode: 1, among: all)
    }
    try refuse("", [], ["\"\""], exitCode: 1, among: ["analyze", "fit", "convert"])
    try refuse("", [], ["\"\": no such file"], exitCode: 64, among: ["info"])
  }

  @Test func `options with wrong values`() throws {
    let all: Set = ["analyze", "fit", "convert"]
    for (options, words) in [
      (["--units", "nonsense =="], ["--units", "nonsense ==", "a value"]),
      (["--units", ""], ["--units", "the name of a column"]),
      (["--neurons", "3-1"], ["--neurons", "3-1", "the lower end"]),
      (["--neurons", "1,1"], ["--neurons", "once"]),
      (["--neurons", "1-"], ["--neurons", "whole numbers"]),
      (["--time-unit", "samples:0"], ["--time-unit", "samples:0", "a rate in Hz"]),
      (["--time-unit", "hours"], ["--time-unit", "hours", "samples:RATE"]),
      (["--dt", "0"], ["--dt", "a positive time"]),
      (["--largest-dataset", "0"], ["--largest-dataset", "≥ 1"]),
      (["--variable", "x"], ["--variable", "x of r.npz"]),
    ] {
      try refuse("r.npz", options, words, exitCode: 64, among: all)
    }
    try refuse("r.npz", ["--neurons", "1-5"], ["--neurons", "neuron 2"], exitCode: 1, among: all)
    try refuse(
      "r.npz", ["--units", "place == ADN"], ["--units", "column place", "neuron, spikes, rate"],
      exitCode: 1, among: all)
    for option in ["--epochs", "--trials"] {
      try refuse(
        "r.npz", [option, "nowhere"], [option, "\"nowhere\""], exitCode: 64,
        among: ["analyze", "fit"])
    }
    try refuse(
      "r.npz", ["--trials", "none.npy"], ["none.npy", "No such file"], exitCode: 1,
      among: ["analyze", "fit"])
    try refuse(
      "r.npz", ["--start", "200"], ["--start", "0.0 to 100.0 ms"], exitCode: 1,
      among: ["analyze", "fit"])
    try refuse(
      "r.npz", ["--start", "soon"], ["--start", "soon"], exitCode: 64, among: ["analyze"])
  }
}
