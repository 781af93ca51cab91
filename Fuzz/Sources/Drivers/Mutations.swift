internal import Foundation

/// Whole commands on files that are wrong: those of the corpus, and changes of them.
struct Mutations {
  let program: String
  let workspace: Workspace
  let fixtures: Fixtures
  let subjects: [(subject: Subject, corpus: Corpus)]

  init(_ options: Options, _ workspace: Workspace) throws {
    program = options.program
    self.workspace = workspace
    let fixtures = try Fixtures(options.program, workspace)
    self.fixtures = fixtures
    subjects = try Subject.all
      .filter { options.readers.isEmpty || options.readers.contains($0.reader) }
      .map { ($0, try Corpus($0, in: options.corpus, fixtures)) }
  }

  /// Every file of the corpus with every command of its reader.
  func replay(_ report: inout Report) throws {
    for (subject, corpus) in subjects {
      for input in corpus.inputs {
        for command in subject.commands {
          try run(subject, command, input, "corpus \(subject.reader)", &report)
        }
      }
    }
  }

  /// Changed files, until the time is over or there were so many for each reader.
  func mutate(seed: UInt64, until deadline: Date, count: Int, _ report: inout Report) throws {
    for round in 0..<count {
      for (index, (subject, corpus)) in subjects.enumerated() {
        guard Date.now < deadline else { return }
        // Each input has numbers of its own: it is made again without those before it.
        var random = Random(seed: seed &+ UInt64(round) << 8 &+ UInt64(index))
        let input = random.element(corpus.inputs)
        var bytes = input.bytes
        let other = random.element(corpus.inputs).bytes
        for _ in 0...random.below(3) { subject.change(&bytes, other, &random) }
        try run(
          subject, random.element(subject.commands), Corpus.Input(name: input.name, bytes: bytes),
          "mutated \(subject.reader)", &report)
      }
    }
  }

  private func run(
    _ subject: Subject, _ command: String, _ input: Corpus.Input, _ kind: String,
    _ report: inout Report
  ) throws {
    try workspace.clear()
    try workspace.write(input.bytes, subject.input)
    let run = workspace.child(program, fixtures.words(command)).run()
    let created = workspace.names.subtracting([subject.input])
    var failure = Verdict.failure(run, size: input.bytes.count, created: created)
    let left = try Data(contentsOf: URL(filePath: "\(workspace.folder)/\(subject.input)"))
    if !left.elementsEqual(input.bytes) { failure = "its input was changed" }
    report.add(kind, command, run, failure, input: (input.name, input.bytes))
  }
}
