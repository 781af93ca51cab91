/// A design under the name that it has in a comparison.
public struct ComparedDesign: Equatable, Sendable {
  /// What it is called.
  public var name: String
  /// What it is.
  public var design: Design
  /// Whether a neuron's own spikes have no part in it, though there are couplings: where a history was taken out. Other
  /// designs of couplings without a history have a neuron's own spikes go through the basis of couplings.
  public var omitsOwnSpikes: Bool

  /// A design under a name, by default the names of its terms.
  public init(_ design: Design, named name: String? = nil, omitsOwnSpikes: Bool = false) {
    self.name = name ?? "\(design)"
    self.design = design
    self.omitsOwnSpikes = omitsOwnSpikes
  }
}

extension Design {
  /// The design, "all terms", and after it what is left of it without each of its terms: "without speed".
  public var droppingEach: [ComparedDesign] {
    [ComparedDesign(self, named: "all terms")]
      + parts.filter { !($0.term is Baseline) }.map { part in
        ComparedDesign(
          removing(part.name), named: "without \(part.name)", omitsOwnSpikes: part.term is History)
      }
  }

  /// Whether one of the terms is a neuron's own past.
  var hasHistory: Bool { parts.contains { $0.term is History } }
  /// Whether one of the terms is the spikes of other neurons.
  var hasCoupling: Bool { parts.contains { $0.term is Coupling } }
}

extension ComparedDesign {
  /// Whether the drives of this design are some of those of another one: each of its terms is one of the other's, which has
  /// more. Names and penalties do not matter.
  public func isNested(in other: ComparedDesign) -> Bool {
    var others = other.design.parts.filter { !($0.term is Baseline) }.map {
      TermDescription($0.term)
    }
    for part in design.parts where !(part.term is Baseline) {
      let own = TermDescription(part.term)
      // A basis that is known by its values alone may be any.
      guard own.isKnown, let place = others.firstIndex(of: own) else { return false }
      others.remove(at: place)
    }
    return !others.isEmpty && (ownSpikes == other.ownSpikes || ownSpikes == .none)
  }

  private enum OwnSpikes { case none, history, coupling }

  /// Which functions a neuron's own spikes go through.
  private var ownSpikes: OwnSpikes {
    design.hasHistory ? .history : design.hasCoupling && !omitsOwnSpikes ? .coupling : .none
  }
}

extension TermDescription {
  /// Whether it says all there is to say of the term.
  fileprivate var isKnown: Bool {
    fields.allSatisfy { field in
      switch field.value {
      case .basis(let basis, _, _): basis != nil
      case .terms(let terms): terms.allSatisfy(\.isKnown)
      default: true
      }
    }
  }
}
