internal import Foundation

#if os(Linux)
  extension CommandFolder {
    /// Runs `spiking`, its words separated by blanks, in an address space of so many GB: what asks for more
    /// ends at once.
    package func spiking(_ arguments: String, gigabytes: Double) throws -> Run {
      let words = arguments.split(separator: " ").map(String.init)
      let process = try process(words)
      let program = process.executableURL?.path ?? ""
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments =
        ["-c", "ulimit -v \(Int(gigabytes * 1e6)); exec \"$0\" \"$@\"", program] + words
      let before = Set(contents)
      let (output, error) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = error
      try process.run()
      let texts = try [output, error].map { pipe in
        String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      }
      process.waitUntilExit()
      let isExit = process.terminationReason == .exit
      return Run(
        exitCode: isExit ? process.terminationStatus : -process.terminationStatus,
        output: texts[0], error: texts[1], created: contents.filter { !before.contains($0) })
    }
  }
#endif
