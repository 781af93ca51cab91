internal import Foundation
package import SpikingFramework

/// What a folder holds while files of a set take the places of others: a text that says so, and names them.
package struct IncompleteMark {
  /// The name of the text.
  private static let name = "spiking-incomplete.txt"
  private static let text = """
    The files of this folder are of two runs: a command was ended while it replaced them. The same command, \
    run again, completes them. They are:
    """

  private let folder: String
  private let names: [String]

  init(_ folder: String, names: [String]) {
    (self.folder, self.names) = (folder, names)
  }

  /// The folders that hold files of the set, the outermost first, and what they hold.
  private var folders: [(path: String, names: [String])] {
    Set(names.map { Paths.folder(of: $0) } + [""]).sorted().map { inner in
      (
        inner.isEmpty ? folder : "\(folder)/\(inner.dropLast())",
        names.filter { $0.hasPrefix(inner) }.map { String($0.dropFirst(inner.count)) }
      )
    }
  }

  /// Marks the folders.
  ///
  /// - Throws: `unwritableFile`; none is marked then.
  func place() throws(SpikingError) {
    var new: [String] = []
    do throws(SpikingError) {
      for (path, names) in folders {
        let mark = path + "/" + Self.name
        // That of a command that was killed says still what is true.
        if access(mark, F_OK) != 0 { new.append(mark) }
        var file = try OutputFile(mark)
        try file.write(([Self.text] + names).joined(separator: "\n") + "\n")
        try file.finish()
      }
    } catch {
      for mark in new { unlink(mark) }
      throw error
    }
  }

  func remove() {
    for (path, _) in folders.reversed() { unlink(path + "/" + Self.name) }
  }

  /// The names of the files of a folder's two sets; none in a folder without the mark.
  package static func names(in folder: String) -> [String] {
    // Sixteen megabytes name a million networks.
    guard let text = try? InputFile("\(folder)/\(name)").read(1 << 24) else { return [] }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst(1).map(
      String.init)
  }

  /// Checks that a folder does not hold files of two sets.
  ///
  /// - Throws: `invalidData`.
  package static func check(_ folder: String) throws(SpikingError) {
    guard access("\(folder)/\(name)", F_OK) == 0 else { return }
    throw SpikingError(
      .invalidData, folder, found: "files of two runs, as \(name) there says",
      expected: "those of one: the command that was ended while it wrote them completes them")
  }
}
