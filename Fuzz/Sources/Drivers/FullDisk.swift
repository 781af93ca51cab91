internal import Foundation

/// Every writer on a disk that is full from the start, after the first hundredth, in the middle, and
/// before the last: the old output or the new one, whole, and nothing else.
struct FullDisk {
  let program: String
  let workspace: Workspace

  init(_ options: Options, _ workspace: Workspace) {
    program = options.program
    self.workspace = workspace
  }

  /// How writing fails: at a size that no file may exceed, or on a disk of limited size.
  private enum Cause: String {
    case fileSize = "file size"
    case disk = "disk"
  }

  func run(until deadline: Date, _ report: inout Report) throws {
    try run(.fileSize, until: deadline, &report)
    let mount = workspace.child(
      "/bin/mount", "-t tmpfs -o size=64m spiking-fuzz \(workspace.folder)")
    guard FileManager.default.isExecutableFile(atPath: mount.program), mount.run().exitCode == 0
    else { return print("No disk of limited size: only root can mount one.") }
    defer {
      var unmount = workspace.child("/bin/umount", workspace.folder)
      unmount.folder = "/"
      _ = unmount.run()
    }
    try run(.disk, until: deadline, &report)
  }

  private func run(_ cause: Cause, until deadline: Date, _ report: inout Report) throws {
    try workspace.clear()
    for command in Writer.inputs { _ = workspace.child(program, command).run() }
    for writer in Writer.all {
      guard Date.now < deadline else { return print("No time for all writers on full disks.") }
      let expected = ExpectedFiles(
        old: try make(writer, seed: 1), new: try make(writer, seed: 2),
        again: try make(writer, seed: 2), isSet: writer.isSet)
      for hasOld in [false, true] {
        for part in [0, 0.01, 0.5, 0.99] {
          let (run, failure) = try fill(writer, part, cause, hasOld, expected)
          report.add(
            "full \(cause.rawValue), \(writer.name)",
            "\(writer.command(seed: 2)) [full at \(Int(100 * part)) %"
              + (hasOld ? ", over an older output]" : "]"), run, failure)
        }
      }
    }
  }

  private func clean() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: workspace.folder)
    where !Writer.inputNames.contains(name) {
      try FileManager.default.removeItem(atPath: "\(workspace.folder)/\(name)")
    }
  }

  /// All that the writers made.
  private var outputs: [String: Data] {
    Workspace.files(in: workspace.folder).filter { name, _ in
      !(Writer.inputNames + [Self.filler]).contains { name == $0 || name.hasPrefix("\($0)/") }
    }
  }

  private func make(_ writer: Writer, seed: Int) throws -> [String: Data] {
    try clean()
    let run = workspace.child(program, writer.command(seed: seed)).run()
    guard run.exitCode == 0 else { throw DriverError("\(writer.name): \(run.message)") }
    return outputs
  }

  private static let filler = "filler"

  /// One run where there is room for a part of the largest file.
  private func fill(
    _ writer: Writer, _ part: Double, _ cause: Cause, _ hasOld: Bool, _ expected: ExpectedFiles
  ) throws -> (Child.Outcome, String?) {
    try clean()
    if hasOld { try expected.writeOld(in: workspace.folder) }
    var child = workspace.child(program, writer.command(seed: 2))
    // What takes long on a machine that is busy is no fault here.
    child.seconds = 120
    let room = Int(part * Double(expected.largest))
    switch cause {
    case .fileSize: child.fileSize = room
    case .disk:
      var system = statvfs()
      statvfs(workspace.folder, &system)
      let free = Int(system.f_bavail) * Int(system.f_bsize)
      try workspace.write([UInt8](repeating: 0, count: max(0, free - room)), Self.filler)
    }
    let before = workspace.names
    let run = child.run()
    if run.timedOut { return (run, "no end") }
    guard [0, 1].contains(run.exitCode) else {
      return (run, "exit \(run.exitCode ?? -1), signal \(run.signal)")
    }
    if let failure = Verdict.message(run) { return (run, failure) }
    // A run may leave a checkpoint to go on from, which its message names.
    let isNamed = { (name: String) in
      name.contains("checkpoint") && run.message.contains(URL(filePath: name).lastPathComponent)
    }
    let created = workspace.names.subtracting(before).filter { !isNamed($0) }
    if let name = created.subtracting(expected.names).min() { return (run, "left over: \(name)") }
    let files = outputs.filter { !isNamed($0.key) }
    if run.exitCode == 0, !expected.isNew(files) { return (run, "exit 0 without the new output") }
    return (run, expected.failure(files, hasOld: hasOld))
  }
}
