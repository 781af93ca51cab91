internal import CHDF5
internal import Synchronization

/// The C library, which keeps tables of what is open and may not be called by two threads at once:
/// Debian builds it without locks of its own.
enum HDF5Library {
  private static let lock = Mutex(())

  /// Runs `body` alone. Every call of HDF5 stands in one, and none within another.
  static func call<Result: Sendable, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try lock.withLock { _ throws(Failure) in try body() }
  }

  /// What was at the root of the failure of the last call, in HDF5's words.
  static var reason: String {
    var reason = "HDF5 gives no reason"
    withUnsafeMutablePointer(to: &reason) { pointer in
      spiking_hdf5_errors(
        { index, error, data in
          if index == 0, let text = error?.pointee.desc {
            data?.assumingMemoryBound(to: String.self).pointee = String(cString: text)
          }
          return 0
        }, pointer)
    }
    return reason
  }
}
