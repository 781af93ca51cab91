internal import ArgumentParser
internal import Foundation
internal import Spiking

/// What the command says: results on standard output, errors on standard error. Where results cannot be
/// written, the command fails; where errors cannot, its exit code still tells.
enum Terminal {
  /// Makes sure that the standard streams are open, as otherwise the first file that is opened takes the
  /// place of one, and errors would be written into it.
  static func openStreams() {
    for stream in 0...2 as ClosedRange<Int32> where fcntl(stream, F_GETFD) < 0 {
      // Takes the lowest number that is free. What is written to it fails, as to a closed one.
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// Names in files can have millions of characters.
  private static let maximumLineLength = 2000

  /// Says where too few files can be open at once: the system's queues, on which signals are watched, trap
  /// without theirs.
  static func requireDescriptors() throws(SpikingError) {
    let limit = sysconf(Int32(_SC_OPEN_MAX))
    guard 0..<32 ~= limit else { return }
    throw SpikingError(
      .invalidParameter, "open files", found: "a limit of \(limit)",
      expected: "at least 32 (ulimit -n)")
  }

  /// Prints a line of results. Names in it may come from files: control characters are escaped.
  static func say(_ line: String) {
    Swift.print(line.shortened(to: maximumLineLength).escaped)
  }

  /// Prints the line of an error. A standard error that is full or closed is no reason to stop.
  static func complain(_ line: String) {
    write("spiking: \(line.shortened(to: maximumLineLength + 600).escaped)\n")
  }

  /// Prints to standard error as it is.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let step = bytes.span.bytes.extracting(done...).withUnsafeBytes {
        Foundation.write(2, $0.baseAddress, $0.count)
      }
      if step < 0, errno == EINTR { continue }
      if step <= 0 { return }
      done += step
    }
  }

  /// Ends the program, with 1 instead of 0 where results could not be written.
  static func end(with code: Int32) -> Never {
    // Of all streams, of which standard output is the only one that is written.
    let isWritten = fflush(nil) == 0
    if !isWritten {
      complain("standard output: cannot be written: \(systemReason(errno))")
    }
    // What is flushed is flushed.
    _exit(code == 0 && !isWritten ? 1 : code)
  }
}

/// Prints a line of results; it stands before Swift's own `print`, so that none goes another way.
func print(_ line: String) { Terminal.say(line) }
