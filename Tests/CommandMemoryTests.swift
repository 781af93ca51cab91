#if os(Linux)
  import Foundation
  import Spiking
  import Testing

  /// How much memory the command takes, as the system says.
  @Suite struct CommandMemoryTests {
    @Test(arguments: ["out.npz", "out.npy"])
    func `memory goes with the spikes, not with neurons and bins`(output: String) throws {
      let folder = try CommandFolder()
      let made = try folder.spiking(
        "generate normal --neurons 50 --count 10 --seed 1 --set std=5 --set glorot=true "
          + "--output nets")
      expectSuccess(made)
      let process = try folder.process(
        "simulate --model BernoulliGLM --networks nets --steps 100000 --seed 1 --output \(output)"
          .split(separator: " ").map(String.init))
      // The pipe is full, so that the command waits when it has written its file and reports.
      let pipe = Pipe()
      let end = pipe.fileHandleForWriting.fileDescriptor
      #expect(fcntl(end, F_SETFL, O_NONBLOCK) == 0)
      while write(end, ".", 1) == 1 {}
      #expect(errno == EAGAIN && fcntl(end, F_SETFL, 0) == 0)
      process.standardOutput = pipe
      try process.run()
      let deadline = ContinuousClock.now + .seconds(60)
      while !folder.contents.contains(output), process.isRunning, ContinuousClock.now < deadline {
        usleep(10_000)
      }
      let status = try String(
        contentsOf: URL(filePath: "/proc/\(process.processIdentifier)/status"), encoding: .utf8)
      try pipe.fileHandleForWriting.close()
      _ = try pipe.fileHandleForReading.readToEnd()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      // "VmHWM:	   37964 kB" is the most that was resident.
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      let kilobytes = try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first)
      let megabytes = try #require(Double(kilobytes)) / 1024
      #expect(10..<60 ~= megabytes)
      #expect(try SpikeTrainsFile.load(folder.path(output)).spikeCount > 300_000)
    }
  }
#endif
