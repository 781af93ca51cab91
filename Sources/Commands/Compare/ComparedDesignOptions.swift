internal import ArgumentParser
internal import Spiking

/// A design of a file, by the name that it has in a comparison.
struct NamedDesign {
  let path: String
  let name: String
  let file: DesignFile
}

/// Which designs are compared.
struct ComparedDesignOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compare these designs with the first of them.", valueName: "A.json,B.json,…"),
    completion: .jsonFile)
  var designs: String?
  @Option(
    help: ArgumentHelp(
      "Compare a design with what is left of it without each of its terms.",
      valueName: "DESIGN.json"), completion: .jsonFile)
  var dropEach: String?
  @Option(
    help: ArgumentHelp(
      "Select the terms of a design that each neuron needs.", valueName: "DESIGN.json"),
    completion: .jsonFile)
  var select: String?
  @Option(
    help: ArgumentHelp(
      "The terms that --select gives to every neuron, such as history.", valueName: "NAME,NAME,…"))
  var keep: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The probability of its gain below which --select adds a term. [default: 0.05]",
      valueName: "P"), transform: NumberText.real)
  var level: Double?

  /// The files.
  var paths: [String] {
    designs.map { $0.split(separator: ",").map { String($0.trimmed) } }
      ?? [dropEach, select].compactMap(\.self)
  }

  /// The names of the terms that are kept.
  var kept: [String] {
    keep.map { $0.split(separator: ",").map { String($0.trimmed) } } ?? []
  }

  func validate() throws {
    let options = [("--designs", designs), ("--drop-each", dropEach), ("--select", select)]
    let found = options.filter { $0.1 != nil }.map(\.0)
    guard found.count == 1 else {
      let names = found.isEmpty ? "none" : found.joined(separator: " and ")
      throw ValidationError(
        "--designs, --drop-each, --select: found \(names), expected one of the three")
    }
    if designs != nil, paths.count < 2 {
      throw ValidationError(
        "--designs: found \(counted(paths.count, "file")), expected at least two, A.json,B.json")
    }
    if select == nil, keep != nil || level != nil {
      throw ValidationError(
        "--\(keep != nil ? "keep" : "level"): found without --select, expected both")
    }
    if let level, !(level > 0 && level < 1) {
      throw ValidationError("--level: found \(level), expected a probability between 0 and 1")
    }
  }

  /// Reads the designs, which must say the same of bins and spikes.
  func files() throws(SpikingError) -> [NamedDesign] {
    let paths = paths
    let stems = paths.map { Paths.stem($0) }
    // Files of one name in several folders are told apart by these.
    let names = Set(stems).count == stems.count ? stems : paths
    var designs: [NamedDesign] = []
    for (path, name) in zip(paths, names) {
      designs.append(
        NamedDesign(
          path: path, name: name, file: try DesignFile(contentsOf: path, catalogue: .current)))
    }
    for other in designs.dropFirst() {
      let (first, own) = (designs[0].file, other.file)
      for (field, one, two) in [
        ("bin", first.bin.map { brief($0) }, own.bin.map { brief($0) }),
        ("observation", first.observation, own.observation),
        ("nonlinearity", first.nonlinearity, own.nonlinearity),
      ] where one != two {
        throw SpikingError(
          .invalidData, "\(other.path): \(field)", found: two ?? "none",
          expected: "\(one ?? "none"), as \(designs[0].path) has: spikes are the same for all")
      }
    }
    if self.designs == nil, let only = designs.first,
      !only.file.design.parts.contains(where: { !($0.term is Baseline) })
    {
      throw SpikingError(
        .invalidData, "\(only.path): terms", found: "none", expected: "at least one")
    }
    return designs
  }

  /// The same error with the file or the option that it is about; nil where it is about the recording.
  func locating(_ error: SpikingError, _ files: [NamedDesign]) -> SpikingError? {
    for (subject, option) in [("folds", "--folds"), ("kept terms", "--keep")]
    where error.subject == subject {
      return SpikingError(error.code, option, error.message)
    }
    for file in files where error.subject.hasPrefix("design \(file.name): ") {
      let rest = error.subject.dropFirst("design \(file.name): ".count)
      return SpikingError(error.code, "\(file.path): \(rest)", error.message)
    }
    guard designs == nil, let file = files.first else { return nil }
    let whole = "design all terms: "
    if error.subject.hasPrefix(whole) {
      return SpikingError(
        error.code, "\(file.path): \(error.subject.dropFirst(whole.count))", error.message)
    }
    let isOfDesign = error.subject == "design" || error.subject.hasPrefix("term ")
    return isOfDesign ? error.within(file.path) : nil
  }
}
