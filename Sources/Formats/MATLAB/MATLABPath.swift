internal import SpikingFramework

/// Where a value is, as MATLAB writes it: `session.units(2).times`, `spikes{3}`. Elements count from 1.
struct MATLABPath: Sendable {
  enum Step: Hashable, Sendable {
    case field(String)
    /// An element of a structure array, from 0.
    case element(Int)
    /// An element of a cell array, from 0.
    case cell(Int)
  }

  let variable: String
  let steps: [Step]

  /// - Throws: `invalidParameter` where the text is no such place.
  init(_ text: String) throws(SpikingError) {
    var rest = text[...]
    guard let variable = Self.name(&rest) else { throw Self.wrong(text) }
    self.variable = variable
    var steps: [Step] = []
    while let first = rest.first {
      rest.removeFirst()
      switch first {
      case ".":
        guard let name = Self.name(&rest) else { throw Self.wrong(text) }
        steps.append(.field(name))
      case "(", "{":
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        guard let number = Int(digits), number >= 1, rest.popFirst() == (first == "(" ? ")" : "}")
        else { throw Self.wrong(text) }
        steps.append(first == "(" ? .element(number - 1) : .cell(number - 1))
      default: throw Self.wrong(text)
      }
    }
    self.steps = steps
  }

  /// Whether a variable can be asked for by this name: those of damaged files may be anything.
  static func isName(_ text: String) -> Bool {
    var rest = text[...]
    return name(&rest) != nil && rest.isEmpty
  }

  private static func name(_ rest: inout Substring) -> String? {
    let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" }
    rest = rest.dropFirst(name.count)
    return name.isEmpty ? nil : String(name)
  }

  private static func wrong(_ text: String) -> SpikingError {
    SpikingError(
      .invalidParameter, "variable", found: text.debugDescription,
      expected: "a name, and what of it: data.spikes, units(2).times, spikes{3}")
  }
}
