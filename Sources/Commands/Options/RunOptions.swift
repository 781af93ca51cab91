internal import ArgumentParser

/// How a run behaves.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "How many threads run at the same time. [default: one for each core]",
    transform: NumberText.whole)
  var threads: Int?

  @Flag(help: "Print nothing but warnings and errors.")
  var quiet = false

  func validate() throws {
    if let threads { try requirePositive(threads, "threads") }
  }

  /// Prints a line unless told to be quiet.
  func report(_ line: String) {
    if !quiet { print(line) }
  }
}
