/// What went wrong with data, options or files, in one line that names the place, the value found
/// and what was expected.
///
/// A wrong index inside the program is a precondition; an analysis that did not converge is a value
/// in its result; everything that a user or a file can cause is a `SpikingError`.
public struct SpikingError: Error, Hashable, Sendable {
  /// The kind of failure, for code that reacts to it. New kinds may be added.
  public struct Code: Hashable, Sendable {
    /// The stable name of the kind.
    public let name: String

    /// A kind of failure with a name of its own, for plugins.
    public init(_ name: String) { self.name = name }

    /// A parameter lies outside its domain, or contradicts another one.
    public static let invalidParameter = Code("invalid-parameter")
    /// No model, parameter, statistic, … goes by this name.
    public static let unknownName = Code("unknown-name")
    /// A matrix, mask or array does not have the shape or the content it needs.
    public static let invalidData = Code("invalid-data")
    /// Something would take more memory than the limit (`MemoryLimit`).
    public static let exceedsMemory = Code("exceeds-memory")
    /// A network's activity left the range in which it can be simulated.
    public static let runaway = Code("runaway")
    /// A run was stopped from outside before its end.
    public static let interrupted = Code("interrupted")
    /// A file or folder cannot be read.
    public static let unreadableFile = Code("unreadable-file")
    /// A file or folder cannot be written.
    public static let unwritableFile = Code("unwritable-file")
    /// A program or library that is needed is not installed.
    public static let missingProgram = Code("missing-program")
  }

  /// The kind of failure.
  public var code: Code
  /// Where: a file, a field of a file, or a type and its parameter.
  public var subject: String
  /// What is wrong, continuing "subject: ".
  public var message: String

  /// An error whose message is written out.
  public init(_ code: Code, _ subject: String, _ message: String) {
    self.code = code
    self.subject = subject
    self.message = message
  }

  /// What is found is quoted with at most this many characters.
  private static let maximumQuotation = 120

  /// An error of the usual form: what was found, and what was expected instead. Of more than 120
  /// characters that were found, the middle is left out.
  public init(_ code: Code, _ subject: String, found: some Any, expected: String) {
    let quoted = "\(found)".shortened(to: Self.maximumQuotation)
    self.init(code, subject, "found \(quoted), expected \(expected)")
  }

  /// The same error seen from further out: the file or option that led to it comes first.
  public func within(_ outer: String) -> SpikingError {
    SpikingError(code, "\(outer): \(subject)", message)
  }

  /// The value of an expression; the place named first comes before the subject of its error.
  ///
  /// ```swift
  /// try SpikingError.within("first", first.validate())
  /// ```
  public static func within<Value: ~Copyable>(
    _ outer: @autoclosure () -> String, _ value: @autoclosure () throws(SpikingError) -> Value
  ) throws(SpikingError) -> Value {
    do { return try value() } catch { throw error.within(outer()) }
  }
}

extension SpikingError: CustomStringConvertible {
  /// One line, "subject: message", without control characters, which names in files may have, and
  /// without the middle of what is longer than names and sentences are.
  public var description: String {
    "\(subject.shortened(to: 500)): \(message.shortened(to: 2000))".escaped
  }
}
