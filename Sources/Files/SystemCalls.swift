internal import Foundation

/// Calls the system again where a signal cut the call short.
package func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}

/// The system's words for an error number: "No space left on device".
package func systemReason(_ number: Int32) -> String {
  String(cString: strerror(number))
}

/// The system's words for a failure that Foundation reports.
package func systemReason(_ error: any Error) -> String {
  let underlying = (error as? CocoaError)?.underlying ?? error
  return (underlying as? POSIXError).map { systemReason($0.code.rawValue) }
    ?? error.localizedDescription
}
