internal import Foundation
internal import SpikingFramework

/// One run of gnuplot on a script, within bounds of time and of what it says.
struct GnuplotProcess {
  /// The absolute path of the program.
  let program: String
  /// Where it runs.
  let folder: String
  /// How long it may take.
  let timeLimit: Duration

  /// How a run ended.
  enum End: Equatable {
    case byItself(ProcessGroup.End)
    case tookTooLong
    case wroteTooMuch
    case cancelled
  }

  /// The bytes that it may write to standard error, and how many of the last of them are kept.
  static let (messageLimit, keptMessages) = (4 << 20, 64 << 10)

  /// Runs a script, which gnuplot reads from a file without a name: it reads its standard input one letter
  /// at a time, unless it opens it itself.
  ///
  /// - Returns: how the run ended, and the last of what was written to standard error. Nothing that
  ///   was started runs any longer.
  /// - Throws: where it does not start.
  func run(_ script: borrowing Descriptor) throws(Descriptor.Failure) -> (End, messages: [UInt8]) {
    let pair = try Descriptor.pair()
    let messages = pair.first
    let messageEnd = pair.second
    let group = try ProcessGroup()
    // Without the user's own start-up files.
    let process = try group.start(
      program, ["--default-settings", "/dev/stdin"], input: script, errors: messageEnd,
      folder: folder)
    _ = consume messageEnd
    let start = ContinuousClock.now
    var tail = MessageTail()
    while true {
      _ = tail.read(from: messages, waiting: true)
      if let end = ProcessGroup.end(of: process) {
        while tail.count <= Self.messageLimit, tail.read(from: messages, waiting: false) {}
        return (.byItself(end), tail.bytes)
      }
      var reason: End?
      if tail.count > Self.messageLimit { reason = .wroteTooMuch }
      if Task.isCancelled { reason = .cancelled }
      if ContinuousClock.now - start > timeLimit { reason = .tookTooLong }
      guard let reason else { continue }
      group.kill()
      _ = ProcessGroup.end(of: process, isAwaited: true)
      return (reason, tail.bytes)
    }
  }
}

/// The last of what is written to a socket.
private struct MessageTail {
  private(set) var bytes: [UInt8] = []
  /// How many there were.
  private(set) var count = 0

  /// Reads what is there, at most 64 kB.
  ///
  /// - Parameter waiting: waits for a moment where nothing is there. A moment, as others may hold the
  ///   other end when the program has ended.
  /// - Returns: whether there was something.
  mutating func read(from source: borrowing Descriptor, waiting: Bool) -> Bool {
    var request = pollfd(fd: source.number, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, waiting ? 20 : 0) > 0 else { return false }
    var block = [UInt8](repeating: 0, count: GnuplotProcess.keptMessages)
    let size = Foundation.read(source.number, &block, block.count)
    guard size > 0 else {
      // Closed, by a program that may go on.
      if waiting { usleep(1000) }
      return false
    }
    count += size
    bytes = Array((bytes + block[..<size]).suffix(GnuplotProcess.keptMessages))
    return true
  }
}
