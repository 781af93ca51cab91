/// Which columns a matrix of products of features has: a baseline, spikes through bases, stimuli.
struct GramColumns: Sendable {
  /// Functions of the spikes of one neuron.
  struct Spikes: Sendable {
    let source: Int
    let basis: BasisMatrix
    let columns: Range<Int>
  }

  /// Functions of a stimulus.
  struct Stimulus: Sendable {
    let number: Int
    let columns: Range<Int>
  }

  let spikes: [Spikes]
  let stimuli: [Stimulus]
  let count: Int

  /// The columns of the fit of one neuron.
  init(_ columns: FitColumns, data: CoupledData) {
    var spikes: [Spikes] = []
    var stimuli: [Stimulus] = []
    for group in columns.groups {
      switch group.input {
      case .stimulus(let number):
        stimuli.append(Stimulus(number: number, columns: group.columns))
      case .history, .coupling:
        guard let basis = data.basis(of: group.input) else { continue }
        let source =
          if case .coupling(let source) = group.input { source } else { columns.neuron }
        spikes.append(Spikes(source: source, basis: basis, columns: group.columns))
      }
    }
    self.spikes = spikes
    self.stimuli = stimuli
    count = columns.count
  }

  /// The columns of the fits of all neurons together: every neuron's spikes through the coupling basis
  /// and through the history basis.
  init(all data: CoupledData) {
    var next = 1
    func columns(_ count: Int) -> Range<Int> {
      defer { next += count }
      return next..<next + count
    }
    spikes = [data.history, data.coupling].compactMap(\.self).flatMap { basis in
      (0..<data.spikes.neuronCount).map {
        Spikes(source: $0, basis: basis, columns: columns(basis.count))
      }
    }
    stimuli = data.stimuli.enumerated().map {
      Stimulus(number: $0.offset, columns: columns($0.element.basis.count))
    }
    count = next
  }

  /// Where in the columns of all neurons those of the fit of one are.
  static func positions(of columns: FitColumns, data: CoupledData) -> [Int] {
    let neuronCount = data.spikes.neuronCount
    let historyCount = data.history?.count ?? 0
    let couplingCount = data.coupling?.count ?? 0
    let stimulusStart = 1 + neuronCount * (historyCount + couplingCount)
    var stimulusOffset = stimulusStart
    return [0]
      + columns.groups.flatMap { group in
        let start: Int
        switch group.input {
        case .history: start = 1 + columns.neuron * historyCount
        case .coupling(let source): start = 1 + neuronCount * historyCount + source * couplingCount
        case .stimulus:
          start = stimulusOffset
          stimulusOffset += group.columns.count
        }
        return Array(start..<start + group.columns.count)
      }
  }
}
