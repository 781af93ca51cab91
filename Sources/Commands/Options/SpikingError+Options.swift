internal import Spiking

extension SpikingError.Code {
  /// A name on the command line that there is not: the exit code is 64.
  static let wrongCommandLine = SpikingError.Code("wrong-command-line")
}

extension SpikingError {
  /// The same error of what an option says. A name that there is not is a wrong command line, while the same name
  /// in a file is wrong data.
  ///
  /// - Parameter kind: what the option takes, where the subject of an unknown name says nothing else.
  func within(option: String, kind: String? = nil) -> SpikingError {
    guard code == .unknownName else { return within(option) }
    return SpikingError(
      .wrongCommandLine, subject == kind ? option : "\(option): \(subject)", message)
  }
}
