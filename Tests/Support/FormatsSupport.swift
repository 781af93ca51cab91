package import Foundation
package import Spiking
package import Testing

/// A folder of its own for a test, removed afterwards.
package struct FormatsFolder: ~Copyable {
  package let path: String

  package init() throws {
    path = NSTemporaryDirectory() + "spiking-formats-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and gives its path.
  package func file(_ name: String, _ text: String) throws -> String {
    try file(name, Data(text.utf8))
  }

  package func file(_ name: String, _ data: Data) throws -> String {
    let path = self(name)
    try data.write(to: URL(filePath: path))
    return path
  }

  /// All names, hidden ones too.
  package var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// A file made by `Golden/scripts/numpy_files.py`.
package func numPyFile(_ name: String) -> String {
  TestFiles.golden("numpy/\(name)")
}

package func bytes(_ path: String) throws -> Data {
  try Data(contentsOf: URL(filePath: path))
}

/// The bytes of a version 1.0 `.npy` file with this dictionary.
package func npy(_ header: String, _ data: [UInt8] = [], version: UInt8 = 1) -> Data {
  let length = UInt8(header.utf8.count)
  return Data([0x93] + Array("NUMPY".utf8) + [version, 0, length, 0] + Array(header.utf8) + data)
}

/// Expects an error of this kind whose one line has all the parts.
package func expectError(
  _ code: SpikingError.Code, _ parts: [String], _ location: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error, expected one with \(parts)", sourceLocation: location)
  } catch let error as SpikingError {
    #expect(error.code == code, "\(error)", sourceLocation: location)
    for part in parts {
      #expect(error.description.contains(part), sourceLocation: location)
    }
    #expect(!error.description.contains("\n"), sourceLocation: location)
  } catch {
    Issue.record(error, sourceLocation: location)
  }
}
