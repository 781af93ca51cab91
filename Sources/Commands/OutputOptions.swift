internal import ArgumentParser
internal import Foundation
internal import Spiking

/// Which files an output may take the place of.
struct ReplacementOptions: ParsableArguments {
  @Flag(help: "Replace files, too, that do not say that spiking wrote them.")
  var force = false

  /// Says before long work, and not after it, that outputs cannot be written where they should: because
  /// the system does not let us, two are one file, or one is a file that is read or that another program
  /// wrote. Hidden files that a killed run left beside them are removed.
  ///
  /// - Parameters:
  ///   - outputs: options and their paths.
  ///   - inputs: the files and folders that are read, which even `--force` does not replace.
  func check(
    _ outputs: [(option: String, path: String)], inputs: [String]
  ) throws(SpikingError) {
    var former: [FileIdentity: String] = [:]
    let read = Dictionary(
      inputs.flatMap(Self.files).map { (FileIdentity($0), $0) },
      uniquingKeysWith: { first, _ in first })
    for (option, path) in outputs {
      let identity = FileIdentity(path)
      if let other = former.updateValue(option, forKey: identity) {
        throw SpikingError(
          .invalidParameter, option, found: "\(path), the file of \(other)",
          expected: "another file")
      }
      if let input = read[identity] {
        throw SpikingError(
          .invalidParameter, option, found: "\(path), from which is read as \(input)",
          expected: "another file: it would be lost")
      }
      let folder = Paths.folder(of: path)
      TemporaryName.removeAbandoned(inFolder: folder.isEmpty ? "." : folder)
      try checkWritable(path)
      guard force || !FileManager.default.fileExists(atPath: path) || OwnFile.isAt(path) else {
        throw SpikingError(
          .unwritableFile, path, found: "a file that does not say that spiking wrote it",
          expected: "a new name, or --force to replace it")
      }
    }
  }

  /// Says before the work that files of a folder cannot be written where they should: because one is a file
  /// that is read, or that another program wrote. Those of an earlier run, of which the description tells, are
  /// replaced.
  ///
  /// - Parameters:
  ///   - files: the names of what may be written, the description first.
  ///   - inputs: as above.
  func check(folder: String, files: [String], inputs: [String]) throws(SpikingError) {
    let read = Dictionary(
      inputs.flatMap(Self.files).map { (FileIdentity($0), $0) },
      uniquingKeysWith: { first, _ in first })
    let isOfEarlierRun = files.first.map { OwnFile.isAt("\(folder)/\($0)") } ?? false
    for path in files.map({ "\(folder)/\($0)" })
    where FileManager.default.fileExists(atPath: path) {
      if let input = read[FileIdentity(path)] {
        throw SpikingError(
          .invalidParameter, "--output", found: "\(path), from which is read as \(input)",
          expected: "another folder: it would be lost")
      }
      guard force || isOfEarlierRun || OwnFile.isAt(path) else {
        throw SpikingError(
          .unwritableFile, path, found: "a file that does not say that spiking wrote it",
          expected: "another folder, or --force to replace it")
      }
    }
  }

  /// A file, or those of a folder.
  private static func files(_ path: String) -> [String] {
    guard Paths.isFolder(path) else { return [path] }
    return ((try? Paths.names(inFolder: path)) ?? []).map { "\(path)/\($0)" }
  }
}
