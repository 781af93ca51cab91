internal import Foundation

/// Small valid files, made by the command itself, which other inputs go with.
struct Fixtures {
  let folder: String

  init(_ program: String, _ workspace: Workspace) throws {
    folder = "\(workspace.root)/fixtures"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try Data(Self.design.utf8).write(to: URL(filePath: "\(folder)/design.json"))
    let simulate = "simulate --model BernoulliGLM --set theta=3"
    for command in [
      "generate normal --neurons 8 --seed 1 --set std=1 --delays uniform --output networks",
      "\(simulate) --networks networks/0.npy --steps 300 --seed 1 --output spikes.npz "
        + "--checkpoint checkpoint.npz --save-run run.json",
      "convert spikes.npz counts.npy",
      "fit spikes.npz --quiet --design design.json --ridge 1 --output fit.npz",
    ] {
      var child = workspace.child(program, command)
      child.folder = folder
      let run = child.run()
      guard run.exitCode == 0 else { throw DriverError("\(command): \(run.message)") }
    }
    // Both are read from another folder.
    let run = URL(filePath: "\(folder)/run.json")
    let text = String(decoding: try Data(contentsOf: run), as: UTF8.self)
    let moved = ["networks/0.npy", "checkpoint.npz"].reduce(text) {
      $0.replacingOccurrences(of: "\"\($1)\"", with: "\"\(folder)/\($1)\"")
    }
    try Data(moved.utf8).write(to: run)
    let masked = """
      {"stimulus": "Regular", "parameters": {"strength": 1, "period": 10, "duration": 2},
       "targets": "\(workspace.folder)/in.npy"}
      """
    try Data(masked.utf8).write(to: URL(filePath: "\(folder)/masked.json"))
  }

  /// Terms of spikes and of time, which every recording has.
  private static let design = """
    {"terms": [
      {"term": "History", "basis": "raised-cosine-log:3:10", "smooth": 0.1, "order": 2},
      {"term": "Drift", "basis": "b-spline:5:0:300"},
      {"term": "Boxcar", "name": "step", "from": 100, "to": 200},
      {"term": "Product", "of": [{"term": "Drift", "basis": "boxcar:2:0:300"}, {"term": "Boxcar", "from": 50, "to": 250}]}]}
    """

  /// The words of a command, its fixtures with their paths.
  func words(_ command: String) -> [String] {
    command.split(separator: " ").map {
      $0.first == "@" ? "\(folder)/\($0.dropFirst())" : String($0)
    }
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
  }
}

/// What ends the drivers themselves.
struct DriverError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
