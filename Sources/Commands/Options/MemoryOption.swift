internal import ArgumentParser
internal import Spiking

/// How much memory may be taken.
struct MemoryOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much memory it may take. [default: half of what the machine has]", valueName: "GB"),
    transform: NumberText.real)
  var memory: Double?

  func validate() throws {
    if let memory, !(memory > 0) {
      throw ValidationError("--memory: found \(memory), expected a positive number of GB")
    }
  }

  var limit: MemoryLimit { memory.map { MemoryLimit(bytes: 1e9 * $0) } ?? .standard }
}

extension SpikingError {
  /// The same error of what `fit` and `check` read, with the names of the options that take less memory.
  func withOptions(of recording: String) -> SpikingError {
    if code == .invalidData { return within(recording) }
    guard code == .exceedsMemory else { return self }
    var error = within(recording)
    for (words, option) in [
      ("wider bins", "wider bins (--bin)"), ("no coupling", "--coupling none"),
      ("shorter windows", "shorter windows (--history, --coupling)"),
      ("a higher limit", "a higher limit (--memory)"),
    ] {
      error.message.replace(words, with: option)
    }
    return error
  }
}
