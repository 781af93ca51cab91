internal import Foundation
internal import Testing

/// The library `Faults/faults.c`, with which calls of the system fail in a command.
package enum FaultLibrary {
  /// A fault as the library reads it.
  package struct Fault: CustomTestStringConvertible, Sendable {
    package let call: String
    package let error: Int32
    /// How many bytes, or calls, go well.
    package var after: Int
    /// How often it fails; nil for always.
    package var times: Int?

    package init(call: String, error: Int32, after: Int = 0, times: Int? = nil) {
      self.call = call
      self.error = error
      self.after = after
      self.times = times
    }

    package func environment(in folder: String) -> [String: String] {
      var values = [
        "LD_PRELOAD": FaultLibrary.path, "FAULT_CALL": call, "FAULT_ERROR": "\(error)",
        "FAULT_AFTER": "\(after)", "FAULT_FOLDER": folder,
      ]
      if let times { values["FAULT_TIMES"] = "\(times)" }
      return values
    }

    package var testDescription: String {
      "\(call) after \(after): \(String(cString: strerror(error)))\(times.map { ", \($0) times" } ?? "")"
    }
  }

  /// Empty where it cannot be built: tests say that they skip then.
  package static let path = build()

  package static var isThere: Bool { !path.isEmpty }

  private static func build() -> String {
    #if os(Linux)
      let source = TestFiles.folder.appending(path: "Faults/faults.c").path
      let library = NSTemporaryDirectory() + "spiking-faults-\(getpid()).so"
      for compiler in ["clang", "cc"] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [compiler, "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { continue }
        process.waitUntilExit()
        if process.terminationStatus == 0 { return library }
      }
    #endif
    return ""
  }
}
