import Foundation
import Testing

/// The library `Faults/faults.c`, with which calls of the system fail in a command.
enum FaultLibrary {
  /// A fault as the library reads it.
  struct Fault: CustomTestStringConvertible, Sendable {
    let call: String
    let error: Int32
    /// How many bytes, or calls, go well.
    var after = 0
    /// How often it fails; nil for always.
    var times: Int?

    func environment(in folder: String) -> [String: String] {
      var values = [
        "LD_PRELOAD": FaultLibrary.path, "FAULT_CALL": call, "FAULT_ERROR": "\(error)",
        "FAULT_AFTER": "\(after)", "FAULT_FOLDER": folder,
      ]
      if let times { values["FAULT_TIMES"] = "\(times)" }
      return values
    }

    var testDescription: String {
      "\(call) after \(after): \(String(cString: strerror(error)))\(times.map { ", \($0) times" } ?? "")"
    }
  }

  /// Empty where it cannot be built: tests say that they skip then.
  static let path = build()

  static var isThere: Bool { !path.isEmpty }

  private static func build() -> String {
    #if os(Linux)
      let source = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Faults/faults.c").path
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
