public import SpikingFramework

/// What rates depend on: a sum of terms, each with a name and a penalty of its own. There is always a baseline.
///
/// ```swift
/// let direction = CyclicBSplineBasis(count: 12, window: 2).over(0...2 * .pi)
/// let place = BSplineBasis(count: 8, window: 2).over(0...100)
/// let design = Design {
///   History(RaisedCosineLogBasis(count: 5, window: 20))
///   Tuning("head_direction", direction).penalized(Penalty(smooth: 0.01))
///   Tuning(["x", "y"], [place, place]).named("place").penalized(Penalty(smooth: 0.01, order: 2))
///   Event("trials.cue_time", RaisedCosineLogBasis(count: 8, window: 100))
///   Category("trials.side")
/// }
/// let fit = try await design.fit(session.binned(width: 10))
/// ```
public struct Design: Sendable {
  /// A term of a design.
  public struct Part: Sendable {
    /// What it is called in results and files, once in a design.
    public var name: String
    /// What it is.
    public var term: any Term
    /// What its weights cost; nil for what the fit says of all.
    public var penalty: Penalty?

    /// A term under its own name, or another.
    public init(_ term: any Term, named name: String? = nil, penalty: Penalty? = nil) {
      self.term = term
      self.name = name ?? term.defaultName
      self.penalty = penalty
    }

    /// The same term under another name.
    public func named(_ name: String) -> Part { Part(term, named: name, penalty: penalty) }
    /// The same term with a penalty of its own.
    public func penalized(_ penalty: Penalty) -> Part { Part(term, named: name, penalty: penalty) }
  }

  /// The terms, in their order.
  public var parts: [Part]

  /// A design of some terms.
  public init(_ parts: [Part]) { self.parts = parts }

  /// A design of the terms of a block.
  public init(@DesignBuilder _ parts: () -> [Part]) { self.init(parts()) }

  /// The term of a name; nil where there is none.
  public subscript(name: String) -> Part? { parts.first { $0.name == name } }

  /// How many bins the filters of spikes and signals reach back.
  public var reach: Int {
    parts.map { part in
      switch part.term {
      case let history as History: history.basis.window
      case let coupling as Coupling: coupling.basis.window
      case let stimulus as StimulusTerm: stimulus.basis.window - 1
      default: 0
      }
    }.max() ?? 0
  }

  /// Whether there is more than filters of spikes, so that rates follow from a recording alone.
  public var needsRecording: Bool {
    parts.contains { !($0.term is History || $0.term is Coupling || $0.term is Baseline) }
  }

  /// The design without a term.
  public func removing(_ name: String) -> Design { Design(parts.filter { $0.name != name }) }

  /// The design with all strengths of penalties multiplied by a factor.
  func scalingPenalties(by factor: Double) -> Design {
    Design(
      parts.map { Part($0.term, named: $0.name, penalty: $0.penalty?.scaled(by: factor)) })
  }

  /// The design with what the recording says of its terms filled in, as it is stored beside a fit.
  ///
  /// - Throws: what the terms throw; `invalidParameter` where two have one name.
  public func resolved(in recording: BinnedRecording) throws(SpikingError) -> Design {
    var names: Set<String> = []
    var design = self
    for index in parts.indices {
      let name = parts[index].name
      guard names.insert(name).inserted else {
        throw SpikingError(
          .invalidParameter, "design", found: "two terms \(name.debugDescription)",
          expected: "one of each name; named(_:), or \"name\" in a file, gives another")
      }
      var term = parts[index].term
      do throws(SpikingError) { try term.resolve(in: recording) } catch {
        throw error.within("term \(name)")
      }
      design.parts[index].term = term
    }
    return design
  }
}

extension Term {
  /// The term under another name.
  public func named(_ name: String) -> Design.Part { Design.Part(self, named: name) }
  /// The term with a penalty of its own.
  public func penalized(_ penalty: Penalty) -> Design.Part { Design.Part(self, penalty: penalty) }
}

extension Design: Equatable {
  /// Whether names, terms and penalties are the same.
  public static func == (one: Design, other: Design) -> Bool {
    one.parts.count == other.parts.count
      && zip(one.parts, other.parts).allSatisfy {
        $0.name == $1.name && $0.penalty == $1.penalty
          && TermDescription($0.term) == TermDescription($1.term)
      }
  }
}

extension Design: CustomStringConvertible {
  /// The names of the terms: "history + place + trials.side".
  public var description: String {
    parts.isEmpty ? "baseline" : parts.map(\.name).joined(separator: " + ")
  }
}

/// Makes a design of a block of terms.
@resultBuilder
public enum DesignBuilder {
  /// A term under its own name.
  public static func buildExpression(_ term: any Term) -> [Design.Part] { [Design.Part(term)] }
  /// A term with a name or a penalty.
  public static func buildExpression(_ part: Design.Part) -> [Design.Part] { [part] }
  /// The terms of a block, in their order.
  public static func buildBlock(_ parts: [Design.Part]...) -> [Design.Part] {
    parts.flatMap(\.self)
  }
  /// Terms that may be left out.
  public static func buildOptional(_ parts: [Design.Part]?) -> [Design.Part] { parts ?? [] }
  /// One of two choices.
  public static func buildEither(first parts: [Design.Part]) -> [Design.Part] { parts }
  /// The other one.
  public static func buildEither(second parts: [Design.Part]) -> [Design.Part] { parts }
  /// Terms of a loop.
  public static func buildArray(_ parts: [[Design.Part]]) -> [Design.Part] { parts.flatMap(\.self) }
}
