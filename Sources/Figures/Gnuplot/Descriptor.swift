internal import Foundation
internal import SpikingFiles

/// A file descriptor that is closed with its value, and in programs that this one starts.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes a descriptor over, above the three standard ones, which a program may have been started
  /// without: it would be taken for one of them in programs that this one starts.
  ///
  /// - Throws: `Failure`, as where there are too many of them.
  init(_ number: Int32) throws(Failure) {
    guard number >= 0 else { throw Failure(number: errno) }
    if number > 2 {
      self.number = number
    } else {
      let moved = fcntl(number, F_DUPFD_CLOEXEC, 3)
      let failure = Failure(number: errno)
      close(number)
      guard moved >= 0 else { throw failure }
      self.number = moved
    }
  }

  deinit { close(number) }

  /// An error of the system.
  struct Failure: Error {
    let number: Int32
    var reason: String { systemReason(number) }
  }

  /// Two connected descriptors: what is written to one is read from the other.
  static func pair() throws(Failure) -> Pair {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
      guard socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0 else { throw Failure(number: errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #else
      // A pipe, unlike sockets, is at first inherited by what other threads start meanwhile.
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure(number: errno) }
    #endif
    // The second is closed, too, where there is no number for the first.
    let second = Result { () throws(Failure) in try Descriptor(ends[1]) }
    return Pair(first: try Descriptor(ends[0]), second: try second.get())
  }

  struct Pair: ~Copyable {
    let first: Descriptor
    let second: Descriptor
  }

  /// A file that holds a text, to be read from its start, and that has no name: nothing is left of it
  /// when it is closed.
  ///
  /// - Parameter path: the name that it has for a moment.
  static func unnamedFile(_ text: String, at path: String) throws(Failure) -> Descriptor {
    let file = try Descriptor(open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
    unlink(path)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file.number, $0.baseAddress, $0.count) }
      if count > 0 {
        rest.removeFirst(count)
      } else if errno != EINTR {
        throw Failure(number: errno)
      }
    }
    guard lseek(file.number, 0, SEEK_SET) == 0 else { throw Failure(number: errno) }
    return file
  }
}
