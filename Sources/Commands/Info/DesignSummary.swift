internal import Spiking

/// What a design consists of.
struct DesignSummary: Summary {
  let file: String
  let kind = "design"
  let binMs: Double?
  let observation: String?
  let nonlinearity: String?
  let terms: [Term]

  /// A term with its fields and its penalty.
  struct Term: Encodable {
    let name: String
    let description: String
  }

  init(_ design: DesignFile, file: String) {
    self.file = file
    binMs = design.bin
    observation = design.observation
    nonlinearity = design.nonlinearity
    terms = design.design.parts.map {
      Term(name: $0.name, description: DesignFile.text(of: $0))
    }
  }

  var lines: [String] {
    let settings = [binMs.map { "bins of \(exact($0)) ms" }, observation, nonlinearity]
    return [
      ["\(file): design of \(counted(terms.count, "term"))"] + settings.compactMap(\.self)
    ].map { $0.joined(separator: ", ") } + terms.map { "  \($0.name): \($0.description)" }
  }
}
