internal import Foundation

/// The files of a writer before a run and after it, of which either may be there, and nothing else.
struct ExpectedFiles {
  let old: [String: Data]
  let new: [String: Data]
  /// Those that hold how long something took, and differ from run to run.
  let volatile: Set<String>
  /// Whether they are one set, which is whole or not there.
  let isSet: Bool

  /// - Parameter again: the new files, made a second time.
  init(old: [String: Data], new: [String: Data], again: [String: Data], isSet: Bool) {
    self.old = old
    self.new = new
    self.isSet = isSet
    volatile = Set(new.keys.filter { new[$0] != again[$0] })
  }

  /// The size of the largest new file.
  var largest: Int { new.values.map(\.count).max() ?? 0 }

  /// The new files, and the folders that they are in.
  var names: Set<String> {
    var names = Set(new.keys)
    for name in new.keys {
      let parts = name.split(separator: "/")
      for count in 1..<max(1, parts.count) {
        names.insert(parts.prefix(count).joined(separator: "/"))
      }
    }
    return names
  }

  func writeOld(in folder: String) throws {
    for (name, bytes) in old {
      let url = URL(filePath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: url)
    }
  }

  func isNew(_ files: [String: Data]) -> Bool {
    new.allSatisfy { files[$0.key] == $0.value || isComplete($0.key, files[$0.key]) }
  }

  /// What is wrong with the files that are there.
  func failure(_ files: [String: Data], hasOld: Bool) -> String? {
    let old = hasOld ? old : [:]
    for (name, bytes) in files
    where bytes != old[name] && bytes != new[name] && !isComplete(name, bytes) {
      return "half written: \(name), \(bytes.count) bytes"
    }
    if let name = old.keys.first(where: { files[$0] == nil }) { return "lost: \(name)" }
    guard isSet else { return nil }
    let isOld = files.allSatisfy { old[$0.key] == $0.value }
    // Where there was nothing before, results are worth having without the figures that found no room.
    let isWithoutFigures =
      old.isEmpty && !files.keys.contains(where: isFigure)
      && new.allSatisfy { isFigure($0.key) || files[$0.key] != nil }
    return isOld || isNew(files) || isWithoutFigures
      ? nil : "a mixture of old and new files, or some of the new ones"
  }

  private func isFigure(_ name: String) -> Bool { name.hasSuffix(".png") || name.hasSuffix(".svg") }

  /// Whether a file that differs from run to run is whole: an NWB file has its length, a text ends as it should.
  private func isComplete(_ name: String, _ bytes: Data?) -> Bool {
    guard volatile.contains(name), let bytes else { return false }
    if name.hasSuffix(".nwb") { return bytes.count == new[name]?.count }
    return bytes.last == new[name]?.last
  }
}
