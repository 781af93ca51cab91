internal import Foundation

/// The inputs of one reader: those in its folder, each of which was a fault once or is valid, and the
/// valid ones that the command makes.
struct Corpus {
  struct Input {
    let name: String
    let bytes: [UInt8]
  }

  let inputs: [Input]

  init(_ subject: Subject, in folder: String, _ fixtures: Fixtures) throws {
    let own = "\(folder)/\(subject.reader)"
    let names = try FileManager.default.contentsOfDirectory(atPath: own).sorted()
    inputs =
      try names.filter { !$0.hasPrefix(".") }.map {
        Input(name: $0, bytes: Array(try Data(contentsOf: URL(filePath: "\(own)/\($0)"))))
      }
      + subject.valid.map {
        Input(name: String($0.split(separator: "/").last ?? ""), bytes: try fixtures.bytes($0))
      }
  }
}
