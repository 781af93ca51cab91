internal import Foundation

extension FitColumns {
  /// What a coefficient multiplies.
  public enum Column: Hashable, Sendable {
    /// 1.
    case baseline
    /// A function of an input's basis, by its number.
    case weight(of: Group.Input, function: Int)
  }
}

extension FitColumns.Column: LosslessStringConvertible {
  /// "baseline", or "coupling from neuron 3, function 0".
  public var description: String {
    switch self {
    case .baseline: "baseline"
    case .weight(let input, let function): "\(input), function \(function)"
    }
  }

  public init?(_ description: String) {
    if description == "baseline" {
      self = .baseline
      return
    }
    // A name may hold the word, too.
    guard let end = description.range(of: ", function ", options: .backwards),
      let input = FitColumns.Group.Input(String(description[..<end.lowerBound])),
      let function = Int(description[end.upperBound...])
    else { return nil }
    self = .weight(of: input, function: function)
  }
}

extension FitColumns.Group.Input: LosslessStringConvertible {
  /// "history", "coupling from neuron 3" or "stimulus 0".
  public var description: String {
    switch self {
    case .history: "history"
    case .coupling(let source): "coupling from neuron \(source)"
    case .stimulus(let number): "stimulus \(number)"
    case .term(let name): "term \(name)"
    }
  }

  public init?(_ description: String) {
    if description.hasPrefix("term ") {
      self = .term(String(description.dropFirst("term ".count)))
      return
    }
    let words = description.split(separator: " ")
    guard let number = words.last.flatMap({ Int($0) }) else {
      if description != "history" { return nil }
      self = .history
      return
    }
    switch words.dropLast() {
    case ["coupling", "from", "neuron"]: self = .coupling(from: number)
    case ["stimulus"]: self = .stimulus(number)
    default: return nil
    }
  }
}
