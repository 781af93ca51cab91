import Foundation
import Spiking
import SpikingTestCases
import Testing

/// Commands on disks that are full, broken or interrupted: the old file or the new one, and one line.
@Suite(.enabled(if: FaultLibrary.isThere, "needs a C compiler on Linux"))
struct DiskFaultTests {
  private static let full = ENOSPC

  /// Each writer, by the arguments that end with the option and the name of what it writes.
  private static let writers = [
    (
      "simulate --model BernoulliGLM --networks w.npy --steps 300 --seed 3 --quiet --output",
      "o.npz"
    ),
    (
      "simulate --model BernoulliGLM --networks w.npy --steps 300 --seed 3 --quiet --output",
      "o.npy"
    ),
    ("fit s.npz --quiet --history raised-cosine-log:2:5 --coupling none --output", "o.npz"),
    ("convert s.npz", "o.npy"), ("convert d.npy", "o.npz"), ("convert w.npy", "o.npy"),
    (
      "tune --model BernoulliGLM --networks w.npy --target-rate 20 --parameters theta --seed 1 "
        + "--relative-error 0.1 --quiet --output", "o.json"
    ),
  ]

  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    let network = try NormalGenerator(neurons: 20).network(0, seed: 0)
    try network.write(to: folder.path("w.npy"))
    for name in ["s.npz", "d.npy"] {
      expectSuccess(
        try folder.spiking(
          "simulate --model BernoulliGLM --networks w.npy --steps 400 --seed 1 --quiet --output \(name)"
        ))
    }
  }

  @Test(arguments: writers)
  func `an output is the old file or the new one`(command: String, output: String) throws {
    expectSuccess(try folder.spiking("\(command) \(output)"))
    let new = try folder.bytes(output)
    var faults = [0, 1, new.count / 2, new.count * 99 / 100].map {
      FaultLibrary.Fault(call: "write", error: Self.full, after: $0)
    }
    faults += [
      .init(call: "write", error: EIO, after: 1), .init(call: "rename", error: Self.full),
      .init(call: "rename", error: EIO), .init(call: "fsync", error: EIO),
    ]
    for fault in faults {
      for old: [UInt8]? in [nil, []] {
        try? FileManager.default.removeItem(at: folder.url(output))
        if let old { try folder.write(old, to: output) }
        let run = try folder.spiking(
          "\(command) \(output)".split(separator: " ").map(String.init),
          environment: fault.environment(in: folder.folder.path))
        #expect(run.exitCode == 1, "\(fault.testDescription): \(run.error)")
        #expect(run.errorLines.count == 2 && run.error.contains(output), "\(run.error)")
        #expect(run.error.contains(String(cString: strerror(fault.error))), "\(run.error)")
        let now = try? folder.bytes(output)
        #expect(now == old, "\(fault.testDescription)")
        // A run that has begun leaves its checkpoint, among the system's temporary files.
        #expect(
          run.created.allSatisfy { $0.hasPrefix("temporary o.checkpoint-") }, "\(run.created)")
        for name in run.created where name.hasPrefix("temporary ") {
          try FileManager.default.removeItem(
            at: folder.temporary.appending(path: name.dropFirst("temporary ".count)))
        }
      }
    }
  }

  @Test(arguments: ["write", "rename", "fsync"])
  func `a call that a signal cuts short is made again`(call: String) throws {
    let fault = FaultLibrary.Fault(call: call, error: EINTR, times: 1)
    let run = try folder.spiking(
      ["convert", "w.npy", "o.npy"], environment: fault.environment(in: folder.folder.path))
    #expect(run.exitCode == 0, "\(run.error)")
    #expect(try folder.bytes("o.npy") == folder.bytes("w.npy"))
  }

  @Test(arguments: ["npz", "npy"])
  func `a run on a disk that fills goes on from its checkpoint`(kind: String) throws {
    let command = "simulate --model BernoulliGLM --networks w.npy --steps 40000 --quiet"
    expectSuccess(try folder.spiking("\(command) --seed 5 --output whole.\(kind)"))
    let whole = try folder.bytes("whole.\(kind)")
    let fault = FaultLibrary.Fault(call: "write", error: Self.full, after: whole.count / 2)
    let run = try folder.spiking(
      "\(command) --seed 5 --output o.\(kind)".split(separator: " ").map(String.init),
      environment: fault.environment(in: folder.folder.path))
    #expect(run.exitCode == 1)
    let created = try #require(run.created.first)
    #expect(run.created.count == 1 && created.hasPrefix("temporary o.checkpoint-"))
    let checkpoint = folder.temporary.appending(path: created.dropFirst("temporary ".count)).path
    for word in ["o.\(kind)", "No space left", "of 40000", "--resume \(checkpoint) goes on"] {
      #expect(run.error.contains(word), "\(run.error)")
    }
    expectSuccess(
      try folder.spiking("\(command) --output o.\(kind) --threads 1 --resume \(checkpoint)"))
    #expect(try folder.bytes("o.\(kind)") == whole)
  }

  @Test func `room for a checkpoint is taken before the run`() throws {
    let fault = FaultLibrary.Fault(call: "reserve", error: Self.full)
    let run = try folder.spiking(
      "simulate --model BernoulliGLM --networks w.npy --steps 40000 --output o.npz"
        .split(separator: " ").map(String.init),
      environment: fault.environment(in: folder.folder.path))
    expectFailure(run, ["o.npz", "no room for a checkpoint of", "No space left"])
  }
}
