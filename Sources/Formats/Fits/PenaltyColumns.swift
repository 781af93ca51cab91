internal import SpikingFitting

/// The inputs of a fit that have a penalty each, in the order of the columns of `penalty_factors`: history, all couplings
/// together, stimuli, other terms.
struct PenaltyColumns {
  private let hasHistory: Bool
  private let hasCoupling: Bool
  private let stimulusCount: Int
  private let terms: [String]

  init(history: BasisMatrix?, coupling: BasisMatrix?, stimuli: [BasisMatrix], terms: [FittedTerm]) {
    hasHistory = history != nil
    hasCoupling = coupling != nil
    stimulusCount = stimuli.count
    self.terms = terms.map(\.name)
  }

  init(_ fit: CoupledFit) {
    self.init(
      history: fit.history, coupling: fit.coupling, stimuli: fit.stimuli, terms: fit.terms)
  }

  var count: Int { firstStimulus + stimulusCount + terms.count }

  private var firstStimulus: Int { (hasHistory ? 1 : 0) + (hasCoupling ? 1 : 0) }

  func number(of input: FitColumns.Group.Input) -> Int {
    switch input {
    case .history: 0
    case .coupling: hasHistory ? 1 : 0
    case .stimulus(let number): firstStimulus + number
    case .term(let name): firstStimulus + stimulusCount + (terms.firstIndex(of: name) ?? 0)
    }
  }
}
