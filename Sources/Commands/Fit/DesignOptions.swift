internal import ArgumentParser
internal import Spiking

/// What rates depend on beside spikes: a design in a file, or terms one by one.
struct DesignOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The terms of the model, history and couplings among them: {"terms": [{"term": "History", "basis": …}, …]}.
      """, valueName: "FILE.json"), completion: .jsonFile)
  var design: String?
  @Option(
    help: ArgumentHelp(
      """
      Tuning to the value of a covariate of the recording, or of several at once: functions of it over a range, \
      NAME:COUNT:LOW:HIGH, joined by * for several. With ' by trials.side' behind it there is one for each category of a \
      column. May be repeated.
      """, valueName: "NAME[,NAME]=BASIS[*BASIS][ by COLUMN]"))
  var tuning: [String] = []
  @Option(
    help: ArgumentHelp(
      """
      A kernel after each event: a list of events, or a column of times of a table, as trials.cue_time; with @MS it begins \
      so long after the event, before it where negative: trials.cue_time@-200. With ' by side' behind it there is one for \
      each category of a column of the same table. May be repeated.
      """, valueName: "NAME[@MS]=BASIS[ by COLUMN]"))
  var event: [String] = []
  @Option(
    help: ArgumentHelp(
      "A difference between the categories of a column, as trials.side. May be repeated.",
      valueName: "TABLE.COLUMN"))
  var category: [String] = []

  /// Whether there are terms one by one.
  var hasTerms: Bool { !tuning.isEmpty || !event.isEmpty || !category.isEmpty }

  func validate() throws {
    if design != nil, hasTerms {
      throw ValidationError(
        "--design: found beside --tuning, --event or --category, expected one of the two")
    }
  }

  /// The design of the file; nil without one.
  func file() throws(SpikingError) -> DesignFile? {
    try design.map { path throws(SpikingError) in
      try DesignFile(contentsOf: path, catalogue: .current)
    }
  }

  /// The terms of the other options, in the order of tuning, events and categories.
  func parts() throws(SpikingError) -> [Design.Part] {
    var parts: [Design.Part] = []
    for text in tuning { parts.append(Design.Part(try Self.tuning(text))) }
    for text in event { parts.append(Design.Part(try Self.event(text))) }
    for name in category { parts.append(Design.Part(Category(name))) }
    return parts
  }

  private static func tuning(_ text: String) throws(SpikingError) -> Tuning {
    let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2 else { throw form("--tuning", text, "NAME=NAME:COUNT:LOW:HIGH") }
    let (functions, column) = Self.byCategory(sides[1])
    var bases: [ValueBasis] = []
    for basis in functions.split(separator: "*") {
      do { bases.append(try Catalogue.current.valueBasis(String(basis))) } catch {
        throw error.within(option: "--tuning", kind: "basis")
      }
    }
    let names = sides[0].split(separator: ",").map { String($0.trimmed) }
    guard names.count == bases.count, !names.isEmpty else {
      throw form("--tuning", text, "a basis for each of \(names.count) covariates, joined by *")
    }
    return Tuning(names, bases, by: column)
  }

  private static func event(_ text: String) throws(SpikingError) -> Event {
    // A condition on the rows of a table, or a parameter of the basis, may hold the sign, too.
    let signs = text.indices.filter { text[$0] == "=" }
    for sign in signs.reversed() {
      let (functions, column) = Self.byCategory(String(text[text.index(after: sign)...]))
      guard let basis = try? Catalogue.current.basis(functions) else { continue }
      let parts = text[..<sign].split(separator: "@", maxSplits: 1).map { String($0.trimmed) }
      guard let name = parts.first, parts.count == 1 || Double(parts[1]) != nil else {
        throw form("--event", text, "a time in ms behind @, such as trials.cue_time@-200")
      }
      return Event(name, basis, from: parts.count == 2 ? Double(parts[1]) : nil, by: column)
    }
    guard let sign = signs.first else { throw form("--event", text, "NAME=NAME:COUNT:WINDOW") }
    do {
      _ = try Catalogue.current.basis(
        Self.byCategory(String(text[text.index(after: sign)...])).functions)
    } catch {
      throw error.within(option: "--event", kind: "basis")
    }
    throw form("--event", text, "a basis, NAME:COUNT:WINDOW")
  }

  /// The functions, and the column behind them of which each category has its own weights.
  private static func byCategory(_ text: String) -> (functions: String, column: String?) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 3, words[1] == "by" else { return (text, nil) }
    return (words[0], words[2])
  }

  private static func form(_ option: String, _ text: String, _ expected: String) -> SpikingError {
    SpikingError(.wrongCommandLine, option, found: text.debugDescription, expected: expected)
  }
}
