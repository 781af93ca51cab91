internal import Foundation

/// Folders in memory in which commands run: one for their files, one for temporary ones.
struct Workspace {
  let root: String
  var folder: String { "\(root)/work" }
  var temporary: String { "\(root)/temporary" }

  init() throws {
    let memory = "/dev/shm"
    let base =
      FileManager.default.isWritableFile(atPath: memory)
      ? memory : FileManager.default.temporaryDirectory.path
    root = "\(base)/spiking-fuzz-\(getpid())"
    try clear()
  }

  /// Empties both folders.
  func clear() throws {
    for path in [folder, temporary] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for name in try FileManager.default.contentsOfDirectory(atPath: path) {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: root) }

  func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  /// What stands in a folder, hidden files included, by its name there.
  static func files(in folder: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
      let url = URL(filePath: "\(folder)/\(name)")
      if (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true { continue }
      files[name] = (try? Data(contentsOf: url)) ?? Data()
    }
    return files
  }

  /// The files and folders of the working folder, and of that of temporary files.
  var names: Set<String> {
    var names: Set<String> = []
    for (folder, prefix) in [(folder, ""), (temporary, "temporary/")] {
      for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
        names.insert(prefix + name)
      }
    }
    return names
  }

  /// A run of a program here.
  func child(_ program: String, _ arguments: [String]) -> Child {
    Child(program: program, arguments: arguments, folder: folder, temporary: temporary)
  }

  /// A run of a program here, its words separated by blanks.
  func child(_ program: String, _ arguments: String) -> Child {
    child(program, arguments.split(separator: " ").map(String.init))
  }
}
