internal import ArgumentParser
internal import Foundation
internal import Spiking

/// Numbers of options. Values are parsed `.unconditional`ly: what follows an option is its value,
/// even where it begins with a minus.
func require(_ value: Int, _ option: String, in range: ClosedRange<Int>) throws {
  guard !range.contains(value) else { return }
  let upper = range.upperBound == .max ? "" : " and ≤ \(range.upperBound)"
  throw ValidationError(
    "--\(option): found \(value), expected a whole number ≥ \(range.lowerBound)\(upper)")
}

/// A whole number of at least one, for options.
func requirePositive(_ value: Int, _ option: String) throws {
  try require(value, option, in: 1...Int.max)
}

/// A positive time, for options.
func requirePositive(_ value: Double, _ option: String) throws {
  if !(value > 0 && value.isFinite) {
    throw ValidationError("--\(option): found \(value), expected a positive time in ms")
  }
}

/// The path of an output folder, for options: not an empty one.
func requireFolder(_ path: String) throws {
  if path.isEmpty { throw ValidationError("--output: found \"\", expected a folder") }
}

/// Weights of networks that have to fit into memory, as float32 [N, N]: where they do not, the
/// system ends the program without a message.
func requireMemory(
  neurons: Int, networks: Int = 1, for option: String = "--neurons"
) throws(SpikingError) {
  let memory = Double(ProcessInfo.processInfo.physicalMemory)
  let largest = (memory / 4 / Double(networks)).squareRoot()
  if Double(neurons) > largest {
    throw SpikingError(
      .invalidParameter, option, found: "\(neurons) neurons",
      expected: "at most \(Int(largest)), whose weights this machine can hold in memory")
  }
}

/// Says before long work, and not after it, that a file cannot be written.
func checkWritable(_ path: String) throws(SpikingError) {
  // A file that is not finished takes itself away.
  _ = try OutputFile(path)
}

/// The value of an option, whose error the argument parser quotes.
func told<Value>(
  _ read: @escaping @Sendable (String) throws(SpikingError) -> Value
) -> @Sendable (String) throws -> Value {
  { text in
    do { return try read(text) } catch let error as SpikingError {
      // What was found is the whole value.
      let expected = error.message.range(of: "expected ")
      throw ValidationError(expected.map { String(error.message[$0.lowerBound...]) } ?? "\(error)")
    }
  }
}
