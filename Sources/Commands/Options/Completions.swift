internal import ArgumentParser
internal import Foundation
internal import Spiking

/// What a shell offers for the values of options.
extension CompletionKind {
  static let spikeFile = file(extensions: ["npz", "npy", "nwb", "mat", "csv", "tsv", "txt"])
  /// Networks, or a folder of them: folders are always offered beside files.
  static let networkFile = file(extensions: [
    "npy", "npz", "pt", "graphml", "mat", "csv", "tsv", "txt",
  ])
  static let numpyFile = file(extensions: ["npy"])
  static let archiveFile = file(extensions: ["npz"])
  static let jsonFile = file(extensions: ["json"])

  /// Registered names.
  static func names(_ names: @escaping @Sendable (Catalogue) -> [String]) -> CompletionKind {
    custom { _, _, _ in names(.current) }
  }

  /// Registered names, and files with one of these extensions.
  static func names(
    _ names: @escaping @Sendable (Catalogue) -> [String], orFiles extensions: [String]
  ) -> CompletionKind {
    custom { _, _, prefix in names(.current) + files(prefix, extensions) }
  }

  /// Registered names, separated by commas.
  static func nameList(_ names: @escaping @Sendable (Catalogue) -> [String]) -> CompletionKind {
    custom { _, _, prefix in
      let given = prefix.split(separator: ",", omittingEmptySubsequences: false).dropLast()
      return names(.current).filter { !given.contains($0[...]) }
        .map { (given + [$0[...]]).joined(separator: ",") }
    }
  }

  /// Bases, with the numbers that they have by default.
  static let bases = names { ["none"] + $0.names(.basis).map { "\($0):5:20" } }

  /// NAME=VALUE for the parameters of all that the other words of the command line name, with their defaults.
  static let parameters = custom { words, _, _ in
    zip([""] + words, words).flatMap { option, name in
      let prefix = ["--weights": "weights.", "--delays": "delays."][option] ?? ""
      return (Catalogue.current.entry(named: name)?.value.parameters ?? [])
        .filter { $0.name != "neurons" }
        .map { "\(prefix)\($0.name)=\($0.value)" }
    }
  }

  /// The files with these extensions, and the folders, whose path begins with `prefix`.
  private static func files(_ prefix: String, _ extensions: [String]) -> [String] {
    let folder = Paths.folder(of: prefix)
    let names = (try? Paths.names(inFolder: folder.isEmpty ? "." : folder)) ?? []
    return names.map { folder + $0 }.compactMap { path in
      if Paths.isFolder(path) { return path + "/" }
      return extensions.contains(Paths.pathExtension(path)) ? path : nil
    }
  }
}
