/// Which columns a matrix of products of features has: a baseline, spikes through bases, stimuli.
struct GramColumns: Sendable {
  /// Functions of the spikes of one neuron.
  struct Spikes: Sendable {
    let source: Int
    let basis: BasisMatrix
    let columns: Range<Int>
  }

  let spikes: [Spikes]
  /// Functions of the stimuli.
  let features: Range<Int>
  let count: Int

  /// Columns of their own order.
  init(spikes: [Spikes], features: Range<Int>) {
    self.spikes = spikes
    self.features = features
    count = features.upperBound
  }

  /// The columns of the fit of one neuron.
  init(_ columns: FitColumns, data: CoupledData) {
    spikes = columns.groups.compactMap { group in
      guard let input = data.spikeInput(group.input, of: columns.neuron) else { return nil }
      return Spikes(source: input.source, basis: input.basis, columns: group.columns)
    }
    count = columns.count
    features = count - data.features.count..<count
  }

  /// The columns of the fits of all neurons of a network together: every neuron's spikes through the coupling basis
  /// and through the history basis.
  init(all data: CoupledData) {
    var next = 1
    func columns(_ count: Int) -> Range<Int> {
      defer { next += count }
      return next..<next + count
    }
    spikes = [data.history, data.coupling].compactMap(\.self).flatMap { basis in
      data.spikes.range.map {
        Spikes(source: $0, basis: basis, columns: columns(basis.count))
      }
    }
    features = columns(data.features.count)
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
        case .history: start = 1 + data.spikes.row(of: columns.neuron) * historyCount
        case .coupling(let source):
          start =
            1 + neuronCount * historyCount + data.spikes.row(of: source) * couplingCount
        case .stimulus:
          start = stimulusOffset
          stimulusOffset += group.columns.count
        }
        return Array(start..<start + group.columns.count)
      }
  }
}
