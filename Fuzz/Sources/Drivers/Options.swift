internal import Foundation

/// The words of the command line.
struct Options {
  static let usage = """
    Drivers all|corpus|mutations|interruptions|full-disk [--program .build/release/spiking]
      [--seconds 60] [--runs N] [--seed S] [--reader NAME] [--corpus Fuzz/Corpus]
      [--failures Fuzz/Failures]
    """

  var part = "all"
  var program = ".build/release/spiking"
  var corpus = "Fuzz/Corpus"
  var failures = "Fuzz/Failures"
  var seconds = 60.0
  var runs: Int?
  var seed: UInt64 = 0
  /// Those whose files are changed; all where there is none.
  var readers: [String] = []

  init(_ words: some Sequence<String>) throws {
    var words = words.makeIterator()
    if let word = words.next() { part = word }
    while let name = words.next() {
      guard let value = words.next() else { throw DriverError(Self.usage) }
      switch name {
      case "--program": program = value
      case "--corpus": corpus = value
      case "--failures": failures = value
      case "--seconds": seconds = Double(value) ?? seconds
      case "--runs": runs = Int(value)
      case "--seed": seed = UInt64(value) ?? seed
      case "--reader": readers.append(value)
      default: throw DriverError(Self.usage)
      }
    }
    program = URL(filePath: program).path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw DriverError("\(program) is not there: swift build --configuration release")
    }
  }
}
