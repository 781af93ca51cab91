internal import Foundation
internal import Spiking

/// A folder of networks on its way to a folder in another format: each keeps its name, which decides its random numbers.
struct FolderConversion {
  let format: NetworkFormat
  let asMatrix: Bool
  let replacement: ReplacementOptions
  /// The networks, as those of single files are converted.
  let networks: [(name: String, conversion: NetworkConversion)]

  /// Writes all networks, or none.
  ///
  /// - Parameters:
  ///   - output: the folder, which may be missing.
  ///   - inputs: what is read.
  /// - Returns: what the output does not hold, in words.
  func write(to output: String, inputs: [String]) async throws -> [String] {
    guard NetworkFormat(path: output) == nil || Paths.isFolder(output) else {
      throw SpikingError(
        .wrongCommandLine, "OUT", found: output,
        expected: "a folder, as IN is one of networks; --format says how they are written")
    }
    let names = networks.map(\.name)
    try replacement.check(
      folder: output, files: [NetworkFolder.description] + names.map { "\($0).\(format)" },
      inputs: inputs, option: "OUT")
    let folder = try NetworkFolder(output, names: names, format: format)
    return try await Interruption.leavesUnchanged(output) {
      let set = try OutputSet(output, description: NetworkFolder.description)
      var lost: [String] = []
      for (name, conversion) in networks {
        try Task.checkCancellation()
        let network = try conversion.converted()
        lost += try set.write { place throws(SpikingError) in
          try folder.save(network, as: name, to: place, asMatrix: asMatrix)
        }
      }
      try set.finish(replacing: folder.former)
      return lost.reduce(into: []) { all, words in
        if !all.contains(words) { all.append(words) }
      }
    }
  }
}
