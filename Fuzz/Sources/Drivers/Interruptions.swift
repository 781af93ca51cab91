internal import Foundation

/// Simulations that are stopped at random moments and go on from what they left, on another number of
/// threads: the same bytes as one run through, and no file left over.
struct Interruptions {
  let program: String
  let workspace: Workspace
  let runs: Int
  private var random: Random

  private static let simulate =
    "simulate --model BernoulliGLM --networks networks --steps 30000 --seed 3 --force"

  init(_ options: Options, _ workspace: Workspace) {
    program = options.program
    self.workspace = workspace
    runs = options.runs ?? 200
    random = Random(seed: options.seed)
  }

  /// An output, as one run through makes it.
  private struct Whole {
    let output: String
    let bytes: Data
    /// How long the run took.
    let seconds: Double
  }

  /// So many runs with each kind of signal, fewer where the time is over before.
  mutating func run(until deadline: Date, _ report: inout Report) throws {
    let wholes = try ["out.npz", "out.npy"].map { output in
      try prepare()
      let run = workspace.child(program, "\(Self.simulate) --quiet --output \(output)").run()
      guard run.exitCode == 0, let bytes = Workspace.files(in: workspace.folder)[output] else {
        throw DriverError("interruptions: \(run.message)")
      }
      return Whole(output: output, bytes: bytes, seconds: run.seconds)
    }
    for number in 0..<runs {
      for signals in [[SIGKILL], [SIGINT, SIGTERM]] {
        guard Date.now < deadline else { return }
        try stop(wholes[number % 2], savesRun: number % 4 > 1, signals, &report)
      }
    }
  }

  private func prepare() throws {
    try workspace.clear()
    _ = workspace.child(
      program, "generate normal --neurons 60 --count 2 --seed 1 --set std=5 --output networks"
    ).run()
  }

  /// One run, stopped up to three times.
  private mutating func stop(
    _ whole: Whole, savesRun: Bool, _ signals: [Int32], _ report: inout Report
  ) throws {
    try prepare()
    var allowed = workspace.names.union([whole.output])
    if savesRun { allowed.insert("run.json") }
    var command = Self.simulate
    var history: [String] = []
    let stops = 1 + random.below(3)
    var run = Child.Outcome()
    var failure: String?
    for stop in 0...stops where stop == 0 || run.exitCode != 0 {
      var child = workspace.child(
        program,
        "\(command) --threads \(1 + (stop + random.below(2)) % 3) --quiet --output \(whole.output)"
          + (savesRun ? " --save-run run.json" : ""))
      child.seconds = 120
      if stop < stops { child.signal = (random.element(signals), moment(whole.seconds)) }
      run = child.run()
      history.append(
        child.line + (child.signal.map { " [signal \($0.number) after \($0.seconds) s]" } ?? ""))
      if run.exitCode == 0 || isEnded(run, by: child.signal) { continue }
      failure = goOn(from: run, &command, &allowed)
      if failure != nil { break }
    }
    let left = workspace.names.subtracting(allowed).min()
    failure = failure ?? left.map { "left over: \($0)" }
    if failure == nil, Workspace.files(in: workspace.folder)[whole.output] != whole.bytes {
      failure = "other bytes than those of one run"
    }
    report.add(
      signals == [SIGKILL] ? "stopped by kill -9" : "stopped by SIGINT, SIGTERM",
      history.joined(separator: "; spiking "), run, failure)
  }

  /// When to send a signal: now and then at the beginning, where little is set up.
  private mutating func moment(_ seconds: Double) -> Double {
    Double.random(in: 0...1.1, using: &random) * seconds / (random.below(8) == 0 ? 10 : 1)
  }

  /// Whether a signal ended it that it could not handle: any kill −9, and others that came before the
  /// program was there.
  private func isEnded(
    _ run: Child.Outcome, by signal: (number: Int32, seconds: Double)?
  ) -> Bool {
    guard let signal, run.signal == signal.number, !run.timedOut else { return false }
    // Before it has begun, nothing is there that could be lost.
    return signal.number == SIGKILL
      || Workspace.files(in: workspace.folder).keys.allSatisfy { !Verdict.isHidden($0) }
  }

  /// Finds in the message of an interrupted run how to go on: "the same command with --resume FILE", or
  /// "simulate --run FILE".
  ///
  /// - Returns: what is wrong with it.
  private func goOn(
    from run: Child.Outcome, _ command: inout String, _ allowed: inout Set<String>
  ) -> String? {
    // It had not begun: it is begun again.
    if run.exitCode == 1, run.message == "spiking: interrupted: what is not finished is not saved\n"
    {
      return workspace.names.subtracting(allowed).min().map { "left over before the start: \($0)" }
    }
    let words = run.message.split(separator: " ").map(String.init)
    guard run.exitCode == 1, Verdict.message(run) == nil, words.contains("interrupted:"),
      let option = words.firstIndex(where: { ["--resume", "--run"].contains($0) }),
      option + 1 < words.count
    else { return "exit \(run.exitCode ?? -1), signal \(run.signal): \(run.message)" }
    if words[option] == "--run" {
      command = "simulate --force --run \(words[option + 1])"
      let checkpoints = ["", "-2", "-3"].map { "out.checkpoint\($0).npz" }
      allowed.formUnion(checkpoints)
    } else {
      command = "\(Self.simulate) --resume \(words[option + 1])"
      allowed.insert(words[option + 1])
    }
    return workspace.names.subtracting(allowed).min().map { "left over after a signal: \($0)" }
  }
}
