internal import ArgumentParser

/// The seed of all randomness.
struct SeedOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The seed of all random numbers. [default: taken from the system, and reported]",
    transform: NumberText.whole)
  var seed: UInt64?

  /// The seed given, or a fresh one.
  func resolved() -> UInt64 { seed ?? UInt64.random(in: 0..<1 << 53) }
}
