internal import ArgumentParser
internal import Foundation
internal import Spiking

/// Which files an output may take the place of.
struct ReplacementOptions: ParsableArguments {
  @Flag(help: "Replace files, too, that do not say that spiking wrote them.")
  var force = false

  /// Says before long work, and not after it, that outputs cannot be written where they should: because
  /// the system does not permit it, two are one file, or one is a file that is read or that another program
  /// wrote. Hidden files that a killed run left beside them are removed.
  ///
  /// - Parameters:
  ///   - outputs: options and their paths.
  ///   - inputs: the files and folders that are read, which even `--force` does not replace.
  func check(
    _ outputs: [(option: String, path: String)], inputs: [String]
  ) throws(SpikingError) {
    var former: [FileIdentity: String] = [:]
    let read = Self.read(inputs)
    for (option, path) in outputs {
      let identity = FileIdentity(path)
      if let other = former.updateValue(option, forKey: identity) {
        throw SpikingError(
          .invalidParameter, option, found: "\(path), the file of \(other)",
          expected: "another file")
      }
      if let input = read[identity] {
        throw SpikingError(
          .invalidParameter, option, found: "\(path), which is read, as \(input)",
          expected: "another file: it would be lost")
      }
      let folder = Paths.folder(of: path)
      TemporaryName.removeAbandoned(inFolder: folder.isEmpty ? "." : folder)
      Interruption.clears(folder.isEmpty ? "." : folder)
      try checkWritable(path)
      try requireOwn(path)
    }
  }

  /// Says before the work that files of a folder cannot be written where they should: because one is a file
  /// that is read, or that another program wrote. Those of an earlier run, of which the description tells, are
  /// replaced.
  ///
  /// - Parameters:
  ///   - files: the names of what may be written, the description first.
  ///   - inputs: as above.
  ///   - option: what names the folder.
  func check(
    folder: String, files: [String], inputs: [String], option: String = "--output"
  ) throws(SpikingError) {
    let read = Self.read(inputs)
    // Without its description, where a run was killed while it replaced another one.
    let unfinished = Set(IncompleteMark.names(in: folder))
    let isOfEarlierRun = files.first.map { OwnFile.isAt("\(folder)/\($0)") } ?? false
    for path in files.map({ "\(folder)/\($0)" })
    where FileManager.default.fileExists(atPath: path) {
      if let input = read[FileIdentity(path)] {
        throw SpikingError(
          .invalidParameter, option, found: "\(path), which is read, as \(input)",
          expected: "another folder: it would be lost")
      }
      if !isOfEarlierRun, !unfinished.contains(Paths.name(path)) { try requireOwn(path) }
    }
  }

  /// Requires that a file is not there, or is ours, as are the arrays beside a description in JSON.
  private func requireOwn(_ path: String) throws(SpikingError) {
    guard !force, !OwnFile.isAt(path) else { return }
    let folder = Paths.folder(of: path)
    let isJSON = Paths.pathExtension(path) == "json"
    // "tuned.values.npy" is written beside "tuned.json".
    let arrays =
      isJSON
      ? ((try? Paths.names(inFolder: folder.isEmpty ? "." : folder)) ?? []).filter {
        $0.hasPrefix(Paths.stem(path) + ".") && $0.hasSuffix(".npy")
      } : []
    let others = ([path] + arrays.map { folder + $0 }).filter {
      FileManager.default.fileExists(atPath: $0)
    }
    guard let other = others.first else { return }
    throw SpikingError(
      .unwritableFile, other, found: "a file that does not say that spiking wrote it",
      expected: "a new name, or --force to replace it")
  }

  /// The files that are read, and how they were named.
  private static func read(_ inputs: [String]) -> [FileIdentity: String] {
    let files = inputs.flatMap(files)
    return Dictionary(
      (files + files.flatMap(NamedFiles.inJSON)).map { (FileIdentity($0), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A file, or those of a folder and its folders.
  private static func files(_ path: String) -> [String] {
    guard Paths.isFolder(path) else { return [MATLABFile.fileAndVariable(path).path] }
    return ((try? Paths.names(inFolder: path)) ?? []).flatMap { name in
      let inner = "\(path)/\(name)"
      return Paths.isFolder(inner)
        ? ((try? Paths.names(inFolder: inner)) ?? []).map { "\(inner)/\($0)" } : [inner]
    }
  }
}
