internal import Spiking

extension SpikingError.Code {
  /// An unknown name on the command line: the exit code is 64.
  static let wrongCommandLine = SpikingError.Code("wrong-command-line")
}

extension SpikingError {
  /// The same error of the value of an option. An unknown name is a wrong command line, while the same name
  /// in a file is wrong data.
  ///
  /// - Parameter kind: what the option takes, where the subject of an unknown name says nothing else.
  func within(option: String, kind: String? = nil) -> SpikingError {
    guard code == .unknownName else { return within(option) }
    return SpikingError(
      .wrongCommandLine, subject == kind ? option : "\(option): \(subject)", message)
  }
}
