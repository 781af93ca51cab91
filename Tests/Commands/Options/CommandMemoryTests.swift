#if os(Linux)
  import Foundation
  import Spiking
  import SpikingTestCases
  import Testing

  /// How much memory the command takes, as the system says.
  @Suite struct CommandMemoryTests {
    @Test(arguments: ["out.npz", "out.npy"])
    func `memory goes with the spikes, not with neurons and bins`(output: String) throws {
      let (folder, megabytes) = try simulate(steps: 100_000, output: output)
      #expect(10..<60 ~= megabytes)
      #expect(try BinnedSpikes(contentsOf: folder.path(output)).spikeCount > 300_000)
    }

    @Test func `events go to disk as they come`() throws {
      // Twenty times the spikes, 100 MB of them, in the same memory.
      let (folder, megabytes) = try simulate(steps: 2_000_000, output: "out.npz")
      #expect(10..<60 ~= megabytes)
      #expect(try folder.bytes("out.npz").count > 80_000_000)
    }

    /// Simulates ten networks of 50 neurons at 7 Hz.
    ///
    /// - Returns: the folder, and the most memory that the command had, in MB.
    private func simulate(steps: Int, output: String) throws -> (CommandFolder, Double) {
      let folder = try CommandFolder()
      let made = try folder.spiking(
        "generate normal --neurons 50 --count 10 --seed 1 --set std=5 --set glorot=true "
          + "--output nets")
      expectSuccess(made)
      let process = try folder.process(
        "simulate --model BernoulliGLM --networks nets --steps \(steps) --seed 1 --output \(output)"
          .split(separator: " ").map(String.init))
      // The pipe is full, so that the command waits when it has written its file and reports.
      let pipe = Pipe()
      let end = pipe.fileHandleForWriting.fileDescriptor
      #expect(fcntl(end, F_SETFL, O_NONBLOCK) == 0)
      while write(end, ".", 1) == 1 {}
      #expect(errno == EAGAIN && fcntl(end, F_SETFL, 0) == 0)
      process.standardOutput = pipe
      try process.run()
      let deadline = ContinuousClock.now + .seconds(120)
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
      return (folder, try #require(Double(kilobytes)) / 1024)
    }
  }
#endif
