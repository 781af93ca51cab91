public import SpikingFramework

/// What the terms of a design are in a recording.
public struct DesignInputs: Sendable {
  /// The functions of a neuron's own past, and what their weights cost.
  public private(set) var history: (basis: any Basis, penalty: Penalty?)?
  /// Those of the other neurons' spikes.
  public private(set) var coupling: (basis: any Basis, penalty: Penalty?)?
  /// Filtered signals.
  public private(set) var stimuli: [StimulusCovariate] = []
  /// The known part of the drive, a value for each bin; nil where there is none.
  public private(set) var offset: [Double]?
  /// All other terms.
  public private(set) var terms: [BinnedTerm] = []

  /// The number of neurons of the recording.
  let neuronCount: Int

  /// - Throws: what the terms throw, each naming itself; `invalidParameter` where two terms have one name, or there are two
  ///   of what there can be one: history, coupling.
  public init(_ design: Design, in recording: BinnedRecording) throws(SpikingError) {
    neuronCount = recording.spikes.neuronCount
    for part in design.parts {
      do throws(SpikingError) { try add(part, part.term.columns(in: recording)) } catch {
        throw error.within("term \(part.name)")
      }
    }
  }

  private mutating func add(
    _ part: Design.Part, _ columns: TermColumns
  ) throws(SpikingError) {
    switch columns {
    case .baseline: break
    case .history(let basis):
      try Self.requireFirst(history == nil, "history")
      history = (basis, part.penalty)
    case .coupling(let basis):
      try Self.requireFirst(coupling == nil, "coupling")
      coupling = (basis, part.penalty)
    case .filter(let values, let basis):
      var covariate = StimulusCovariate(part.name, values: values, basis: basis)
      covariate.penalty = part.penalty
      stimuli.append(covariate)
    case .offset(let values):
      offset = offset.map { zip($0, values).map { $0 + $1 } } ?? values
    case .sparse(let columns): terms.append(BinnedTerm(part.name, columns, penalty: part.penalty))
    }
  }

  private static func requireFirst(_ isFirst: Bool, _ kind: String) throws(SpikingError) {
    guard isFirst else {
      throw SpikingError(.invalidParameter, "design", found: "a second \(kind)", expected: "one")
    }
  }

  /// Those of some of the terms. Known parts of the drive stay.
  func keeping(_ names: Set<String>, of design: Design) -> DesignInputs {
    var inputs = self
    for part in design.parts where !names.contains(part.name) {
      if part.term is History { inputs.history = nil }
      if part.term is Coupling { inputs.coupling = nil }
    }
    inputs.stimuli.removeAll { !names.contains($0.name) }
    inputs.terms.removeAll { !names.contains($0.name) }
    return inputs
  }

  /// What of the recording the terms leave out, a line each.
  public var notices: [String] {
    terms.flatMap(\.columns.notices).reduce(into: []) { lines, line in
      if !lines.contains(line) { lines.append(line) }
    }
  }

  /// The bins in which all signals and known parts of the drive have values, of so many bins.
  public func segmentsWithValues(binCount: Int) -> [Range<Int>] {
    Segments.withValues(
      of: stimuli.map(\.values) + [offset].compactMap(\.self), binCount: binCount)
  }
}
