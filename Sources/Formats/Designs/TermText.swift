internal import SpikingCatalogue
internal import SpikingFitting
internal import SpikingFramework

/// Terms as JSON text.
enum TermText {
  /// A term with its name and its penalty.
  static func object(_ part: Design.Part) -> String {
    var fields = fields(TermDescription(part.term))
    if part.name != part.term.defaultName {
      fields.insert(("name", JSONValue.quoted(part.name)), at: 1)
    }
    if let penalty = part.penalty {
      let strengths = [
        ("ridge", penalty.ridge), ("lasso", penalty.lasso), ("groupLasso", penalty.groupLasso),
        ("smooth", penalty.smooth),
      ].filter { $0.1 != 0 }
      // One that costs nothing is another than none of its own.
      fields += (strengths.isEmpty ? [("ridge", 0)] : strengths).map { ($0, JSONValue.text($1)) }
      if penalty.order != 1 { fields.append(("order", "\(penalty.order)")) }
    }
    return TypeText.object(fields)
  }

  /// A term in one line: "Tuning of x, y, basis b-spline:8:0:100, b-spline:8:0:100, smooth 0.01".
  static func line(_ part: Design.Part) -> String {
    let term = TermDescription(part.term)
    let fields = term.fields.map { "\($0.name) \(phrase($0.value))" }
    let penalty = part.penalty.map { ["\($0)"] } ?? []
    return "\(term.type) " + (fields + penalty).joined(separator: ", ")
  }

  private static func phrase(_ field: TermField) -> String {
    switch field {
    case .terms(let terms): terms.map { TermText.line($0) }.joined(separator: " × ")
    default:
      text(field).filter { !"[]\"".contains($0) }
    }
  }

  private static func line(_ term: TermDescription) -> String {
    "(\(term.type) "
      + term.fields.map { "\($0.name) \(phrase($0.value))" }.joined(separator: ", ") + ")"
  }

  private static func fields(_ term: TermDescription) -> [(key: String, text: String)] {
    [("term", JSONValue.quoted(term.type))] + term.fields.map { ($0.name, text($0.value)) }
  }

  private static func text(_ field: TermField) -> String {
    switch field {
    case .text(let text): JSONValue.quoted(text)
    case .texts(let texts): "[\(texts.map(JSONValue.quoted).joined(separator: ", "))]"
    case .number(let number): JSONValue.text(number)
    case .basis(let basis, let count, let window):
      JSONValue.quoted(
        basis.map { Catalogue.standard.text(of: $0, count: count, window: window) }
          ?? "matrix:\(count):\(window)")
    case .valueBases(let bases):
      bases.count == 1 ? text(bases[0]) : "[\(bases.map(text).joined(separator: ", "))]"
    case .terms(let terms): TypeText.list(terms.map { TypeText.object(fields($0)) })
    }
  }

  private static func text(_ basis: TermValueBasis) -> String {
    JSONValue.quoted(
      Catalogue.standard.text(of: basis.basis, count: basis.count, window: 0, range: basis.range))
  }
}
