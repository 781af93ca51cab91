internal import Foundation

/// What libFuzzer calls with every input; `FUZZ_READER` names the reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let name = ProcessInfo.processInfo.environment["FUZZ_READER"],
    let reader = Reader(rawValue: name)
  else {
    let names = Reader.allCases.map(\.rawValue).joined(separator: " ")
    print("FUZZ_READER: expected one of \(names)")
    exit(2)
  }
  let folder = FileManager.default.temporaryDirectory.path
  let path = "\(folder)/in-\(getpid()).\(reader.fileExtension)"
  do {
    try Data(UnsafeBufferPointer(start: bytes, count: count)).write(to: URL(filePath: path))
    try reader.read(path)
  } catch {
    // What is wrong with a file is an error; traps, hangs and giants are not.
  }
  return 0
}
